package dev.clarion.controller;

import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.config.LabelSelector;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a Service's addresses are announced, and from where: the content of its condition {@code Announced}.
 *
 * @param all whether every address is
 * @param reason why, or why not
 * @param message the same with its facts
 */
record Announced(boolean all, AnnouncedReason reason, String message) {
    /** So many nodes are named. */
    static final int MOST_NAMED = 3;

    static Announced of(List<Ip> addresses, Announcers announcers, Config config) {
        List<String> facts = new ArrayList<>();
        int missing = 0;
        boolean advertised = true;
        for (Ip ip : addresses) {
            List<String> ways = new ArrayList<>();
            way(ways, "layer 2", announcers.layer2(ip));
            way(ways, "BGP", announcers.bgp(ip));
            if (!ways.isEmpty()) {
                facts.add(ip + " " + String.join(" and ", ways));
                continue;
            }
            missing++;
            Optional<IpAddressPool> pool = config.poolOf(ip);
            boolean selected = pool.isEmpty() || isAdvertised(pool.get(), config);
            advertised &= selected;
            facts.add(
                    selected
                            ? ip + " by no node"
                            : ip + " by no node: no advertisement selects pool "
                                    + pool.get().name());
        }
        AnnouncedReason reason = missing == 0
                ? AnnouncedReason.ANNOUNCED
                : !advertised
                        ? AnnouncedReason.NO_ADVERTISEMENT
                        : missing < addresses.size()
                                ? AnnouncedReason.ANNOUNCED_IN_PART
                                : AnnouncedReason.NOT_ANNOUNCED;
        return new Announced(missing == 0, reason, String.join("; ", facts));
    }

    private static void way(List<String> ways, String means, List<String> nodes) {
        if (!nodes.isEmpty()) {
            List<String> named = nodes.subList(0, Math.min(MOST_NAMED, nodes.size()));
            // How many others is left out: each node that comes or goes would rewrite the condition of every Service.
            String others = nodes.size() > named.size() ? " and others" : "";
            ways.add("by " + means + " from " + String.join(", ", named) + others);
        }
    }

    private static boolean isAdvertised(IpAddressPool pool, Config config) {
        return config.l2Advertisements().stream()
                        .anyMatch(one -> selects(one.ipAddressPools(), one.ipAddressPoolSelectors(), pool))
                || config.bgpAdvertisements().stream()
                        .anyMatch(one -> selects(one.ipAddressPools(), one.ipAddressPoolSelectors(), pool));
    }

    /** Neither names nor selectors mean every pool. */
    private static boolean selects(List<String> names, List<LabelSelector> selectors, IpAddressPool pool) {
        return (names.isEmpty() && selectors.isEmpty())
                || names.contains(pool.name())
                || selectors.stream().anyMatch(selector -> selector.matches(pool.labels()));
    }
}
