package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Open;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.List;

/**
 * What one session is configured with.
 *
 * @param localAs our AS number
 * @param peerAs the one the peer must have
 * @param routerId our BGP Identifier
 * @param holdTime our offer; zero or at least 3 s
 * @param family what is to be exchanged
 * @param dials whether we connect; false for the session of an accepted connection, which ends with it
 */
public record FsmSettings(long localAs, long peerAs, Ip routerId, Duration holdTime, Family family, boolean dials) {
    /** The OPEN to send. */
    Open open() {
        List<Capability> capabilities = List.of(new Capability.MultiProtocol(family), new Capability.CanRouteRefresh());
        return Open.of(localAs, (int) holdTime.toSeconds(), routerId, capabilities);
    }
}
