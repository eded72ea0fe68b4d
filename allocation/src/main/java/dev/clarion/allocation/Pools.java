package dev.clarion.allocation;

import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The pools of one configuration, indexed, with what is free in them during one plan. */
final class Pools {
    private final Predicate<Ip> taken;
    private final NavigableMap<String, IpAddressPool> byName = new TreeMap<>();
    private final NavigableMap<Ip, Stretch> byFirst = new TreeMap<>();
    private final Map<String, Map<IpFamily, FreeAddresses>> free = new HashMap<>();
    private final Map<String, AddressSet> addresses = new HashMap<>();
    private final Map<IpFamily, List<PoolRefusal>> refusals = new EnumMap<>(IpFamily.class);

    private record Stretch(IpRange range, IpAddressPool pool) {}

    Pools(Config config, Predicate<Ip> taken) {
        this.taken = taken;
        for (IpAddressPool pool : config.ipAddressPools()) {
            byName.put(pool.name(), pool);
            for (IpRange range : pool.ranges()) {
                byFirst.put(range.first(), new Stretch(range, pool));
            }
        }
    }

    Collection<IpAddressPool> all() {
        return byName.values();
    }

    Optional<IpAddressPool> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The pool that contains the address. */
    Optional<IpAddressPool> of(Ip ip) {
        Map.Entry<Ip, Stretch> below = byFirst.floorEntry(ip);
        return below != null && below.getValue().range().contains(ip)
                ? Optional.of(below.getValue().pool())
                : Optional.empty();
    }

    /** The address that the pool would hand out next. */
    Optional<Ip> next(IpAddressPool pool, IpFamily family) {
        return free.computeIfAbsent(pool.name(), name -> new EnumMap<>(IpFamily.class))
                .computeIfAbsent(family, any -> new FreeAddresses.Lowest(addresses(pool, family), taken))
                .peek();
    }

    private AddressSet addresses(IpAddressPool pool, IpFamily family) {
        return addresses.computeIfAbsent(pool.name(), name -> pool.addresses()).only(family);
    }

    /** The first pool in order of names that is assigned automatically and has a free address of each family. */
    Optional<IpAddressPool> firstWith(List<IpFamily> families) {
        return byName.values().stream()
                .filter(IpAddressPool::autoAssign)
                .filter(pool ->
                        families.stream().allMatch(family -> next(pool, family).isPresent()))
                .findFirst();
    }

    /** Why automatic assignment gives no address of the family, pool by pool. */
    List<PoolRefusal> refusals(IpFamily family) {
        // A pool that is full stays full within one plan, so the answer can be kept.
        return refusals.computeIfAbsent(family, any -> {
            List<PoolRefusal> list = new ArrayList<>();
            byName.values().forEach(pool -> list.add(refusal(pool, family, !pool.autoAssign())));
            return list;
        });
    }

    /** Why this pool gives no address of the family. */
    PoolRefusal refusal(IpAddressPool pool, IpFamily family, boolean onlyOnRequest) {
        PoolRefusal.Verdict verdict = addresses(pool, family).isEmpty()
                ? PoolRefusal.Verdict.NO_SUCH_FAMILY
                : onlyOnRequest ? PoolRefusal.Verdict.NOT_AUTO_ASSIGNED : PoolRefusal.Verdict.FULL;
        return new PoolRefusal(pool.name(), family, verdict);
    }
}
