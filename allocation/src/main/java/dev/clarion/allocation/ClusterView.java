package dev.clarion.allocation;

import dev.clarion.config.Config;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * All that a plan depends on besides the ledger and the time.
 *
 * @param config the effective configuration
 * @param ourClass the load balancer class that is ours; Services without a class are ours too, unless MetalLB runs
 * @param services every Service of the cluster, in any order; planning is fastest in the order of keys
 * @param namespaces the labels of every namespace, by name
 * @param metalLbPresent whether MetalLB runs in the cluster and serves Services without a class
 */
public record ClusterView(
        Config config,
        String ourClass,
        List<ServiceView> services,
        Map<String, Map<String, String>> namespaces,
        boolean metalLbPresent) {
    public ClusterView {
        services = List.copyOf(services);
        namespaces = Map.copyOf(namespaces);
    }

    /** One in which namespaces have no labels and no other load balancer runs. */
    public ClusterView(Config config, String ourClass, Collection<ServiceView> services) {
        this(config, ourClass, List.copyOf(services), Map.of(), false);
    }

    Map<String, String> labelsOf(String namespace) {
        return namespaces.getOrDefault(namespace, Map.of());
    }
}
