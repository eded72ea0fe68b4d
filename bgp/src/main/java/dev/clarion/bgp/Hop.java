package dev.clarion.bgp;

import dev.clarion.net.Ip;
import java.util.Optional;

/**
 * A next hop as UPDATEs carry it.
 *
 * @param address the address
 * @param linkLocal the link-local one beside it, on a shared segment (RFC 2545 section 3)
 */
record Hop(Ip address, Optional<Ip> linkLocal) {
    /** An address alone. */
    static Hop of(Ip address) {
        return new Hop(address, Optional.empty());
    }
}
