package dev.clarion.announcement;

import dev.clarion.net.Ip;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Service of type LoadBalancer as the decision sees it.
 *
 * @param key its name
 * @param loadBalancerClass {@code spec.loadBalancerClass}; empty when the Service names none; it is then ours if the
 *     controller noted a pool
 * @param addresses those of {@code status.loadBalancer.ingress}
 * @param allocatedFrom the pool that the controller noted when it assigned the addresses. An address that has since
 *     left its pool is kept by its Service, and still follows the advertisements of that pool
 * @param trafficPolicy from which nodes traffic may enter
 * @param endpoints where it has endpoints
 * @param labels its labels
 * @param apart Services of one namespace that name the same group here are to be on different nodes, if possible
 */
public record ServiceView(
        ServiceKey key,
        Optional<String> loadBalancerClass,
        List<Ip> addresses,
        Optional<String> allocatedFrom,
        TrafficPolicy trafficPolicy,
        EndpointFacts endpoints,
        Map<String, String> labels,
        Optional<String> apart) {
    public ServiceView {
        addresses = List.copyOf(addresses);
        labels = Map.copyOf(labels);
    }

    /** One that may share a node with any other. */
    public ServiceView(
            ServiceKey key,
            Optional<String> loadBalancerClass,
            List<Ip> addresses,
            Optional<String> allocatedFrom,
            TrafficPolicy trafficPolicy,
            EndpointFacts endpoints,
            Map<String, String> labels) {
        this(key, loadBalancerClass, addresses, allocatedFrom, trafficPolicy, endpoints, labels, Optional.empty());
    }

    /** One without labels. */
    public ServiceView(
            ServiceKey key,
            Optional<String> loadBalancerClass,
            List<Ip> addresses,
            Optional<String> allocatedFrom,
            TrafficPolicy trafficPolicy,
            EndpointFacts endpoints) {
        this(key, loadBalancerClass, addresses, allocatedFrom, trafficPolicy, endpoints, Map.of());
    }

    /** Whether this node serves the Service's traffic if it arrives there. */
    boolean servedOn(String node) {
        return switch (trafficPolicy) {
            case CLUSTER -> endpoints.any();
            case LOCAL -> endpoints.nodes().contains(node);
        };
    }

    /**
     * By how many endpoints this node serves the Service's traffic more than other nodes do: none where all serve the same,
     * and one at least where it serves any, though they be terminating.
     */
    int endpointsOn(String node) {
        return switch (trafficPolicy) {
            case CLUSTER -> 0;
            case LOCAL -> servedOn(node) ? Math.max(1, endpoints.staying().getOrDefault(node, 0)) : 0;
        };
    }

    /** The same, of endpoints that are there to stay. */
    boolean staysOn(String node) {
        return servedOn(node)
                && switch (trafficPolicy) {
                    case CLUSTER -> true;
                    case LOCAL -> !endpoints.leaving().contains(node);
                };
    }
}
