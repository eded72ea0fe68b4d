package dev.clarion.bgp;

import java.util.Set;

/**
 * A peer and all the routes it shall have from us.
 *
 * @param config the session
 * @param routes the routes; those that the session cannot carry are not sent and are named in the status
 * @param nextHops addresses of this node that its routes go by way of whatever the session's own address is; where none is
 *     given, the session's address and those of its interface are used
 * @param leaving whether the routes will be withdrawn soon: they stay, marked so that the peer prefers any other (RFC 8326)
 */
public record PeerIntent(PeerConfig config, Set<Route> routes, NextHops nextHops, boolean leaving) {
    /** Takes a copy of the routes. Throws IllegalArgumentException when two routes have one prefix. */
    public PeerIntent {
        routes = Set.copyOf(routes);
        if (routes.stream().map(Route::prefix).distinct().count() != routes.size()) {
            throw new IllegalArgumentException("two routes of peer " + config.name() + " have the same prefix");
        }
    }

    /** A peer that gets these routes to stay. */
    public PeerIntent(PeerConfig config, Set<Route> routes) {
        this(config, routes, NextHops.NONE, false);
    }
}
