package dev.clarion.config;

import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import dev.clarion.net.Prefix;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A BGP advertisement aggregates to no prefix that is shorter than the shortest one in every entry of
 * {@code addresses} of every pool that it selects, so that it attracts no traffic that is not the pool's. (A range such
 * as .1-.254 has a /26 within it, and may be announced as /26: this is MetalLB's rule.)
 */
final class AggregationClashes<T> implements ClashRule<T> {
    private final Map<EntryKey, Held<T>> pools = new LinkedHashMap<>();
    private final Map<EntryKey, Held<T>> aggregating = new LinkedHashMap<>();
    /** By pool: the shortest prefix of each of its ranges. Kept, since it takes some work. */
    private final IdentityHashMap<IpAddressPool, List<Prefix>> shortest = new IdentityHashMap<>();

    @Override
    public void put(Held<T> held) {
        if (held.form() instanceof IpAddressPool pool) {
            pools.put(pool.key(), held);
        } else if (held.form() instanceof BgpAdvertisement bgp && aggregates(bgp)) {
            aggregating.put(bgp.key(), held);
        }
    }

    @Override
    public void remove(ConfigEntry form) {
        pools.remove(form.key());
        aggregating.remove(form.key());
    }

    private static boolean aggregates(BgpAdvertisement bgp) {
        return bgp.aggregationLength() < BgpAdvertisement.HOST_LENGTH
                || bgp.aggregationLengthV6() < BgpAdvertisement.HOST_LENGTH_V6;
    }

    @Override
    public Stream<Held<T>> against(ConfigEntry form) {
        Map<EntryKey, Held<T>> others = form instanceof IpAddressPool
                ? aggregating
                : form instanceof BgpAdvertisement bgp && aggregates(bgp) ? pools : Map.of();
        return others.values().stream()
                .filter(held -> between(form, held.form()).isPresent());
    }

    @Override
    public Optional<Conflict> between(ConfigEntry mine, ConfigEntry theirs) {
        if (mine instanceof IpAddressPool pool && theirs instanceof BgpAdvertisement bgp) {
            return tooLong(pool, bgp)
                    .map(index -> new Conflict(
                            ProblemReason.AGGREGATION_TOO_SHORT,
                            PoolForm.ADDRESSES + "[" + index + "]",
                            pool.ranges().get(index) + " would be announced with others that are not the pool's, since "
                                    + bgp.key() + " aggregates to /"
                                    + length(bgp, prefixes(pool).get(index))));
        } else if (mine instanceof BgpAdvertisement bgp && theirs instanceof IpAddressPool pool) {
            return tooLong(pool, bgp).map(index -> {
                Prefix prefix = prefixes(pool).get(index);
                return new Conflict(
                        ProblemReason.AGGREGATION_TOO_SHORT,
                        prefix.family() == IpFamily.IPV4 ? BgpForm.AGGREGATION_LENGTH : BgpForm.AGGREGATION_LENGTH_V6,
                        "/" + length(bgp, prefix) + " holds more than "
                                + pool.ranges().get(index) + " of " + pool.key() + "; use at least " + prefix.length());
            });
        }
        return Optional.empty();
    }

    /** The first range of the pool whose prefixes are all longer than what the advertisement makes of them. */
    private Optional<Integer> tooLong(IpAddressPool pool, BgpAdvertisement bgp) {
        if (!aggregates(bgp) || !bgp.selects(pool)) {
            return Optional.empty();
        }
        List<Prefix> prefixes = prefixes(pool);
        for (int i = 0; i < prefixes.size(); i++) {
            if (length(bgp, prefixes.get(i)) < prefixes.get(i).length()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static int length(BgpAdvertisement bgp, Prefix prefix) {
        return prefix.family() == IpFamily.IPV4 ? bgp.aggregationLength() : bgp.aggregationLengthV6();
    }

    private List<Prefix> prefixes(IpAddressPool pool) {
        return shortest.computeIfAbsent(
                pool,
                some -> some.ranges().stream().map(AggregationClashes::shortest).toList());
    }

    private static Prefix shortest(IpRange range) {
        Prefix shortest = range.prefixes().getFirst();
        for (Prefix prefix : range.prefixes()) {
            if (prefix.length() < shortest.length()) {
                shortest = prefix;
            }
        }
        return shortest;
    }
}
