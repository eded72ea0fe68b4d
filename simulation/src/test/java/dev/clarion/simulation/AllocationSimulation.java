package dev.clarion.simulation;

import dev.clarion.allocation.AddressRequest;
import dev.clarion.allocation.FamilyPolicy;
import dev.clarion.allocation.Plan;
import dev.clarion.allocation.ServiceView;
import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One run from one seed: a user, faults, and either two controllers that both believe they lead, or one that is killed
 * and started again while somebody edits the ledger by hand.
 */
final class AllocationSimulation {
    private static final int STEPS = 400;
    private static final int QUIET_TURNS = 6_000;
    /** Longer than any cool-down, retention or rest. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SplittableRandom chance;
    private final Tally tally;
    private final SimulatedApi api;
    private final Invariants invariants;
    private final SimulatedUser user;
    private final List<SimulatedController> controllers;
    private final List<String> history = new ArrayList<>();
    private Instant now = Instant.parse("2026-07-01T10:00:00Z");
    private Config config;

    AllocationSimulation(long seed, Set<Fault> faults, Tally tally) {
        this.chance = new SplittableRandom(seed);
        this.tally = tally;
        this.api = new SimulatedApi(faults);
        this.invariants = new Invariants(api, tally);
        this.user = new SimulatedUser(api, chance, tally, invariants);
        this.controllers = IntStream.rangeClosed(0, (int) (seed % 2))
                .mapToObj(i -> new SimulatedController(api, faults, tally))
                .toList();
        this.config = user.config();
    }

    /** What broke, with the last steps before it; empty if nothing did. */
    Optional<String> run() {
        tally.run();
        for (int i = 0; i < STEPS; i++) {
            step();
            tally.step();
            Optional<String> broken = invariants.broken(now);
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
        switch (chance.nextInt(32)) {
            case 0, 1, 2 -> history.add(user.editService(now));
            case 3 -> {
                config = user.config();
                history.add("config");
            }
            case 4, 5, 6, 7, 8, 9 -> {
                history.add("watch " + which);
                controller.watch(config, chance.nextBoolean(), chance.nextBoolean());
            }
            case 10, 11 -> {
                now = now.plusMillis(chance.nextInt(20_000));
                history.add("time");
            }
            case 12 -> {
                if (chance.nextInt(2) == 0) {
                    history.add("crash " + which);
                    controller.crash(now, chance);
                    // Another one takes over only once the lease of this one has run out.
                    now = now.plusSeconds(15);
                }
            }
            case 13 -> {
                if (controllers.size() == 1 && chance.nextInt(2) == 0) {
                    history.add(user.editLedger(now));
                }
            }
            default -> {
                controller.step(now, chance, 0.1);
                if (!controller.did().equals("nothing")) {
                    history.add(which + " " + controller.did());
                }
            }
        }
    }

    /** Without faults the controllers find an end, and then nobody who could be served waits. */
    private Optional<String> comesToRest() {
        int idle = 0;
        int calm = 0;
        for (int turn = 0; turn < QUIET_TURNS; turn++) {
            SimulatedController controller = controllers.get(turn / 40 % controllers.size());
            if (controller.idle()) {
                controller.watch(config, true, true);
            }
            boolean busy = controller.step(now, chance, 0);
            tally.step();
            idle = busy ? 0 : idle + 1;
            calm = busy ? 0 : calm;
            Optional<String> broken = invariants.broken(now);
            if (broken.isPresent()) {
                return broken.map(what -> what + " while coming to rest");
            }
            if (idle > 100) {
                now = now.plus(LONG);
                idle = 0;
                calm++;
            }
            if (calm > 2) {
                return atRest();
            }
        }
        return Optional.of("the controllers find no end");
    }

    private Optional<String> atRest() {
        Plan plan = SimulatedController.planOn(api, config, now);
        if (!plan.changesNothing()) {
            return Optional.of("at rest there is still a plan: " + plan);
        }
        for (ServiceView service : api.inOrder()) {
            if (isPlain(service) && service.ingress().isEmpty() && isFree()) {
                return Optional.of(service.key() + " waits although an address is free: " + service.condition());
            }
            if (service.condition().isEmpty()
                    && service.loadBalancer()
                    && service.loadBalancerClass().isEmpty()) {
                return Optional.of(service.key() + " has no condition");
            }
        }
        return invariants.brokenAtRest();
    }

    private static boolean isPlain(ServiceView service) {
        return service.loadBalancer()
                && service.loadBalancerClass().isEmpty()
                && service.policy() == FamilyPolicy.SINGLE_STACK
                && service.request().equals(AddressRequest.ANY)
                && service.families().equals(List.of(IpFamily.IPV6));
    }

    private boolean isFree() {
        IpAddressPool pool = config.ipAddressPools().getFirst();
        return pool.serviceAllocation().isEmpty()
                && config.quotas().isEmpty()
                && config.reservations().isEmpty()
                && List.of("fd00::1", "fd00::2", "fd00::3").stream()
                        .map(Ip::parse)
                        .anyMatch(ip -> api.entry(ip).isEmpty());
    }
}
