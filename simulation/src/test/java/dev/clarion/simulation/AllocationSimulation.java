package dev.clarion.simulation;

import dev.clarion.allocation.AddressRequest;
import dev.clarion.allocation.FamilyPolicy;
import dev.clarion.allocation.LedgerEntry;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServiceView;
import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** One run: two controllers that both believe they lead, a user, and faults, all from one seed. */
final class AllocationSimulation {
    private static final int STEPS = 400;
    private static final int NAMES = 10;
    private static final int QUIET_TURNS = 4_000;
    private static final List<FamilyPolicy> POLICIES = List.of(FamilyPolicy.values());
    private static final List<IpFamily> BOTH = List.of(IpFamily.IPV4, IpFamily.IPV6);

    private final SplittableRandom chance;
    private final SimulatedApi api;
    private final List<SimulatedController> controllers;
    private Instant now = Instant.parse("2026-07-01T10:00:00Z");
    private Config config;
    private final List<String> history = new ArrayList<>();

    AllocationSimulation(long seed, Set<Fault> faults) {
        this.chance = new SplittableRandom(seed);
        this.api = new SimulatedApi(faults);
        this.controllers = List.of(new SimulatedController(api, faults), new SimulatedController(api, faults));
        this.config = pools();
    }

    /** What broke, with the last steps before it; empty if nothing did. */
    Optional<String> run() {
        for (int i = 0; i < STEPS; i++) {
            step();
            Optional<String> broken = broken();
            if (broken.isPresent()) {
                return broken.map(what -> what + " at step " + history.size() + " after " + tail());
            }
        }
        return comesToRest();
    }

    private String tail() {
        return history.subList(Math.max(0, history.size() - 30), history.size()).toString();
    }

    private void step() {
        int which = chance.nextInt(controllers.size());
        SimulatedController controller = controllers.get(which);
        switch (chance.nextInt(16)) {
            case 0, 1 -> user();
            case 2, 3, 4 -> {
                history.add("watch " + which);
                controller.watch(config, chance.nextBoolean(), chance.nextBoolean());
            }
            case 5 -> {
                now = now.plusMillis(chance.nextInt(20_000));
                history.add("time");
            }
            case 6 -> {
                if (chance.nextInt(4) == 0) {
                    history.add("crash " + which);
                    controller.crash();
                }
            }
            default -> {
                history.add("step " + which);
                controller.step(now, chance, 0.1);
            }
        }
    }

    private void user() {
        ServiceKey key = new ServiceKey("shop", "s" + chance.nextInt(NAMES));
        int what = chance.nextInt(9);
        history.add("user " + what + " " + key.name());
        switch (what) {
            case 0, 1, 2 -> {
                if (!api.services().containsKey(key)) {
                    create(key);
                }
            }
            case 3, 4 -> api.delete(key);
            case 5 -> api.flipType(key);
            case 6 -> api.ask(key, request());
            case 7 -> api.wipeStatus(key);
            default -> config = pools();
        }
    }

    private void create(ServiceKey key) {
        FamilyPolicy policy = POLICIES.get(chance.nextInt(POLICIES.size()));
        List<IpFamily> families = policy == FamilyPolicy.SINGLE_STACK ? List.of(BOTH.get(chance.nextInt(2))) : BOTH;
        api.create(key, policy, families, request(), now);
    }

    private AddressRequest request() {
        return switch (chance.nextInt(6)) {
            case 0 -> new AddressRequest.Asked(Optional.empty(), List.of(Ip.parse("10.0.0.25" + chance.nextInt(6))));
            case 1 -> new AddressRequest.Asked(Optional.of("b"), List.of());
            default -> AddressRequest.ANY;
        };
    }

    /** Small pools, so that everybody wants the same few addresses; some of them in two shards. */
    private Config pools() {
        String end = chance.nextBoolean() ? "10.0.1.1" : "10.0.0.254";
        List<IpAddressPool> pools = new ArrayList<>();
        pools.add(new IpAddressPool(
                "a", List.of(IpRange.parse("10.0.0.252-" + end), IpRange.parse("fd00::1-fd00::3")), true));
        if (chance.nextBoolean()) {
            pools.add(new IpAddressPool("b", List.of(IpRange.parse("10.0.0.250-10.0.0.251")), chance.nextBoolean()));
        }
        return new Config(pools, List.of(), List.of(), List.of());
    }

    /** What must hold after every single step. */
    private Optional<String> broken() {
        Map<Ip, ServiceKey> shown = new HashMap<>();
        for (ServiceView service : api.inOrder()) {
            for (Ip ip : service.ingress()) {
                ServiceKey other = shown.put(ip, service.key());
                if (other != null) {
                    return Optional.of(ip + " is shown by " + other + " and by " + service.key());
                }
                Optional<LedgerEntry> entry = api.entry(ip);
                if (entry.filter(held -> held.uid().equals(service.uid())).isEmpty()) {
                    return Optional.of(service.key() + " shows " + ip + ", but the ledger has " + entry);
                }
            }
        }
        return Optional.empty();
    }

    /** Without faults both controllers find an end, and then nobody who could be served waits. */
    private Optional<String> comesToRest() {
        int idle = 0;
        for (int turn = 0; turn < QUIET_TURNS; turn++) {
            SimulatedController controller = controllers.get(turn / 40 % controllers.size());
            if (controller.idle()) {
                controller.watch(config, true, true);
            }
            boolean busy = controller.step(now, chance, 0);
            idle = busy ? 0 : idle + 1;
            if (!busy) {
                now = now.plusSeconds(5);
            }
            Optional<String> broken = broken();
            if (broken.isPresent()) {
                return broken.map(what -> what + " while coming to rest");
            }
            if (idle > 200) {
                return atRest();
            }
        }
        return Optional.of("the controllers find no end");
    }

    private Optional<String> atRest() {
        for (ServiceView service : api.inOrder()) {
            boolean plain = service.loadBalancer()
                    && service.policy() == FamilyPolicy.SINGLE_STACK
                    && service.request().equals(AddressRequest.ANY)
                    && service.families().equals(List.of(IpFamily.IPV6));
            boolean free = List.of("fd00::1", "fd00::2", "fd00::3").stream()
                    .anyMatch(ip -> api.entry(Ip.parse(ip)).isEmpty());
            if (plain && free && service.ingress().isEmpty()) {
                return Optional.of(service.key() + " waits although an address is free");
            }
            if (service.condition().isEmpty() && service.loadBalancer()) {
                return Optional.of(service.key() + " has no condition");
            }
        }
        return Optional.empty();
    }
}
