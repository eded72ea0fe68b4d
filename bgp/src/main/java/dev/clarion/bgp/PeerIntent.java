package dev.clarion.bgp;

import java.util.Set;

/**
 * A peer and all the routes it shall have from us.
 *
 * @param config the session
 * @param routes the routes; those that the session cannot carry are not sent and are named in the status
 */
public record PeerIntent(PeerConfig config, Set<Route> routes) {
    /** Takes a copy of the routes. Throws IllegalArgumentException when two routes have one prefix. */
    public PeerIntent {
        routes = Set.copyOf(routes);
        if (routes.stream().map(Route::prefix).distinct().count() != routes.size()) {
            throw new IllegalArgumentException("two routes of peer " + config.name() + " have the same prefix");
        }
    }
}
