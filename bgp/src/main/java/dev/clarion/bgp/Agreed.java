package dev.clarion.bgp;

import dev.clarion.bgp.fsm.Feature;
import dev.clarion.bgp.fsm.Negotiated;
import dev.clarion.bgp.fsm.Roles;
import dev.clarion.bgp.wire.Family;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the OPENs of both sides settled.
 *
 * @param peerAs the peer's AS number
 * @param peerRouterId its BGP Identifier
 * @param external whether the session is eBGP
 * @param holdTime zero for none
 * @param families whose routes are exchanged
 * @param features what else may be used
 * @param roles what both said to be to each other (RFC 9234)
 */
public record Agreed(
        long peerAs,
        Ip peerRouterId,
        boolean external,
        Duration holdTime,
        Set<IpFamily> families,
        Set<Feature> features,
        Roles roles) {
    /** Takes a copy of the sets. */
    public Agreed {
        families = Set.copyOf(families);
        features = Set.copyOf(features);
    }

    static Agreed of(Negotiated negotiated) {
        EnumSet<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        for (Family family : negotiated.families()) {
            family.addresses().ifPresent(families::add);
        }
        return new Agreed(
                negotiated.peerAs(),
                negotiated.peerRouterId(),
                negotiated.context().external(),
                negotiated.holdTime(),
                families,
                negotiated.features(),
                negotiated.roles());
    }
}
