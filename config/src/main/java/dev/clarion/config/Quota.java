package dev.clarion.config;

import java.util.List;
import java.util.Map;

/**
 * How many addresses each namespace may have.
 *
 * @param name unique among quotas
 * @param namespaces names of the namespaces that it holds for; see {@link #appliesTo}
 * @param namespaceSelectors labels of further such namespaces
 * @param ipAddressPools names of the pools over which it counts; empty means all
 * @param addresses the most that each such namespace may have from those pools, from 0
 */
public record Quota(
        String name,
        List<String> namespaces,
        List<LabelSelector> namespaceSelectors,
        List<String> ipAddressPools,
        int addresses)
        implements ConfigEntry {

    public Quota {
        namespaces = List.copyOf(namespaces);
        namespaceSelectors = List.copyOf(namespaceSelectors);
        ipAddressPools = List.copyOf(ipAddressPools);
    }

    /** Whether it holds for the namespace: it is named, or selected, or nothing says which ones are. */
    public boolean appliesTo(String namespace, Map<String, String> labels) {
        return (namespaces.isEmpty() && namespaceSelectors.isEmpty())
                || namespaces.contains(namespace)
                || LabelSelector.anyMatches(namespaceSelectors, labels);
    }

    /** Whether addresses of the pool of this name count. */
    public boolean countsIn(String pool) {
        return ipAddressPools.isEmpty() || ipAddressPools.contains(pool);
    }

    @Override
    public Section section() {
        return Section.QUOTAS;
    }
}
