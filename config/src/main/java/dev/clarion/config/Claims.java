package dev.clarion.config;

import dev.clarion.net.IpRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What entries of a list cannot have in common: pools their addresses, peers the router's address. */
final class Claims {
    private Claims() {}

    static List<IpRange> of(ConfigEntry entry) {
        return switch (entry) {
            case IpAddressPool pool -> pool.ranges();
            case BgpPeer peer -> peer.peerAddress().map(IpRange::of).stream().toList();
            case Reservation reservation ->
                reservation.addresses().stream().map(IpRange::of).toList();
            case L2Advertisement advertisement -> List.of();
            case BgpAdvertisement advertisement -> List.of();
            case BfdProfile profile -> List.of();
            case CommunityAlias alias -> List.of();
            case Quota quota -> List.of();
        };
    }

    /** Where in the text the claim of this number stands. */
    static String path(ConfigEntry entry, int index) {
        return entry instanceof BgpPeer ? "peerAddress" : "addresses[" + index + "]";
    }

    static ProblemReason reason(Section section) {
        return section == Section.BGP_PEERS ? ProblemReason.SAME_PEER_ADDRESS : ProblemReason.OVERLAP;
    }

    static void refuseClashes(Config config) {
        Set<EntryKey> keys = new HashSet<>();
        ClaimTable<EntryKey> claims = new ClaimTable<>();
        for (ConfigEntry entry : config.entries()) {
            if (!keys.add(entry.key())) {
                throw new IllegalArgumentException("two entries " + entry.key());
            }
            for (IpRange range : of(entry)) {
                claims.of(entry.section()).firstOverlapping(range).ifPresent(other -> {
                    throw new IllegalArgumentException(entry.key() + " and " + other + " have " + range + " in common");
                });
                claims.of(entry.section()).put(range, entry.key());
            }
        }
    }
}
