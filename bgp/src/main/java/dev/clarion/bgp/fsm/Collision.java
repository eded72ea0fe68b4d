package dev.clarion.bgp.fsm;

import dev.clarion.net.Ip;

/** Two connections with one peer at once: which is kept (RFC 4271 section 6.8, RFC 6286 section 2.3). */
public final class Collision {
    private Collision() {}

    /**
     * Whether of a dialled and an accepted connection the dialled one is kept, asked when an OPEN has come in on one of
     * them. One that is up wins; else that of the speaker with the higher BGP Identifier, or for equal ones the higher
     * AS number.
     *
     * @param dialled the state of the connection that we opened
     * @param accepted the state of the one that the peer opened
     */
    public static boolean keepsDialled(
            FsmState dialled, FsmState accepted, Ip localId, long localAs, Ip peerId, long peerAs) {
        if (accepted == FsmState.ESTABLISHED) {
            return false;
        }
        if (dialled == FsmState.ESTABLISHED) {
            return true;
        }
        int byId = localId.compareTo(peerId);
        return byId == 0 ? localAs > peerAs : byId > 0;
    }
}
