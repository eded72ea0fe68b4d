package dev.clarion.bgp.fsm;

import dev.clarion.net.Ip;

/** Two connections with one peer at once: which is kept (RFC 4271 section 6.8, RFC 6286 section 2.3). */
final class Collision {
    private Collision() {}

    /**
     * The one that is kept: that of the speaker with the higher BGP Identifier, or for equal ones the higher AS number.
     * Both sides find the same one.
     */
    static Link kept(Ip localId, long localAs, Ip peerId, long peerAs) {
        int byId = localId.compareTo(peerId);
        boolean ours = byId == 0 ? localAs > peerAs : byId > 0;
        return ours ? Link.DIALLED : Link.ACCEPTED;
    }
}
