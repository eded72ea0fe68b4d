package dev.clarion.allocation;

import dev.clarion.allocation.Claim.Trouble;
import dev.clarion.config.IpAddressPool;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds new addresses for one Service: all that it asked for, or as many families as it must have, or none. */
final class Chooser {
    private final Pools pools;
    private final Function<Ip, Optional<ServiceKey>> holder;

    /** @param holder who has an address, by the ledger or by any status */
    Chooser(Pools pools, Function<Ip, Optional<ServiceKey>> holder) {
        this.pools = pools;
        this.holder = holder;
    }

    /** An address and the pool it comes from. */
    record Choice(Ip ip, String pool) {}

    /** What there is to take, and what could not be had; to be taken only if {@link #acceptable}. */
    private static final class Search {
        private final Map<IpFamily, Choice> found = new EnumMap<>(IpFamily.class);
        private final List<Trouble> troubles = new ArrayList<>();
    }

    /** The addresses to take now. What could not be had is noted on the claim. */
    List<Choice> choose(Claim claim) {
        if (claim.service().families().isEmpty()) {
            claim.fail(new Trouble(AllocationReason.NO_CLUSTER_IP, "the Service has no cluster IP yet"));
            return List.of();
        }
        Search search = switch (claim.service().request()) {
            case AddressRequest.Unreadable(String problem) ->
                failed(new Trouble(AllocationReason.REQUEST_UNREADABLE, problem));
            case AddressRequest.Asked(Optional<String> pool, List<Ip> addresses) -> search(claim, pool, addresses);
        };
        search.troubles.stream().findFirst().ifPresent(claim::fail);
        return acceptable(claim, search) ? List.copyOf(search.found.values()) : List.of();
    }

    private static Search failed(Trouble why) {
        Search search = new Search();
        search.troubles.add(why);
        return search;
    }

    private static boolean acceptable(Claim claim, Search search) {
        return claim.families().stream()
                .allMatch(family -> !claim.service().mustHave(family)
                        || claim.picked(family).isPresent()
                        || claim.hasForeign(family)
                        || search.found.containsKey(family));
    }

    private Search search(Claim claim, Optional<String> poolName, List<Ip> addresses) {
        Optional<IpAddressPool> pool = poolName.flatMap(pools::named);
        if (poolName.isPresent() && pool.isEmpty()) {
            return failed(new Trouble(
                    AllocationReason.REQUESTED_POOL_UNKNOWN, "there is no pool \"" + poolName.get() + "\""));
        }
        Search search = new Search();
        for (Ip ip : addresses) {
            Optional<Trouble> refused = check(claim, pool, ip);
            if (refused.isPresent()) {
                return failed(refused.get());
            }
            if (!claim.picked(ip.family()).map(LedgerEntry::ip).equals(Optional.of(ip))) {
                pools.of(ip).ifPresent(of -> search.found.put(ip.family(), new Choice(ip, of.name())));
            }
        }
        List<IpFamily> open = claim.families().stream()
                .filter(family -> addresses.stream().noneMatch(ip -> ip.family() == family))
                .filter(family -> !claim.hasForeign(family))
                .toList();
        if (pool.isPresent()) {
            fromPool(claim, pool.get(), open, search);
        } else {
            anywhere(claim, open, search);
        }
        return search;
    }

    private Optional<Trouble> check(Claim claim, Optional<IpAddressPool> asked, Ip ip) {
        if (!claim.families().contains(ip.family())) {
            return Optional.of(new Trouble(
                    AllocationReason.REQUESTED_FAMILY_NOT_SERVED,
                    ip + " is asked for, but the Service has no " + Words.family(ip.family()) + " cluster IP"));
        }
        if (claim.picked(ip.family()).map(LedgerEntry::ip).equals(Optional.of(ip))) {
            return Optional.empty();
        }
        Optional<IpAddressPool> pool = pools.of(ip);
        if (pool.isEmpty()) {
            return Optional.of(new Trouble(
                    AllocationReason.REQUESTED_ADDRESS_OUTSIDE_POOLS, ip + " is asked for, but is in no pool"));
        }
        if (asked.isPresent() && !asked.equals(pool)) {
            return Optional.of(new Trouble(
                    AllocationReason.REQUEST_CONTRADICTS,
                    ip + " is in pool " + pool.get().name() + ", not in pool "
                            + asked.get().name() + ", which is asked for as well"));
        }
        return holder.apply(ip)
                .filter(other -> !other.equals(claim.service().key()))
                .map(other -> new Trouble(
                        AllocationReason.REQUESTED_ADDRESS_TAKEN, ip + " is asked for, but " + other + " has it"));
    }

    private void fromPool(Claim claim, IpAddressPool pool, List<IpFamily> open, Search search) {
        for (IpFamily family : open) {
            boolean there = claim.picked(family)
                    .map(entry -> pools.of(entry.ip()).equals(Optional.of(pool)))
                    .orElse(false);
            if (there) {
                continue;
            }
            Optional<Ip> next = pools.next(pool, family);
            next.ifPresent(ip -> search.found.put(family, new Choice(ip, pool.name())));
            if (next.isEmpty()) {
                PoolRefusal refusal = pools.refusal(pool, family, false);
                search.troubles.add(new Trouble(
                        AllocationReason.REQUESTED_POOL_EXHAUSTED,
                        refusal + ", and the Service asks for this pool",
                        List.of(refusal)));
            }
        }
    }

    /** One pool for all families where one can be had, that of the address it has first of all. */
    private void anywhere(Claim claim, List<IpFamily> open, Search search) {
        List<IpFamily> missing =
                open.stream().filter(family -> claim.picked(family).isEmpty()).toList();
        Optional<IpAddressPool> same = claim.picked().stream()
                .map(LedgerEntry::ip)
                .flatMap(ip -> pools.of(ip).stream())
                .filter(IpAddressPool::autoAssign)
                .filter(pool -> missing.stream()
                        .allMatch(family -> pools.next(pool, family).isPresent()))
                .findFirst()
                .or(() -> missing.isEmpty() ? Optional.empty() : pools.firstWith(missing));
        for (IpFamily family : missing) {
            Optional<IpAddressPool> pool = same.or(() -> pools.firstWith(List.of(family)));
            pool.flatMap(from -> pools.next(from, family).map(ip -> new Choice(ip, from.name())))
                    .ifPresentOrElse(
                            choice -> search.found.put(family, choice), () -> search.troubles.add(nothingFree(family)));
        }
    }

    private Trouble nothingFree(IpFamily family) {
        List<PoolRefusal> refusals = pools.refusals(family);
        return refusals.isEmpty()
                ? new Trouble(
                        AllocationReason.NO_POOLS,
                        "no pool is configured; add one to ipAddressPools in the ConfigMap clarion")
                : new Trouble(
                        AllocationReason.NO_FREE_ADDRESS,
                        "no " + Words.family(family) + " address to be had: " + Words.some(refusals),
                        refusals);
    }
}
