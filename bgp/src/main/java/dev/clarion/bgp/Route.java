package dev.clarion.bgp;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.Optional;

/**
 * One route to announce.
 *
 * @param prefix the destination
 * @param nextHop where traffic goes; empty means the session's local address, which fits when it is of the prefix's
 *     family
 * @param attributes what else is said about it
 */
public record Route(Prefix prefix, Optional<Ip> nextHop, PathAttributes attributes) {
    /** A route without wishes about its attributes. */
    public Route(Prefix prefix, Optional<Ip> nextHop) {
        this(prefix, nextHop, PathAttributes.DEFAULT);
    }

    /** A route by way of the session's local address. */
    public static Route of(Prefix prefix) {
        return new Route(prefix, Optional.empty());
    }
}
