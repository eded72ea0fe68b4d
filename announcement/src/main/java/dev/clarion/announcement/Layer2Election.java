package dev.clarion.announcement;

import static dev.clarion.announcement.AnnouncementReason.ANNOUNCED;
import static dev.clarion.announcement.AnnouncementReason.NO_INTERFACE_IN_SUBNET;
import static dev.clarion.announcement.AnnouncementReason.NO_LOCAL_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.OTHER_NODE_OWNS;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Elects the one node that answers for an address at layer 2.
 *
 * <p>Candidates are the nodes that nothing keeps from it. Among them wins the one that serves most of what hangs
 * together with the address (both families of a dual-stack Service, every Service that shares it), then one that is
 * not cordoned, then the highest {@link RendezvousHash} for the group's first address. So both families sit on one
 * node whenever any node can serve both, and yet no address stays dark because no node can.
 *
 * <p>It keeps nothing in mind, so an address returns to a node that returns. It is what holds while there is no heartbeat
 * key: then ownership follows the API's view, and nobody knows on which interfaces others could announce, so that the
 * advertisements' interfaces are not looked at. With heartbeats, package {@code ownership} decides instead.
 */
final class Layer2Election {
    /**
     * @param owner who was elected
     * @param reasons why each node does or does not answer
     */
    record Result(Optional<String> owner, SortedMap<String, AnnouncementReason> reasons) {}

    private final Nodes nodes;
    private final Eligibility eligibility;
    private final Map<String, List<Prefix>> segments = new HashMap<>();

    Layer2Election(NodeView view, Nodes nodes) {
        this.nodes = nodes;
        this.eligibility = Eligibility.of(view);
        nodes.names().forEach(name -> segments.put(name, view.segmentsOf(name).orElse(List.of())));
    }

    /** Elects the owners of addresses that hang together. */
    Map<Ip, Result> elect(List<AddressEntry> group) {
        Map<Ip, SortedMap<String, AnnouncementReason>> reasons = new HashMap<>();
        Map<String, Integer> coverage = new HashMap<>();
        for (AddressEntry entry : group) {
            SortedMap<String, AnnouncementReason> ofEntry = obstacles(entry);
            ofEntry.forEach((node, reason) -> {
                if (reason == ANNOUNCED) {
                    coverage.merge(node, entry.servedOn(node), Integer::sum);
                }
            });
            reasons.put(entry.address(), ofEntry);
        }
        Comparator<String> preference = preference(group.getFirst().address(), coverage);
        Map<Ip, Result> results = new HashMap<>();
        reasons.forEach((address, ofEntry) -> results.put(address, elect(ofEntry, preference)));
        return results;
    }

    private static Result elect(SortedMap<String, AnnouncementReason> reasons, Comparator<String> preference) {
        Optional<String> owner = reasons.entrySet().stream()
                .filter(candidate -> candidate.getValue() == ANNOUNCED)
                .map(Map.Entry::getKey)
                .max(preference);
        reasons.replaceAll(
                (node, reason) -> reason == ANNOUNCED && !node.equals(owner.orElseThrow()) ? OTHER_NODE_OWNS : reason);
        return new Result(owner, reasons);
    }

    private Comparator<String> preference(Ip key, Map<String, Integer> coverage) {
        Map<String, Long> scores = new HashMap<>();
        coverage.keySet().forEach(node -> scores.put(node, RendezvousHash.score(node, key)));
        return Comparator.<String>comparingInt(node -> coverage.getOrDefault(node, 0))
                .thenComparing(node -> !nodes.cordoned(node))
                .thenComparing(node -> scores.getOrDefault(node, 0L), Long::compareUnsigned)
                .thenComparing(Comparator.reverseOrder());
    }

    private SortedMap<String, AnnouncementReason> obstacles(AddressEntry entry) {
        AnnouncementReason general = eligibility.general(entry.address());
        SortedMap<String, AnnouncementReason> reasons = new TreeMap<>();
        for (String node : nodes.names()) {
            reasons.put(node, general == ANNOUNCED ? obstacle(node, entry) : general);
        }
        return reasons;
    }

    private AnnouncementReason obstacle(String node, AddressEntry entry) {
        if (nodes.obstacle(node) != ANNOUNCED) {
            return nodes.obstacle(node);
        }
        if (eligibility.ofNode(node, entry.address()) != ANNOUNCED) {
            return eligibility.ofNode(node, entry.address());
        }
        List<Prefix> networks = segments.getOrDefault(node, List.of());
        if (networks.stream().noneMatch(network -> network.contains(entry.address()))) {
            return NO_INTERFACE_IN_SUBNET;
        }
        return entry.servedOn(node) > 0 ? ANNOUNCED : NO_LOCAL_ENDPOINT;
    }
}
