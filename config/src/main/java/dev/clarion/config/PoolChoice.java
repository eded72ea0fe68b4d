package dev.clarion.config;

import java.util.List;

/** Which pools an advertisement is for. Selectors that match no pool select none; without any word, all are. */
final class PoolChoice {
    private PoolChoice() {}

    static boolean selects(List<String> names, List<LabelSelector> selectors, String pool) {
        return names.contains(pool) || (names.isEmpty() && selectors.isEmpty());
    }

    static boolean selects(List<String> names, List<LabelSelector> selectors, IpAddressPool pool) {
        return selects(names, selectors, pool.name()) || LabelSelector.anyMatches(selectors, pool.labels());
    }
}
