package dev.clarion.config;

import dev.clarion.net.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds BGP advertisements that give one route to one peer different local preferences. MetalLB refuses them; here the
 * higher preference counts, and a warning says so. Advertisements with Service selectors are left out: what they
 * announce shows only beside the Services.
 */
final class Preferences {
    /** Comparisons before the search ends: enough for any configuration that a person writes. */
    private static final int MOST_STEPS = 2_000_000;

    private final Config config;
    private int steps;

    Preferences(Config config) {
        this.config = config;
    }

    /** The first clash of each advertisement with one that stands before it. */
    Map<EntryKey, ClashRule.Conflict> clashes() {
        Map<EntryKey, ClashRule.Conflict> clashes = new LinkedHashMap<>();
        List<BgpAdvertisement> before = new ArrayList<>();
        for (BgpAdvertisement bgp : config.bgpAdvertisements()) {
            if (bgp.serviceSelectors().isEmpty()) {
                for (BgpAdvertisement other : before) {
                    Optional<ClashRule.Conflict> conflict = between(bgp, other);
                    if (conflict.isPresent()) {
                        clashes.put(bgp.key(), conflict.get());
                        break;
                    }
                }
                before.add(bgp);
            }
        }
        return clashes;
    }

    private Optional<ClashRule.Conflict> between(BgpAdvertisement mine, BgpAdvertisement theirs) {
        steps++;
        if (steps > MOST_STEPS
                || mine.localPref() == theirs.localPref()
                || !meet(mine.peers(), theirs.peers())
                || NodeOverlap.of(mine.nodeSelectors(), theirs.nodeSelectors()) == NodeOverlap.NONE) {
            return Optional.empty();
        }
        for (IpAddressPool pool : config.ipAddressPools()) {
            steps++;
            if (steps <= MOST_STEPS
                    && mine.selects(pool)
                    && theirs.selects(pool)
                    && (sameRoutes(mine, theirs, pool, IpFamily.IPV4)
                            || sameRoutes(mine, theirs, pool, IpFamily.IPV6))) {
                return Optional.of(new ClashRule.Conflict(
                        ProblemReason.LOCAL_PREF_CLASH,
                        BgpForm.LOCAL_PREF,
                        "routes of " + pool.key() + " get local preference " + mine.localPref() + " here and "
                                + theirs.localPref() + " from " + theirs.key() + "; the higher one counts"));
            }
        }
        return Optional.empty();
    }

    private static boolean meet(List<String> peers, List<String> others) {
        return peers.isEmpty() || others.isEmpty() || peers.stream().anyMatch(others::contains);
    }

    private static boolean sameRoutes(
            BgpAdvertisement mine, BgpAdvertisement theirs, IpAddressPool pool, IpFamily family) {
        boolean sameLength = family == IpFamily.IPV4
                ? mine.aggregationLength() == theirs.aggregationLength()
                : mine.aggregationLengthV6() == theirs.aggregationLengthV6();
        return sameLength && pool.ranges().stream().anyMatch(range -> range.family() == family);
    }
}
