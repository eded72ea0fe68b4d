package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields that are read, checked and published while speakers do not act on them yet, so that nobody believes in a
 * selector that does not select. This is the one place that knows; what gets support is taken out here.
 */
final class NotInForceYet {
    private NotInForceYet() {}

    /** The names of such fields that the entry has set to anything but their default. */
    static List<String> fields(ConfigEntry entry) {
        Found found = new Found();
        switch (entry) {
            case BgpPeer peer -> peer(peer, found);
            case L2Advertisement l2 -> {}
            case BgpAdvertisement bgp -> {}
            case IpAddressPool pool -> {}
            case Reservation reservation -> {}
            case Quota quota -> {}
            case BfdProfile profile -> {}
            case CommunityAlias alias -> {}
        }
        return found.fields;
    }

    private static final class Found {
        private final List<String> fields = new ArrayList<>();

        void when(boolean set, String field) {
            if (set) {
                fields.add(field);
            }
        }
    }

    private static void peer(BgpPeer peer, Found found) {
        found.when(peer.peerAsn().isEmpty(), PeerForm.DYNAMIC_ASN);
        found.when(peer.localAsn().isPresent(), PeerForm.LOCAL_ASN);
        found.when(peer.peerAddress().isEmpty(), PeerForm.INTERFACE);
        found.when(peer.sourceAddress().isPresent(), PeerForm.SOURCE_ADDRESS);
        found.when(peer.peerPort() != BgpPeer.DEFAULT_PORT, PeerForm.PEER_PORT);
        found.when(peer.keepaliveTime().isPresent(), PeerForm.KEEPALIVE_TIME);
        found.when(peer.connectTime().isPresent(), PeerForm.CONNECT_TIME);
        found.when(peer.routerId().isPresent(), PeerForm.ROUTER_ID);
        found.when(peer.passwordSecret().isPresent(), PeerForm.PASSWORD_SECRET);
        found.when(peer.bfdProfile().isPresent(), PeerForm.BFD_PROFILE);
        found.when(peer.enableGracefulRestart(), PeerForm.GRACEFUL_RESTART);
        found.when(peer.ebgpMultiHop(), PeerForm.EBGP_MULTI_HOP);
        found.when(peer.vrf().isPresent(), PeerForm.VRF);
        found.when(peer.dualStackAddressFamily(), PeerForm.DUAL_STACK);
    }
}
