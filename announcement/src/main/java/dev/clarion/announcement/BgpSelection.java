package dev.clarion.announcement;

import static dev.clarion.announcement.AnnouncementReason.ANNOUNCED;
import static dev.clarion.announcement.AnnouncementReason.DATA_PLANE_NOT_READY;
import static dev.clarion.announcement.AnnouncementReason.NODE_EXCLUDED;
import static dev.clarion.announcement.AnnouncementReason.NODE_LEAVING;
import static dev.clarion.announcement.AnnouncementReason.NODE_NOT_SELECTED;
import static dev.clarion.announcement.AnnouncementReason.NODE_UNKNOWN;
import static dev.clarion.announcement.AnnouncementReason.NO_ADVERTISEMENT;
import static dev.clarion.announcement.AnnouncementReason.NO_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_LOCAL_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_PEER;
import static dev.clarion.announcement.AnnouncementReason.OTHER_NODES_SERVE_MORE;

import dev.clarion.config.BgpAdvertisement;
import dev.clarion.config.BgpPeer;
import dev.clarion.config.Community;
import dev.clarion.config.CommunityAlias;
import dev.clarion.config.Config;
import dev.clarion.config.LabelSelector;
import dev.clarion.config.Neighbor;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Selects the nodes that announce an address by BGP, and to which peers: every node that nothing keeps from it, since
 * the routers spread the traffic over all of them. Where Services share the address, only the nodes that serve most
 * of them announce it: a router knows no Service, and would send it to nodes that drop it. A node that is about to go
 * announces nothing that another one does.
 */
final class BgpSelection {
    /**
     * @param routes what this node announces of the address, by peer and prefix
     * @param reasons why each node does or does not announce
     */
    record Result(
            SortedMap<String, SortedMap<Prefix, BgpRoute>> routes, SortedMap<String, AnnouncementReason> reasons) {}

    private record Reach(AnnouncementReason reason, List<BgpAdvertisement> advertisements) {}

    private final NodeView view;
    private final Nodes nodes;
    private final Set<String> emptied;
    private final Map<String, Community.Value> aliases = new HashMap<>();
    private final Map<String, List<BgpPeer>> peersOf = new HashMap<>();
    private final Map<Optional<String>, List<BgpAdvertisement>> advertisementsOf = new HashMap<>();

    BgpSelection(NodeView view, Nodes nodes) {
        this.view = view;
        this.nodes = nodes;
        this.emptied = Eligibility.emptied(view);
        for (CommunityAlias alias : view.config().communities()) {
            aliases.put(alias.name(), alias.value());
        }
        for (String node : nodes.names()) {
            peersOf.put(node, peers(view, node));
        }
    }

    /** The peers that a node has sessions with. */
    static List<BgpPeer> peers(NodeView view, String node) {
        return peers(view.config(), view.nodes(), node);
    }

    static List<BgpPeer> peers(Config config, Map<String, NodeFacts> nodes, String node) {
        NodeFacts facts = nodes.get(node);
        Map<String, String> labels = facts == null ? Map.of() : facts.labels();
        return config.bgpPeers().stream()
                .filter(peer -> LabelSelector.admits(peer.nodeSelectors(), labels))
                .toList();
    }

    Result select(AddressEntry entry) {
        List<BgpAdvertisement> advertisements = advertisements(entry);
        AnnouncementReason general = general(entry, advertisements);
        SortedMap<String, AnnouncementReason> reasons = new TreeMap<>();
        int most = 0;
        for (String node : nodes.names()) {
            AnnouncementReason reason = general == ANNOUNCED ? obstacle(node, entry, advertisements) : general;
            most = reason == ANNOUNCED ? Math.max(most, entry.servedOn(node)) : most;
            reasons.put(node, reason);
        }
        int served = most;
        reasons.replaceAll((node, reason) ->
                reason == ANNOUNCED && entry.servedOn(node) < served ? OTHER_NODES_SERVE_MORE : reason);
        boolean somebodyStays =
                reasons.entrySet().stream().anyMatch(node -> node.getValue() == ANNOUNCED && !leaving(node.getKey()));
        if (somebodyStays) {
            reasons.replaceAll((node, reason) -> reason == ANNOUNCED && leaving(node) ? NODE_LEAVING : reason);
        }
        return new Result(routes(entry, advertisements, reasons.getOrDefault(view.self(), NODE_UNKNOWN)), reasons);
    }

    private boolean leaving(String node) {
        NodeFacts facts = view.nodes().get(node);
        return facts != null && (facts.leaving() || emptied.contains(node));
    }

    private List<BgpAdvertisement> advertisements(AddressEntry entry) {
        List<BgpAdvertisement> ofPool = advertisementsOf.computeIfAbsent(entry.pool(), this::ofPool);
        if (ofPool.stream()
                .allMatch(advertisement -> advertisement.serviceSelectors().isEmpty())) {
            return ofPool;
        }
        return ofPool.stream()
                .filter(advertisement -> entry.ours().stream()
                        .anyMatch(service -> LabelSelector.admits(advertisement.serviceSelectors(), service.labels())))
                .toList();
    }

    private List<BgpAdvertisement> ofPool(Optional<String> name) {
        return view.config().bgpAdvertisements().stream()
                .filter(advertisement -> name.flatMap(view.config()::pool)
                        .map(advertisement::selects)
                        .or(() -> name.map(advertisement::selects))
                        .orElse(false))
                .toList();
    }

    private AnnouncementReason general(AddressEntry entry, List<BgpAdvertisement> advertisements) {
        if (entry.obstacle() != ANNOUNCED) {
            return entry.obstacle();
        }
        if (advertisements.isEmpty()) {
            return NO_ADVERTISEMENT;
        }
        if (!reachesAny(view.config().bgpPeers(), advertisements, entry.address())) {
            return NO_PEER;
        }
        return entry.hasEndpoint() ? ANNOUNCED : NO_ENDPOINT;
    }

    private AnnouncementReason obstacle(String node, AddressEntry entry, List<BgpAdvertisement> advertisements) {
        if (nodes.obstacle(node) != ANNOUNCED) {
            return nodes.obstacle(node);
        }
        Reach reach = reach(node, entry, advertisements);
        if (reach.reason() != ANNOUNCED) {
            return reach.reason();
        }
        if (entry.servedOn(node) == 0) {
            return NO_LOCAL_ENDPOINT;
        }
        return node.equals(view.self()) && view.unready().contains(entry.address()) ? DATA_PLANE_NOT_READY : ANNOUNCED;
    }

    /** What of the advertisements concerns the node. */
    private Reach reach(String node, AddressEntry entry, List<BgpAdvertisement> advertisements) {
        NodeFacts facts = view.nodes().get(node);
        Map<String, String> labels = facts == null ? Map.of() : facts.labels();
        List<BgpAdvertisement> selecting = advertisements.stream()
                .filter(advertisement -> LabelSelector.admits(advertisement.nodeSelectors(), labels))
                .toList();
        if (selecting.isEmpty()) {
            return new Reach(NODE_NOT_SELECTED, selecting);
        }
        boolean any = reachesAny(peersOf.getOrDefault(node, List.of()), selecting, entry.address());
        return new Reach(any ? ANNOUNCED : NO_PEER, selecting);
    }

    private static boolean reachesAny(List<BgpPeer> peers, List<BgpAdvertisement> advertisements, Ip address) {
        for (BgpPeer peer : peers) {
            if (carries(peer, address.family())
                    && advertisements.stream().anyMatch(advertisement -> advertisement.reaches(peer.name()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether routes of the family go to the peer: those of its session's family, and of both where it says so or has no address. */
    static boolean carries(BgpPeer peer, IpFamily family) {
        return peer.dualStackAddressFamily()
                || switch (peer.neighbor()) {
                    case Neighbor.Address(Ip router) -> router.family() == family;
                    case Neighbor.OnInterface(String _) -> true;
                };
    }

    private SortedMap<String, SortedMap<Prefix, BgpRoute>> routes(
            AddressEntry entry, List<BgpAdvertisement> advertisements, AnnouncementReason reason) {
        SortedMap<String, SortedMap<Prefix, BgpRoute>> routes = new TreeMap<>();
        boolean leaving = reason == NODE_EXCLUDED || reason == NODE_LEAVING;
        if (reason != ANNOUNCED && !(leaving && entry.servedOn(view.self()) > 0)) {
            return routes;
        }
        for (BgpAdvertisement advertisement :
                reach(view.self(), entry, advertisements).advertisements()) {
            BgpRoute route = route(entry, advertisement);
            for (BgpPeer peer : peersOf.getOrDefault(view.self(), List.of())) {
                if (advertisement.reaches(peer.name())
                        && carries(peer, entry.address().family())) {
                    routes.computeIfAbsent(peer.name(), name -> new TreeMap<>())
                            .merge(route.prefix(), leaving ? route.goes() : route, BgpRoute::and);
                }
            }
        }
        return routes;
    }

    private BgpRoute route(AddressEntry entry, BgpAdvertisement advertisement) {
        Ip address = entry.address();
        int length = address.family() == IpFamily.IPV4
                ? advertisement.aggregationLength()
                : advertisement.aggregationLengthV6();
        Set<Community.Value> communities = new HashSet<>();
        for (Community community : advertisement.communities()) {
            switch (community) {
                case Community.Value value -> communities.add(value);
                case Community.Alias(String name) -> {
                    Community.Value value = aliases.get(name);
                    if (value != null) {
                        communities.add(value);
                    }
                }
            }
        }
        int weight = advertisement.weightByEndpoints() ? entry.endpointsOn(view.self()) : 0;
        return new BgpRoute(Prefix.containing(address, length), advertisement.localPref(), communities, weight, false);
    }
}
