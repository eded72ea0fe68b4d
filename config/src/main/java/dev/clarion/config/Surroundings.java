package dev.clarion.config;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.List;

/**
 * Addresses of the cluster itself, which no pool should hold.
 *
 * @param nodeAddresses those of the nodes
 * @param clusterCidrs networks of Pods and Services, as far as they are known
 */
public record Surroundings(List<NodeAddress> nodeAddresses, List<Prefix> clusterCidrs) {
    /** Nothing is known. */
    public static final Surroundings UNKNOWN = new Surroundings(List.of(), List.of());

    public Surroundings {
        nodeAddresses = List.copyOf(nodeAddresses);
        clusterCidrs = List.copyOf(clusterCidrs);
    }

    /**
     * An address of a node.
     *
     * @param node the node's name
     * @param address one of its addresses
     */
    public record NodeAddress(String node, Ip address) {}
}
