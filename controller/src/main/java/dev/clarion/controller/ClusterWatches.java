package dev.clarion.controller;

import dev.clarion.config.Surroundings;
import dev.clarion.kube.NodeAnnouncements;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ReducedWatch;
import dev.clarion.net.Prefix;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of the cluster besides Services matters to addresses: its namespaces and nodes, and the networks of its own. */
final class ClusterWatches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatches.class);

    private final KubernetesClient client;
    private final ReducedWatch<Map<String, String>> namespaces;
    private final ReducedWatch<WatchedNode> nodes;

    /** @param wake called when something changed */
    ClusterWatches(KubernetesClient client, Runnable wake) {
        this.client = client;
        this.namespaces = ReducedWatch.of(client, Namespace.class).start(ClusterWatches::labels, wake);
        this.nodes = ReducedWatch.of(client, Node.class).start(node -> Optional.of(WatchedNode.of(node)), wake);
    }

    private static Optional<Map<String, String>> labels(Namespace namespace) {
        Map<String, String> labels = namespace.getMetadata().getLabels();
        return Optional.of(labels == null ? Map.of() : Map.copyOf(labels));
    }

    /** What was not listed yet. */
    List<String> unsynced() {
        List<String> unsynced = new ArrayList<>();
        if (!namespaces.synced()) {
            unsynced.add("Namespaces");
        }
        if (!nodes.synced()) {
            unsynced.add("Nodes");
        }
        return unsynced;
    }

    /** The labels of every namespace, by name. */
    Map<String, Map<String, String>> namespaces() {
        Map<ObjectKey, Map<String, String>> seen = namespaces.snapshot();
        Map<String, Map<String, String>> byName = HashMap.newHashMap(seen.size());
        seen.forEach((key, labels) -> byName.put(key.name(), labels));
        return byName;
    }

    /** Who announces what, as the nodes that are ready say. */
    Announcers announcers(Collection<OwnMap> maps) {
        Set<String> ready = new HashSet<>();
        nodes.snapshot().values().stream().filter(WatchedNode::ready).forEach(node -> ready.add(node.name()));
        TreeMap<String, NodeAnnouncements> said = new TreeMap<>();
        for (OwnMap map : maps) {
            if (map instanceof OwnMap.NodeMap node && ready.contains(node.node())) {
                said.put(node.node(), node.announcements());
            }
        }
        return new Announcers(said);
    }

    /** Addresses of the cluster's own; asks the API server for the networks of Services. */
    Surroundings surroundings() {
        List<Surroundings.NodeAddress> addresses = new ArrayList<>();
        List<Prefix> networks = new ArrayList<>(serviceNetworks());
        nodes.snapshot().values().forEach(node -> {
            node.addresses().forEach(ip -> addresses.add(new Surroundings.NodeAddress(node.name(), ip)));
            networks.addAll(node.podNetworks());
        });
        return new Surroundings(addresses, networks);
    }

    /** Clusters before Kubernetes 1.33 do not tell. */
    private List<Prefix> serviceNetworks() {
        try {
            return client.resources(ServiceCIDR.class).list().getItems().stream()
                    .flatMap(network -> network.getSpec().getCidrs().stream())
                    .map(Prefix::parse)
                    .toList();
        } catch (KubernetesClientException | IllegalArgumentException unknown) {
            LOG.debug("the networks of Services are not known", unknown);
            return List.of();
        }
    }

    @Override
    public void close() {
        namespaces.close();
        nodes.close();
    }
}
