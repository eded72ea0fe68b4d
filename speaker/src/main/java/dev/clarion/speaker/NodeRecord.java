package dev.clarion.speaker;

import dev.clarion.announcement.NodeFacts;
import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is kept of a Node; without the times of its conditions, so that a heartbeat of its kubelet is no change.
 *
 * @param internalV4 its first internal address of IPv4
 * @param address its first internal address: heartbeats go there
 * @param rebalance what its annotation {@code clarion.dev/rebalance} says: another word than before asks for addresses to
 *     be spread anew
 */
record NodeRecord(
        NodeFacts facts,
        String uid,
        Optional<Ip> internalV4,
        Optional<Ip> address,
        boolean deleting,
        boolean outOfService,
        boolean shuttingDown,
        Optional<String> rebalance) {
    private static final String REBALANCE_ANNOTATION = "clarion.dev/rebalance";
    private static final String EXCLUDE_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final String OUT_OF_SERVICE_TAINT = "node.kubernetes.io/out-of-service";
    /** What kubelet 1.36 says in its Ready condition while a graceful shutdown runs. */
    private static final String SHUTTING_DOWN = "node is shutting down";

    static Optional<NodeRecord> from(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        boolean excluded = labels != null && labels.containsKey(EXCLUDE_LABEL);
        boolean cordoned =
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        boolean unavailable = conditions(node)
                .anyMatch(c -> "NetworkUnavailable".equals(c.getType()) && "True".equals(c.getStatus()));
        boolean shuttingDown = conditions(node)
                .anyMatch(c -> "Ready".equals(c.getType())
                        && "False".equals(c.getStatus())
                        && c.getMessage() != null
                        && c.getMessage().contains(SHUTTING_DOWN));
        boolean deleting = node.getMetadata().getDeletionTimestamp() != null;
        boolean outOfService = taints(node).anyMatch(taint -> OUT_OF_SERVICE_TAINT.equals(taint.getKey()));
        return Optional.of(new NodeRecord(
                new NodeFacts(
                        node.getMetadata().getName(),
                        excluded,
                        unavailable,
                        cordoned,
                        deleting || outOfService || shuttingDown,
                        labels == null ? Map.of() : labels),
                node.getMetadata().getUid(),
                internal(node).filter(ip -> ip.family() == IpFamily.IPV4).findFirst(),
                internal(node).findFirst(),
                deleting,
                outOfService,
                shuttingDown,
                Optional.ofNullable(node.getMetadata().getAnnotations())
                        .map(annotations -> annotations.get(REBALANCE_ANNOTATION))));
    }

    private static Stream<NodeCondition> conditions(Node node) {
        List<NodeCondition> conditions =
                node.getStatus() == null ? null : node.getStatus().getConditions();
        return conditions == null ? Stream.of() : conditions.stream();
    }

    private static Stream<Taint> taints(Node node) {
        List<Taint> taints = node.getSpec() == null ? null : node.getSpec().getTaints();
        return taints == null ? Stream.of() : taints.stream();
    }

    private static Stream<Ip> internal(Node node) {
        List<NodeAddress> addresses =
                node.getStatus() == null ? null : node.getStatus().getAddresses();
        return addresses == null
                ? Stream.of()
                : addresses.stream()
                        .filter(address -> "InternalIP".equals(address.getType()))
                        .flatMap(address -> parse(address.getAddress()).stream());
    }

    private static Optional<Ip> parse(String text) {
        try {
            return Optional.of(Ip.parse(text));
        } catch (AddressSyntaxException unusable) {
            return Optional.empty();
        }
    }
}
