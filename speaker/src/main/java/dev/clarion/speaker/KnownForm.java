package dev.clarion.speaker;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.TrafficPolicy;
import dev.clarion.kube.ObjectKey;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@link Known} as a tree, and back. */
final class KnownForm {
    private KnownForm() {}

    static Map<String, Object> write(Known known) {
        Map<String, Object> tree = new LinkedHashMap<>();
        known.effective().ifPresent(text -> tree.put("effective", text));
        tree.put("speakers", known.speakers());
        List<Object> services = new ArrayList<>();
        known.services().values().forEach(service -> services.add(service(service)));
        tree.put("services", services);
        List<Object> slices = new ArrayList<>();
        known.slices().forEach((key, slice) -> slices.add(slice(key, slice)));
        tree.put("slices", slices);
        List<Object> nodes = new ArrayList<>();
        known.nodes().values().forEach(node -> nodes.add(node(node)));
        tree.put("nodes", nodes);
        return tree;
    }

    private static Map<String, Object> service(ServiceRecord service) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("namespace", service.key().namespace());
        tree.put("name", service.key().name());
        tree.put("uid", service.uid());
        service.loadBalancerClass().ifPresent(text -> tree.put("class", text));
        tree.put("addresses", service.addresses());
        service.allocatedFrom().ifPresent(text -> tree.put("from", text));
        tree.put("policy", service.trafficPolicy().name());
        tree.put("labels", service.labels());
        service.apart().ifPresent(text -> tree.put("apart", text));
        return tree;
    }

    private static Map<String, Object> slice(ObjectKey key, SliceRecord slice) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("namespace", key.namespace());
        tree.put("name", key.name());
        tree.put("service", slice.service().name());
        tree.put("addressType", slice.addressType());
        tree.put("any", slice.facts().any());
        tree.put("nodes", slice.facts().nodes());
        tree.put("leaving", slice.facts().leaving());
        tree.put("staying", slice.facts().staying());
        return tree;
    }

    private static Map<String, Object> node(NodeRecord node) {
        NodeFacts facts = node.facts();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", facts.name());
        tree.put("uid", node.uid());
        tree.put("labels", facts.labels());
        tree.put("excluded", facts.excluded());
        tree.put("networkUnavailable", facts.networkUnavailable());
        tree.put("unschedulable", facts.unschedulable());
        tree.put("leaving", facts.leaving());
        tree.put("deleting", node.deleting());
        tree.put("outOfService", node.outOfService());
        tree.put("shuttingDown", node.shuttingDown());
        node.rebalance().ifPresent(word -> tree.put("rebalance", word));
        node.internalV4().ifPresent(address -> tree.put("internalV4", address));
        node.address().ifPresent(address -> tree.put("address", address));
        return tree;
    }

    /** Throws IllegalArgumentException if the tree is not one that was written here. */
    static Known read(Leaf tree) {
        Map<ObjectKey, ServiceRecord> services = new HashMap<>();
        tree.leaves("services").forEach(leaf -> services.put(key(leaf), service(leaf)));
        Map<ObjectKey, SliceRecord> slices = new HashMap<>();
        tree.leaves("slices").forEach(leaf -> slices.put(key(leaf), slice(leaf)));
        Map<ObjectKey, NodeRecord> nodes = new HashMap<>();
        tree.leaves("nodes").forEach(leaf -> nodes.put(ObjectKey.ofCluster(leaf.text("name")), node(leaf)));
        return new Known(services, slices, nodes, tree.optional("effective"), new TreeSet<>(tree.texts("speakers")));
    }

    private static ObjectKey key(Leaf leaf) {
        return new ObjectKey(leaf.text("namespace"), leaf.text("name"));
    }

    private static ServiceRecord service(Leaf leaf) {
        return new ServiceRecord(
                new ServiceKey(leaf.text("namespace"), leaf.text("name")),
                leaf.text("uid"),
                leaf.optional("class"),
                leaf.texts("addresses").stream().map(Ip::parse).toList(),
                leaf.optional("from"),
                TrafficPolicy.valueOf(leaf.text("policy")),
                leaf.labels("labels"),
                leaf.optional("apart"));
    }

    private static SliceRecord slice(Leaf leaf) {
        Set<String> nodes = new HashSet<>(leaf.texts("nodes"));
        Set<String> leaving = new HashSet<>(leaf.texts("leaving"));
        // What an earlier version left behind has no numbers.
        EndpointFacts facts = leaf.has("staying")
                ? new EndpointFacts(leaf.flag("any"), nodes, leaving, leaf.numbers("staying"))
                : new EndpointFacts(leaf.flag("any"), nodes, leaving);
        return new SliceRecord(
                new ServiceKey(leaf.text("namespace"), leaf.text("service")),
                leaf.optional("addressType").orElse(SliceRecord.IPV4),
                facts);
    }

    private static NodeRecord node(Leaf leaf) {
        return new NodeRecord(
                new NodeFacts(
                        leaf.text("name"),
                        leaf.flag("excluded"),
                        leaf.flag("networkUnavailable"),
                        leaf.flag("unschedulable"),
                        leaf.flag("leaving"),
                        leaf.labels("labels")),
                leaf.text("uid"),
                leaf.optional("internalV4").map(Ip::parse),
                leaf.optional("address").map(Ip::parse),
                leaf.flag("deleting"),
                leaf.flag("outOfService"),
                leaf.flag("shuttingDown"),
                leaf.optional("rebalance"));
    }
}
