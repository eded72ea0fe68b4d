package dev.clarion.announcement;

import static dev.clarion.announcement.AnnouncementReason.ANNOUNCED;

import dev.clarion.config.IpAddressPool;
import dev.clarion.config.L2Advertisement;
import dev.clarion.config.LabelSelector;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which nodes may own which address at layer 2, as far as the API's objects say it: Services, endpoints, nodes and
 * configuration. Who is alive, and on which segment, is not asked here. Immutable; answers are worked out when asked.
 */
public final class Eligibility {
    private record Facts(AddressEntry entry, AnnouncementReason general, List<L2Advertisement> advertisements) {}

    private final Map<String, NodeFacts> nodes;
    /** In order, and found in one step: they are asked for each address and node. */
    private final SequencedMap<Ip, Facts> addresses;

    private final List<List<Ip>> groups;
    private final Map<Ip, List<Ip>> groupOf = new HashMap<>();
    private final Map<Ip, SortedSet<Ip>> apart;
    private final Set<String> emptied;
    private final List<String> names;
    private final Map<Ip, Integer> kinds = new HashMap<>();

    private Eligibility(
            Map<String, NodeFacts> nodes,
            SequencedMap<Ip, Facts> addresses,
            List<List<Ip>> groups,
            Map<Ip, SortedSet<Ip>> apart,
            Set<String> emptied) {
        this.nodes = new LinkedHashMap<>(new TreeMap<>(nodes));
        this.addresses = addresses;
        this.groups = groups;
        this.apart = apart;
        this.emptied = emptied;
        groups.forEach(group -> group.forEach(address -> groupOf.put(address, group)));
        this.names = List.copyOf(this.nodes.keySet());
        Map<List<L2Advertisement>, Integer> known = new HashMap<>();
        addresses.forEach((address, facts) ->
                kinds.put(address, known.computeIfAbsent(facts.advertisements(), kind -> known.size())));
    }

    /** Of a view; its speakers and links are not looked at. */
    public static Eligibility of(NodeView view) {
        SortedMap<Ip, AddressEntry> entries = AddressEntry.collect(view);
        SequencedMap<Ip, Facts> addresses = new LinkedHashMap<>();
        entries.forEach((address, entry) -> {
            List<L2Advertisement> advertisements = advertisements(view, entry);
            addresses.put(address, new Facts(entry, general(entry, advertisements), advertisements));
        });
        List<List<Ip>> groups = new ArrayList<>();
        AddressGroups.of(entries)
                .forEach(group ->
                        groups.add(group.stream().map(AddressEntry::address).toList()));
        return new Eligibility(view.nodes(), addresses, List.copyOf(groups), Apart.of(entries), emptied(view));
    }

    /** The cordoned nodes on which endpoints terminate: they are being drained. */
    static Set<String> emptied(NodeView view) {
        Set<String> emptied = new TreeSet<>();
        for (ServiceView service : view.services()) {
            for (String node : service.endpoints().leaving()) {
                NodeFacts facts = view.nodes().get(node);
                if (facts != null && facts.unschedulable()) {
                    emptied.add(node);
                }
            }
        }
        return emptied;
    }

    private static List<L2Advertisement> advertisements(NodeView view, AddressEntry entry) {
        Optional<IpAddressPool> pool = entry.pool().flatMap(view.config()::pool);
        return view.config().l2Advertisements().stream()
                .filter(advertisement -> pool.map(advertisement::selects)
                        .or(() -> entry.pool().map(advertisement::selects))
                        .orElse(false))
                .filter(advertisement -> entry.ours().stream()
                        .anyMatch(service -> LabelSelector.admits(advertisement.serviceSelectors(), service.labels())))
                .toList();
    }

    private static AnnouncementReason general(AddressEntry entry, List<L2Advertisement> advertisements) {
        if (entry.obstacle() != ANNOUNCED) {
            return entry.obstacle();
        }
        if (advertisements.isEmpty()) {
            return AnnouncementReason.NO_ADVERTISEMENT;
        }
        return entry.hasEndpoint() ? ANNOUNCED : AnnouncementReason.NO_ENDPOINT;
    }

    /** All addresses of all Services, in order. */
    public SequencedSet<Ip> addresses() {
        return Collections.unmodifiableSequencedSet(addresses.sequencedKeySet());
    }

    /** Whether any Service has the address. */
    public boolean has(Ip address) {
        return addresses.containsKey(address);
    }

    /** Addresses of one kind have the same advertisements; below zero if no Service has it. */
    public int kind(Ip address) {
        return kinds.getOrDefault(address, -1);
    }

    /** Addresses that hang together, and so belong on one node if any can have them all; each group sorted. */
    public List<List<Ip>> groups() {
        return groups;
    }

    /** The group that the address belongs to; of itself alone if no Service has it. */
    public List<Ip> groupOf(Ip address) {
        return groupOf.getOrDefault(address, List.of(address));
    }

    /** The nodes that there are Node objects of, sorted. */
    public List<String> nodes() {
        return names;
    }

    /** What keeps every node from announcing the address; ANNOUNCED when nothing does. */
    public AnnouncementReason general(Ip address) {
        Facts facts = addresses.get(address);
        return facts == null ? AnnouncementReason.ADDRESS_NOT_IN_POOL : facts.general();
    }

    /** What keeps one node from owning the address for good; ANNOUNCED when nothing does. */
    public AnnouncementReason ofNode(String node, Ip address) {
        NodeFacts facts = nodes.get(node);
        if (facts == null) {
            return AnnouncementReason.NODE_UNKNOWN;
        }
        if (facts.excluded()) {
            return AnnouncementReason.NODE_EXCLUDED;
        }
        if (facts.networkUnavailable()) {
            return AnnouncementReason.NETWORK_UNAVAILABLE;
        }
        return admitting(facts, address).isEmpty() ? AnnouncementReason.NODE_NOT_SELECTED : ANNOUNCED;
    }

    /** Whether any advertisement lets the node announce the address on an interface of this name. */
    public boolean admits(String node, Ip address, String interfaceName) {
        NodeFacts facts = nodes.get(node);
        if (facts == null) {
            return false;
        }
        for (L2Advertisement advertisement : admitting(facts, address)) {
            if (advertisement.interfaces().isEmpty()
                    || advertisement.interfaces().contains(interfaceName)) {
                return true;
            }
        }
        return false;
    }

    private List<L2Advertisement> admitting(NodeFacts node, Ip address) {
        Facts facts = addresses.get(address);
        if (facts == null) {
            return List.of();
        }
        for (L2Advertisement advertisement : facts.advertisements()) {
            if (!LabelSelector.admits(advertisement.nodeSelectors(), node.labels())) {
                return facts.advertisements().stream()
                        .filter(other -> LabelSelector.admits(other.nodeSelectors(), node.labels()))
                        .toList();
            }
        }
        return facts.advertisements();
    }

    /** Whether all nodes serve the same of the address. */
    public boolean servedAlike(Ip address) {
        Facts facts = addresses.get(address);
        return facts == null || facts.entry().servedAlike();
    }

    /** How many of the Services that have the address this node serves if their traffic arrives there. */
    public int served(String node, Ip address) {
        Facts facts = addresses.get(address);
        return facts == null ? 0 : facts.entry().servedOn(node);
    }

    /** How many of those it serves by endpoints that are there to stay. */
    public int staying(String node, Ip address) {
        Facts facts = addresses.get(address);
        return facts == null ? 0 : facts.entry().stayingOn(node);
    }

    /** The addresses that are to be on other nodes than this one, if possible. */
    public SortedSet<Ip> apart(Ip address) {
        return apart.getOrDefault(address, Collections.emptySortedSet());
    }

    /** The sum of the weights of all preferences that match the node. */
    public int weight(String node, Ip address) {
        NodeFacts facts = nodes.get(node);
        Facts ofAddress = addresses.get(address);
        if (facts == null || ofAddress == null) {
            return 0;
        }
        int weight = 0;
        for (L2Advertisement advertisement : ofAddress.advertisements()) {
            for (L2Advertisement.Preference preference : advertisement.preferredNodeSelectors()) {
                weight += preference.preference().matches(facts.labels()) ? preference.weight() : 0;
            }
        }
        return weight;
    }

    /** Whether the node is cordoned. */
    public boolean cordoned(String node) {
        NodeFacts facts = nodes.get(node);
        return facts != null && facts.unschedulable();
    }

    /** Whether there is evidence that the node goes, or is being emptied. */
    public boolean leaving(String node) {
        NodeFacts facts = nodes.get(node);
        return facts != null && (facts.leaving() || emptied.contains(node));
    }
}
