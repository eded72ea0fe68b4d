package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;

/**
 * A host that is told directly where an address is.
 *
 * @param ip the host's address
 * @param mac its link-layer address as far as it is known, for which the first attempt is unicast
 * @param role what it is to the segment
 */
public record Neighbour(Ip ip, Optional<Mac> mac, Role role) {

    /** Why a neighbour is told; the more urgent first. */
    public enum Role {
        /** A router of the segment: everybody beyond it depends on its entry. */
        GATEWAY,
        /** A host that asked for the address lately, so it has an entry. */
        ASKER
    }

    /** The same neighbour, found by everybody's being asked. */
    Neighbour sought() {
        return new Neighbour(ip, Optional.empty(), role);
    }
}
