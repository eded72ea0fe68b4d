package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Open;
import dev.clarion.net.Ip;
import java.util.List;

/**
 * What one session is configured with.
 *
 * @param localAs our AS number
 * @param peerAs which the peer must have
 * @param routerId our BGP Identifier
 * @param times the timers
 * @param family what is to be exchanged
 * @param dials whether we connect; false for the session of an accepted connection, which ends with it
 */
public record FsmSettings(long localAs, PeerAs peerAs, Ip routerId, PeerTimes times, Family family, boolean dials) {
    /** The OPEN to send. */
    Open open() {
        List<Capability> capabilities = List.of(new Capability.MultiProtocol(family), new Capability.CanRouteRefresh());
        return Open.of(localAs, (int) times.hold().toSeconds(), routerId, capabilities);
    }
}
