package dev.clarion.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** No node has two sessions with one router: two peers of one address (or interface) are for different nodes. */
final class PeerClashes<T> implements ClashRule<T> {
    private final Map<Spot, Map<EntryKey, Held<T>>> bySpot = new HashMap<>();

    private record Spot(Optional<String> vrf, Neighbor neighbor) {
        static Spot of(BgpPeer peer) {
            return new Spot(peer.vrf(), peer.neighbor());
        }
    }

    @Override
    public void put(Held<T> held) {
        if (held.form() instanceof BgpPeer peer) {
            bySpot.computeIfAbsent(Spot.of(peer), ignored -> new LinkedHashMap<>())
                    .put(peer.key(), held);
        }
    }

    @Override
    public void remove(ConfigEntry form) {
        if (form instanceof BgpPeer peer) {
            bySpot.getOrDefault(Spot.of(peer), new HashMap<>()).remove(peer.key());
        }
    }

    @Override
    public Stream<Held<T>> against(ConfigEntry form) {
        return form instanceof BgpPeer peer
                ? bySpot.getOrDefault(Spot.of(peer), Map.of()).values().stream()
                        .filter(held -> held.form() instanceof BgpPeer other && meet(peer, other))
                : Stream.of();
    }

    @Override
    public Optional<Conflict> between(ConfigEntry mine, ConfigEntry theirs) {
        if (mine instanceof BgpPeer peer
                && theirs instanceof BgpPeer other
                && Spot.of(peer).equals(Spot.of(other))
                && meet(peer, other)) {
            return Optional.of(new Conflict(ProblemReason.SAME_PEER_ADDRESS, path(peer), words(peer, other)));
        }
        return Optional.empty();
    }

    private static boolean meet(BgpPeer peer, BgpPeer other) {
        return NodeOverlap.of(peer.nodeSelectors(), other.nodeSelectors()) == NodeOverlap.CERTAIN;
    }

    /** A warning for two peers of one address that may meet on a node, depending on its labels. */
    static Optional<Conflict> doubt(BgpPeer mine, BgpPeer theirs) {
        return Spot.of(mine).equals(Spot.of(theirs))
                        && NodeOverlap.of(mine.nodeSelectors(), theirs.nodeSelectors()) == NodeOverlap.POSSIBLE
                ? Optional.of(new Conflict(
                        ProblemReason.SAME_PEER_ADDRESS,
                        path(mine),
                        words(mine, theirs) + "; on a node that both select, only the one that comes first by name has"
                                + " a session"))
                : Optional.empty();
    }

    private static String path(BgpPeer peer) {
        return switch (peer.neighbor()) {
            case Neighbor.Address address -> PeerForm.PEER_ADDRESS;
            case Neighbor.OnInterface named -> PeerForm.INTERFACE;
        };
    }

    private static String words(BgpPeer peer, BgpPeer other) {
        String what = switch (peer.neighbor()) {
            case Neighbor.Address address -> " is the address of ";
            case Neighbor.OnInterface named -> " is the interface of ";
        };
        return peer.neighbor() + what + other.key() + " already";
    }
}
