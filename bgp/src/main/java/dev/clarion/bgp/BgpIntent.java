package dev.clarion.bgp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The whole desired state of a speaker: what is not in it, ends.
 *
 * @param peers the peers, each name once
 */
public record BgpIntent(List<PeerIntent> peers) {
    /** No peer at all. */
    public static final BgpIntent NONE = new BgpIntent(List.of());

    /** Takes a copy of the list. Throws IllegalArgumentException when two peers have one name. */
    public BgpIntent {
        peers = List.copyOf(peers);
        Set<String> names = new HashSet<>();
        for (PeerIntent peer : peers) {
            if (!names.add(peer.config().name())) {
                throw new IllegalArgumentException(
                        "two peers are called " + peer.config().name());
            }
        }
    }
}
