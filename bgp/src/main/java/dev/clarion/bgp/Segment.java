package dev.clarion.bgp;

import dev.clarion.net.Ip;
import java.util.Optional;

/**
 * Addresses of the interface that a connection goes through.
 *
 * @param global those that are of use beyond the segment
 * @param linkLocal the IPv6 link-local one, if the peer is on the segment, so that it can be used
 */
record Segment(NextHops global, Optional<Ip> linkLocal) {
    /** Nothing is known of it. */
    static final Segment UNKNOWN = new Segment(NextHops.NONE, Optional.empty());
}
