package dev.clarion.announcement;

import static dev.clarion.announcement.AnnouncementReason.ANNOUNCED;
import static dev.clarion.announcement.AnnouncementReason.NO_ADVERTISEMENT;
import static dev.clarion.announcement.AnnouncementReason.NO_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_LOCAL_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_PEER;
import static dev.clarion.announcement.AnnouncementReason.OTHER_NODES_SERVE_MORE;

import dev.clarion.config.BgpAdvertisement;
import dev.clarion.config.BgpPeer;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Selects the nodes that announce an address by BGP, and to which peers: every node that nothing keeps from it, since
 * the routers spread the traffic over all of them. Where Services share the address, only the nodes that serve most
 * of them announce it: a router knows no Service, and would send it to nodes that drop it.
 */
final class BgpSelection {
    /**
     * @param peers names of the peers that the address is announced to by each node with reason ANNOUNCED
     * @param reasons why each node does or does not announce
     */
    record Result(SortedSet<String> peers, SortedMap<String, AnnouncementReason> reasons) {}

    private final NodeView view;
    private final Nodes nodes;

    BgpSelection(NodeView view, Nodes nodes) {
        this.view = view;
        this.nodes = nodes;
    }

    Result select(AddressEntry entry) {
        List<BgpAdvertisement> advertisements = view.config().bgpAdvertisements().stream()
                .filter(advertisement ->
                        entry.pool().filter(advertisement::selects).isPresent())
                .toList();
        SortedSet<String> peers = peers(advertisements, entry);
        AnnouncementReason general = generalObstacle(entry, advertisements, peers);
        SortedMap<String, AnnouncementReason> reasons = new TreeMap<>();
        int most = 0;
        for (String node : nodes.names()) {
            AnnouncementReason reason = general == ANNOUNCED ? obstacle(node, entry) : general;
            most = reason == ANNOUNCED ? Math.max(most, entry.servedOn(node)) : most;
            reasons.put(node, reason);
        }
        int served = most;
        reasons.replaceAll((node, reason) ->
                reason == ANNOUNCED && entry.servedOn(node) < served ? OTHER_NODES_SERVE_MORE : reason);
        return new Result(peers, reasons);
    }

    private SortedSet<String> peers(List<BgpAdvertisement> advertisements, AddressEntry entry) {
        SortedSet<String> names = new TreeSet<>();
        for (BgpPeer peer : view.config().bgpPeers()) {
            boolean fits = peer.peerAddress()
                    .filter(router -> router.family() == entry.address().family())
                    .isPresent();
            if (fits && advertisements.stream().anyMatch(advertisement -> selects(advertisement, peer))) {
                names.add(peer.name());
            }
        }
        return names;
    }

    private static boolean selects(BgpAdvertisement advertisement, BgpPeer peer) {
        return advertisement.peers().isEmpty() || advertisement.peers().contains(peer.name());
    }

    private static AnnouncementReason generalObstacle(
            AddressEntry entry, List<BgpAdvertisement> advertisements, SortedSet<String> peers) {
        if (entry.obstacle() != ANNOUNCED) {
            return entry.obstacle();
        }
        if (advertisements.isEmpty()) {
            return NO_ADVERTISEMENT;
        }
        if (peers.isEmpty()) {
            return NO_PEER;
        }
        return entry.hasEndpoint() ? ANNOUNCED : NO_ENDPOINT;
    }

    private AnnouncementReason obstacle(String node, AddressEntry entry) {
        if (nodes.obstacle(node) != ANNOUNCED) {
            return nodes.obstacle(node);
        }
        return entry.servedOn(node) > 0 ? ANNOUNCED : NO_LOCAL_ENDPOINT;
    }
}
