package dev.clarion.bgp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The whole desired state of a speaker: what is not in it, ends.
 *
 * @param peers the peers, each name once
 * @param complete whether the routes are all there are. While they are not (the speaker has just started and does not know
 *     everything yet), peers that kept routes over a restart are not told that they have them all (End-of-RIB, RFC 4724)
 */
public record BgpIntent(List<PeerIntent> peers, boolean complete) {
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

    /** Everything that there is. */
    public BgpIntent(List<PeerIntent> peers) {
        this(peers, true);
    }
}
