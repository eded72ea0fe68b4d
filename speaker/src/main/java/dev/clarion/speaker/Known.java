package dev.clarion.speaker;

import dev.clarion.announcement.DataPlane;
import dev.clarion.announcement.membership.Member;
import dev.clarion.kube.ObjectKey;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * What the API says, reduced: seen just now, or kept on the node from an earlier time.
 *
 * @param services by name
 * @param slices by name
 * @param nodes by name
 * @param effective the text of the effective configuration, if it was published
 * @param speakers the nodes that have a speaker, whether it lives or not
 */
record Known(
        Map<ObjectKey, ServiceRecord> services,
        Map<ObjectKey, SliceRecord> slices,
        Map<ObjectKey, NodeRecord> nodes,
        Optional<String> effective,
        SortedSet<String> speakers) {

    /** The speakers that can be reached: those whose nodes have an address; this node among them. */
    List<Member> members(String self) {
        return nodes.values().stream()
                .filter(node -> node.facts().name().equals(self)
                        || speakers.contains(node.facts().name()))
                .flatMap(node ->
                        node.address().map(address -> new Member(node.facts().name(), address)).stream())
                .sorted((one, other) -> one.node().compareTo(other.node()))
                .toList();
    }

    /** The addresses whose traffic this node serves if it arrives there. */
    Set<Ip> served(String self) {
        return DataPlane.served(ServiceViews.of(services, slices), self);
    }

    Optional<NodeRecord> node(String name) {
        return Optional.ofNullable(nodes.get(ObjectKey.ofCluster(name)));
    }
}
