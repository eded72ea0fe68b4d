package dev.clarion.bgp;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.Optional;

/**
 * One route to announce.
 *
 * @param prefix the destination
 * @param nextHop where traffic goes; empty means this node, by whichever of its addresses the session allows
 * @param attributes what else is said about it
 */
public record Route(Prefix prefix, Optional<Ip> nextHop, PathAttributes attributes) {
    /** Throws IllegalArgumentException when the next hop is no address of one node. */
    public Route {
        nextHop.ifPresent(hop -> {
            if (hop.isUnspecified() || hop.isMulticast() || hop.isLimitedBroadcast()) {
                throw new IllegalArgumentException("the route to " + prefix + " cannot go by way of " + hop);
            }
        });
    }

    /** A route without wishes about its attributes. */
    public Route(Prefix prefix, Optional<Ip> nextHop) {
        this(prefix, nextHop, PathAttributes.DEFAULT);
    }

    /** A route by way of this node. */
    public static Route of(Prefix prefix) {
        return new Route(prefix, Optional.empty());
    }
}
