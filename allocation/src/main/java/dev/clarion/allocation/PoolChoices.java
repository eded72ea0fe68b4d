package dev.clarion.allocation;

import dev.clarion.allocation.PoolRefusal.Verdict;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pools that Services which are alike in all that matters to pools may be served from, in the order in which they
 * are tried. Within one plan pools only ever get fuller, so what was found full is not looked at again.
 */
final class PoolChoices {
    private final Pools pools;
    private final ServiceView example;
    private final List<PoolSpace> order;
    private final Map<PoolSpace, Integer> places = new HashMap<>();
    private final PerFamily<Integer> firstWith = new PerFamily<>();
    private final Map<IpFamily, Exhausted> exhausted = new HashMap<>();
    private int firstWithBoth;

    /**
     * That there is nothing to be had.
     *
     * @param trouble what to tell the Service
     * @param wakeAt when something may be, if anything rests
     */
    record Exhausted(Trouble trouble, Optional<Instant> wakeAt) {}

    PoolChoices(Pools pools, ServiceView example) {
        this.pools = pools;
        this.example = example;
        this.order = pools.inOrder().stream()
                .filter(pool -> pool.pool().autoAssign() && pools.admits(pool, example))
                .toList();
        for (int i = 0; i < order.size(); i++) {
            places.put(order.get(i), i);
        }
    }

    /** How early the pool is tried, from 0; empty if it is not. */
    Optional<Integer> place(PoolSpace pool) {
        return Optional.ofNullable(places.get(pool));
    }

    /** The first that has a free address of the family and that the quotas allow. */
    @Nullable
    PoolSpace first(IpFamily family, Instant now, Predicate<PoolSpace> allowed) {
        Integer known = firstWith.get(family);
        int start = known == null ? 0 : known;
        while (start < order.size() && order.get(start).next(family, now).isEmpty()) {
            start++;
        }
        firstWith.set(family, start);
        for (int i = start; i < order.size(); i++) {
            PoolSpace pool = order.get(i);
            if (allowed.test(pool) && pool.next(family, now).isPresent()) {
                return pool;
            }
        }
        return null;
    }

    /** The first that has a free address of each family, if it is of this rank. */
    @Nullable
    PoolSpace firstWithBoth(long rank, Instant now, Predicate<PoolSpace> allowed) {
        while (firstWithBoth < order.size() && !hasBoth(order.get(firstWithBoth), now)) {
            firstWithBoth++;
        }
        for (int i = firstWithBoth; i < order.size(); i++) {
            PoolSpace pool = order.get(i);
            if (pool.rank() > rank) {
                return null;
            }
            if (pool.rank() == rank && allowed.test(pool) && hasBoth(pool, now)) {
                return pool;
            }
        }
        return null;
    }

    private static boolean hasBoth(PoolSpace pool, Instant now) {
        return pool.next(IpFamily.IPV4, now).isPresent()
                && pool.next(IpFamily.IPV6, now).isPresent();
    }

    /** Why there is no address of the family. A pool that is full stays full within one plan: the answer can be kept. */
    Exhausted exhausted(IpFamily family, Quotas quotas) {
        return exhausted.computeIfAbsent(family, any -> {
            List<PoolRefusal> refusals = new ArrayList<>();
            Alarm wake = new Alarm();
            for (PoolSpace pool : pools.all()) {
                Verdict verdict = verdict(pool, family, quotas);
                refusals.add(new PoolRefusal(pool.name(), family, verdict));
                if (verdict == Verdict.RESTING) {
                    pool.firstDue(family).ifPresent(wake::at);
                }
            }
            return new Exhausted(trouble(family, refusals, quotas), wake.first());
        });
    }

    private Verdict verdict(PoolSpace pool, IpFamily family, Quotas quotas) {
        if (!pool.has(family)) {
            return Verdict.NO_SUCH_FAMILY;
        }
        if (!pools.admits(pool, example)) {
            return Verdict.NOT_FOR_SERVICE;
        }
        if (!pool.pool().autoAssign()) {
            return Verdict.NOT_AUTO_ASSIGNED;
        }
        if (quotas.exhausted(example.key().namespace(), pool).isPresent()) {
            return Verdict.QUOTA;
        }
        return pool.firstDue(family).isPresent() ? Verdict.RESTING : Verdict.FULL;
    }

    private Trouble trouble(IpFamily family, List<PoolRefusal> refusals, Quotas quotas) {
        if (refusals.isEmpty()) {
            return new Trouble(
                    AllocationReason.NO_POOLS,
                    () -> "no pool is configured; add one to ipAddressPools in the ConfigMap clarion");
        }
        Optional<String> quota = order.stream()
                .flatMap(pool -> quotas.exhausted(example.key().namespace(), pool).stream())
                .findFirst();
        return new Trouble(
                quota.isPresent() ? AllocationReason.QUOTA_EXHAUSTED : AllocationReason.NO_FREE_ADDRESS,
                () -> "no " + Words.family(family) + " address to be had: "
                        + quota.map(figures -> figures + "; ").orElse("") + Words.some(refusals),
                refusals);
    }
}
