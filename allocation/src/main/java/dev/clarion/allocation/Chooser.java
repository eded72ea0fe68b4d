package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds new addresses for one Service: all that it asked for, or as many families as it must have, or none. */
final class Chooser {
    private final Pools pools;
    private final Quotas quotas;
    private final Preferences preferences;
    private final AskedAddresses asked;
    private final Alarm alarm;
    private final Instant now;

    Chooser(Pools pools, Quotas quotas, Preferences preferences, AskedAddresses asked, Alarm alarm, Instant now) {
        this.pools = pools;
        this.quotas = quotas;
        this.preferences = preferences;
        this.asked = asked;
        this.alarm = alarm;
        this.now = now;
    }

    /** The addresses to take now. What could not be had is noted on the claim. */
    Collection<Spot> choose(Claim claim) {
        Search search = new Search(claim);
        if (claim.service().families().isEmpty()) {
            search.fail(new Trouble(AllocationReason.NO_CLUSTER_IP, () -> "the Service has no cluster IP yet"));
        } else {
            switch (claim.service().request()) {
                case AddressRequest.Unreadable(String problem) ->
                    search.fail(new Trouble(AllocationReason.REQUEST_UNREADABLE, () -> problem));
                case AddressRequest.Asked wish -> search(search, wish);
            }
        }
        for (Spot spot : List.copyOf(search.found().values())) {
            if (!spot.hasRoom(claim.service())) {
                search.fail(
                        new Trouble(
                                AllocationReason.LEDGER_FULL,
                                () -> "too many Services share addresses next to " + spot.ip()
                                        + " for one more to be entered in the ledger; a Service that shares with nobody can have it"));
            }
        }
        Trouble trouble = search.trouble();
        if (trouble != null) {
            claim.fail(trouble);
        }
        return search.acceptable() ? search.found().values() : List.of();
    }

    private void search(Search search, AddressRequest.Asked wish) {
        Optional<PoolSpace> pool = wish.pool().flatMap(pools::named);
        if (wish.pool().isPresent() && pool.isEmpty()) {
            String name = wish.pool().get();
            search.fail(new Trouble(
                    AllocationReason.REQUESTED_POOL_UNKNOWN, () -> "there is no pool \"" + Words.cut(name) + "\""));
            return;
        }
        for (Ip ip : wish.addresses()) {
            if (!asked.take(search, pool, ip)) {
                return;
            }
        }
        List<IpFamily> open = new ArrayList<>(2);
        for (IpFamily family : search.claim().families()) {
            boolean named = wish.addresses().stream().anyMatch(ip -> ip.family() == family);
            if (!named && isOpen(search.claim(), family, pool)) {
                open.add(family);
            }
        }
        if (pool.isPresent()) {
            fromPool(search, pool.get(), open);
        } else if (!open.isEmpty()) {
            anywhere(search, open);
        }
    }

    private static boolean isOpen(Claim claim, IpFamily family, Optional<PoolSpace> pool) {
        Spot spot = claim.picked(family);
        LedgerEntry.Held held = spot == null ? null : spot.held();
        return claim.isOpen(family)
                || (pool.isPresent()
                        && spot != null
                        && held != null
                        && !pool.get().equals(spot.pool())
                        && !held.pool().equals(pool.get().name()));
    }

    private void fromPool(Search search, PoolSpace pool, List<IpFamily> open) {
        for (IpFamily family : open) {
            if (preferences.take(search, family, other -> other == pool ? Optional.of(0) : Optional.empty(), true)) {
                continue;
            }
            Optional<String> quota = quota(search, family, pool);
            Optional<Ip> next = pool.next(family, now);
            if (!pools.admits(pool, search.service())) {
                search.miss(new Trouble(
                        AllocationReason.REQUESTED_POOL_NOT_FOR_SERVICE,
                        () -> "the Service asks for pool " + pool.name() + ", which is not for it"));
            } else if (next.isEmpty()) {
                search.miss(poolExhausted(pool, family));
            } else if (quota.isPresent()) {
                search.miss(new Trouble(AllocationReason.QUOTA_EXHAUSTED, quota::get));
            } else {
                search.found(preferences.at(next.get()));
            }
        }
    }

    private Trouble poolExhausted(PoolSpace pool, IpFamily family) {
        Optional<Instant> due = pool.firstDue(family);
        due.ifPresent(alarm::at);
        PoolRefusal refusal = new PoolRefusal(
                pool.name(),
                family,
                !pool.has(family)
                        ? PoolRefusal.Verdict.NO_SUCH_FAMILY
                        : due.isPresent() ? PoolRefusal.Verdict.RESTING : PoolRefusal.Verdict.FULL);
        return new Trouble(
                AllocationReason.REQUESTED_POOL_EXHAUSTED,
                () -> refusal + ", and the Service asks for this pool",
                List.of(refusal));
    }

    /** The best pool for each family; of pools that are equally good, one that has both, or that it is in already. */
    private void anywhere(Search search, List<IpFamily> open) {
        PoolChoices choices = pools.choices(search.service());
        List<IpFamily> rest = new ArrayList<>(2);
        for (IpFamily family : open) {
            if (!preferences.take(search, family, choices::place, false)) {
                rest.add(family);
            }
        }
        if (rest.size() == 2) {
            PoolSpace one = first(search, choices, rest.get(0));
            PoolSpace two = first(search, choices, rest.get(1));
            if (one != null && two != null && one != two && one.rank() == two.rank()) {
                PoolSpace both = choices.firstWithBoth(
                        one.rank(), now, pool -> allowed(search, rest.get(0)).test(pool));
                one = both == null ? one : both;
                two = both == null ? two : both;
            }
            take(search, choices, rest.get(0), one);
            take(search, choices, rest.get(1), two);
        } else if (rest.size() == 1) {
            IpFamily family = rest.getFirst();
            PoolSpace best = first(search, choices, family);
            PoolSpace same = poolOfOther(search, family);
            boolean stay = best != null
                    && same != null
                    && choices.place(same).isPresent()
                    && same.rank() == best.rank()
                    && same.next(family, now).isPresent()
                    && allowed(search, family).test(same);
            take(search, choices, family, stay ? same : best);
        }
    }

    private @Nullable PoolSpace first(Search search, PoolChoices choices, IpFamily family) {
        return choices.first(family, now, allowed(search, family));
    }

    private static @Nullable PoolSpace poolOfOther(Search search, IpFamily family) {
        for (Spot spot : search.found().values()) {
            if (spot.ip().family() != family) {
                return spot.pool();
            }
        }
        for (Spot spot : search.claim().picked()) {
            if (spot.ip().family() != family) {
                return spot.pool();
            }
        }
        return null;
    }

    private void take(Search search, PoolChoices choices, IpFamily family, @Nullable PoolSpace from) {
        PoolSpace free = from == null ? choices.first(family, now, any -> true) : from;
        Optional<String> quota = free == null ? Optional.empty() : quota(search, family, free);
        if (free != null && quota.isEmpty()) {
            free.next(family, now).map(preferences::at).ifPresent(search::found);
        } else if (free != null
                && quotas.exhausted(search.service().key().namespace(), free).isEmpty()) {
            // One would do, but not one of each family.
            search.miss(new Trouble(AllocationReason.QUOTA_EXHAUSTED, quota::orElseThrow));
        } else {
            PoolChoices.Exhausted exhausted = choices.exhausted(family, quotas);
            exhausted.wakeAt().ifPresent(alarm::at);
            search.miss(exhausted.trouble());
        }
    }

    private Predicate<PoolSpace> allowed(Search search, IpFamily family) {
        return quotas.isEmpty()
                ? pool -> true
                : pool -> quota(search, family, pool).isEmpty();
    }

    private Optional<String> quota(Search search, IpFamily family, PoolSpace pool) {
        return quotas.exhausted(
                search.service().key().namespace(),
                pool,
                search.pools(),
                Optional.ofNullable(search.claim().picked(family)));
    }
}
