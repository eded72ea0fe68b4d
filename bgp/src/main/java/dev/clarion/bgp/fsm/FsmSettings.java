package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Family;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;

/**
 * What the sessions with one peer are configured with.
 *
 * @param localAs our AS number
 * @param peerAs which the peer must have
 * @param routerId our BGP Identifier
 * @param times the timers
 * @param families what is to be exchanged, at least one
 * @param passive whether the peer is only waited for
 * @param restart whether the peer is asked to keep our routes over restarts
 * @param extendedNextHop whether IPv4 routes may have IPv6 next hops
 * @param role what we are to a peer of another AS; empty says nothing
 */
public record FsmSettings(
        long localAs,
        PeerAs peerAs,
        Ip routerId,
        PeerTimes times,
        List<Family> families,
        boolean passive,
        Restart restart,
        boolean extendedNextHop,
        Optional<Role> role) {
    /** Takes a copy of the list. Throws IllegalArgumentException when it is empty. */
    public FsmSettings {
        families = List.copyOf(families);
        if (families.isEmpty()) {
            throw new IllegalArgumentException("a session that exchanges nothing");
        }
    }

    /** Without a role. */
    public FsmSettings(
            long localAs,
            PeerAs peerAs,
            Ip routerId,
            PeerTimes times,
            List<Family> families,
            boolean passive,
            Restart restart,
            boolean extendedNextHop) {
        this(localAs, peerAs, routerId, times, families, passive, restart, extendedNextHop, Optional.empty());
    }
}
