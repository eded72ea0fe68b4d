package dev.clarion.bgp;

import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Set;

/**
 * What routes must know of the session that carries them. Holds as long as the session is up.
 *
 * @param families whose routes both sides exchange
 * @param context how UPDATEs are written
 * @param localAs our AS number as the peer sees it
 * @param onlyToCustomer whether routes are marked as for the peer's customers only (RFC 9234)
 * @param local our end of the connection
 * @param peer the peer's end
 * @param segment the addresses of the interface that the connection goes through
 * @param extendedNextHop whether IPv4 routes may have IPv6 next hops (RFC 8950)
 * @param endOfRib whether the peer knows what End-of-RIB means (RFC 4724)
 */
record SessionFacts(
        Set<IpFamily> families,
        WireContext context,
        long localAs,
        boolean onlyToCustomer,
        Ip local,
        Ip peer,
        Segment segment,
        boolean extendedNextHop,
        boolean endOfRib) {

    /** Takes a copy of the set. */
    SessionFacts {
        families = Set.copyOf(families);
    }
}
