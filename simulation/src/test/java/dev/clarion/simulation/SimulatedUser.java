package dev.clarion.simulation;

import dev.clarion.allocation.AddressRequest;
import dev.clarion.allocation.FamilyPolicy;
import dev.clarion.allocation.Holder;
import dev.clarion.allocation.LedgerCodec;
import dev.clarion.allocation.LedgerEntry;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServicePort;
import dev.clarion.allocation.ServiceView;
import dev.clarion.allocation.ServiceViewBuilder;
import dev.clarion.allocation.ShardId;
import dev.clarion.allocation.SharingTerms;
import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.config.OnRemoval;
import dev.clarion.config.Quota;
import dev.clarion.config.Reservation;
import dev.clarion.config.ServiceAllocation;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Everybody who edits Services, the configuration and, if told to, the ledger. */
final class SimulatedUser {
    private static final int NAMES = 10;
    private static final List<FamilyPolicy> POLICIES = List.of(FamilyPolicy.values());
    private static final List<IpFamily> BOTH = List.of(IpFamily.IPV4, IpFamily.IPV6);
    private static final List<String> PORTS = List.of("TCP/80", "TCP/443", "UDP/80", "UDP/53");

    private final SimulatedApi api;
    private final SplittableRandom chance;
    private final Tally tally;
    private final Invariants invariants;

    SimulatedUser(SimulatedApi api, SplittableRandom chance, Tally tally, Invariants invariants) {
        this.api = api;
        this.chance = chance;
        this.tally = tally;
        this.invariants = invariants;
    }

    /** Does something to a Service; says what. */
    String editService(Instant now) {
        int number = chance.nextInt(NAMES);
        ServiceKey key = new ServiceKey(number % 3 == 0 ? "two" : "one", "s" + number);
        int what = chance.nextInt(14);
        tally.add(what == 7 ? Mishap.STATUS_WIPED : Mishap.SERVICE_EDIT);
        switch (what) {
            case 0, 1, 2, 3 -> create(key, now);
            case 4, 5 -> api.delete(key);
            case 6 -> api.flipType(key);
            case 7 -> api.change(key, service -> service.ingress(List.of()));
            case 8 -> api.change(key, service -> service.request(request()));
            case 9, 10, 11 -> api.change(key, this::shared);
            case 12 -> api.change(key, this::families);
            default ->
                api.change(
                        key,
                        service -> service.loadBalancerClass(
                                chance.nextBoolean() ? Optional.of("example.com/other") : Optional.empty()));
        }
        return "user " + what + " " + key;
    }

    private void create(ServiceKey key, Instant now) {
        if (!api.services().containsKey(key)) {
            api.create(key, service -> shared(families(service.created(now).request(request()))));
        }
    }

    private ServiceViewBuilder families(ServiceViewBuilder service) {
        FamilyPolicy policy = POLICIES.get(chance.nextInt(POLICIES.size()));
        return service.policy(policy)
                .families(policy == FamilyPolicy.SINGLE_STACK ? List.of(BOTH.get(chance.nextInt(2))) : BOTH);
    }

    private ServiceViewBuilder shared(ServiceViewBuilder service) {
        List<ServicePort> ports = new ArrayList<>();
        ports.add(ServicePort.parse(PORTS.get(chance.nextInt(PORTS.size()))));
        if (chance.nextInt(3) == 0) {
            ports.add(ServicePort.parse(PORTS.get(chance.nextInt(PORTS.size()))));
        }
        ports = ports.stream().distinct().sorted().toList();
        service.ports(ports);
        if (chance.nextInt(3) == 0) {
            return service.sharing(Optional.empty());
        }
        return service.sharing(Optional.of(new SharingTerms(
                chance.nextInt(4) == 0 ? "k2" : "k1",
                ports,
                chance.nextInt(5) == 0 ? "app=x" : "",
                chance.nextBoolean() ? List.of("one", "two") : List.of())));
    }

    private AddressRequest request() {
        return switch (chance.nextInt(7)) {
            case 0 -> new AddressRequest.Asked(Optional.empty(), List.of(Ip.parse("10.0.0.25" + chance.nextInt(6))));
            case 1 -> new AddressRequest.Asked(Optional.of("b"), List.of());
            case 2 -> new AddressRequest.Asked(Optional.empty(), List.of(Ip.parse("fd00::" + (1 + chance.nextInt(4)))));
            default -> AddressRequest.ANY;
        };
    }

    /** Small pools, so that everybody wants the same few addresses; some of them in two shards. */
    Config config() {
        tally.add(Mishap.CONFIG_EDIT);
        String end = chance.nextBoolean() ? "10.0.1.1" : "10.0.0.254";
        List<IpAddressPool> pools = new ArrayList<>();
        pools.add(pool("a", true, "10.0.0.252-" + end, "fd00::1-fd00::3"));
        if (chance.nextBoolean()) {
            pools.add(pool("b", chance.nextBoolean(), "10.0.0.250-10.0.0.251"));
        }
        List<Reservation> reservations = chance.nextInt(3) == 0
                ? List.of(new Reservation("r", List.of(Ip.parse("10.0.0.253"), Ip.parse("fd00::2")), "one", "s1"))
                : List.of();
        List<Quota> quotas = chance.nextInt(3) == 0
                ? List.of(new Quota("q", List.of("one"), List.of(), List.of(), 2 + chance.nextInt(4)))
                : List.of();
        return new Config(pools, List.of(), List.of(), List.of(), List.of(), List.of(), reservations, quotas);
    }

    private IpAddressPool pool(String name, boolean auto, String... ranges) {
        Optional<ServiceAllocation> allocation = chance.nextInt(4) == 0
                ? Optional.of(new ServiceAllocation(chance.nextInt(3), List.of("one"), List.of(), List.of()))
                : Optional.empty();
        return new IpAddressPool(
                name,
                List.of(ranges).stream().map(IpRange::parse).toList(),
                chance.nextInt(4) == 0 && name.equals("a") ? List.of(IpRange.parse("10.0.0.253")) : List.of(),
                auto,
                chance.nextInt(6) == 0,
                allocation,
                chance.nextBoolean() ? OnRemoval.KEEP : OnRemoval.MOVE,
                Duration.ofSeconds(30L * chance.nextInt(3)),
                Duration.ofSeconds(90L * chance.nextInt(2)),
                Map.of());
    }

    /** Deletes a shard, drops or damages an entry, or gives it to another, who may not even exist. */
    String editLedger(Instant now) {
        List<ShardId> shards = api.shards().keySet().stream().sorted().toList();
        if (shards.isEmpty()) {
            return "no ledger";
        }
        tally.add(Mishap.LEDGER_EDIT);
        ShardId id = shards.get(chance.nextInt(shards.size()));
        int what = chance.nextInt(5);
        invariants.aboutToEdit(id, now);
        UnaryOperator<SortedMap<String, String>> edit = data -> {
            List<String> keys = List.copyOf(data.keySet());
            if (what == 0 || keys.isEmpty()) {
                data.clear();
                return data;
            }
            String key = keys.get(chance.nextInt(keys.size()));
            switch (what) {
                case 1 -> data.remove(key);
                case 2 -> data.replace(key, "{\"ip\":\"oops");
                default -> give(data, key, what == 3, now);
            }
            return data;
        };
        api.editLedger(id, edit);
        return "hand " + what + " on " + id;
    }

    private void give(SortedMap<String, String> data, String key, boolean toNobody, Instant now) {
        List<ServiceView> all = List.copyOf(api.inOrder());
        @Nullable ServiceView other = all.isEmpty() || toNobody ? null : all.get(chance.nextInt(all.size()));
        String line = data.get(key);
        if (line == null) {
            return;
        }
        Ip ip = Ip.parse(line.replaceAll("^\\{\"ip\":\"([^\"]+)\".*", "$1"));
        Holder holder = new Holder(
                other == null ? new ServiceKey("one", "nobody") : other.key(),
                other == null ? "no-uid" : other.uid(),
                now,
                Optional.empty(),
                Optional.empty());
        data.putAll(LedgerCodec.write(List.of(LedgerEntry.Held.by(ip, "a", holder))));
    }
}
