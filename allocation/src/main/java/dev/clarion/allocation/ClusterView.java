package dev.clarion.allocation;

import dev.clarion.config.Config;
import java.util.Collection;
import java.util.List;

/**
 * All that a plan depends on besides the ledger and the time.
 *
 * @param config the effective configuration
 * @param ourClass the load balancer class that is ours; Services without a class are ours too
 * @param services every Service of the cluster, in any order
 */
public record ClusterView(Config config, String ourClass, List<ServiceView> services) {
    public ClusterView {
        services = List.copyOf(services);
    }

    public ClusterView(Config config, String ourClass, Collection<ServiceView> services) {
        this(config, ourClass, List.copyOf(services));
    }
}
