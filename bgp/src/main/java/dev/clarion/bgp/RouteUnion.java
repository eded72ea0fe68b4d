package dev.clarion.bgp;

import dev.clarion.net.Prefix;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What several wishes about the same destinations come to: one route for each, with the marks of all of them.
 *
 * @param routes the routes, each prefix once
 * @param contradictions prefixes that are left out, since two preferences or two next hops are asked of them
 */
public record RouteUnion(Set<Route> routes, Set<Prefix> contradictions) {
    /** Takes copies of the sets. */
    public RouteUnion {
        routes = Set.copyOf(routes);
        contradictions = Set.copyOf(contradictions);
    }

    /** The union of these; in what order they come is of no importance. */
    public static RouteUnion of(Collection<Route> wishes) {
        Map<Prefix, Route> united = new HashMap<>();
        Set<Prefix> contradictions = new HashSet<>();
        for (Route wish : wishes) {
            Route present = united.putIfAbsent(wish.prefix(), wish);
            if (present == null || present.equals(wish)) {
                continue;
            }
            if (present.nextHop().equals(wish.nextHop()) && present.attributes().agreesWith(wish.attributes())) {
                PathAttributes both = present.attributes().and(wish.attributes());
                united.put(wish.prefix(), new Route(wish.prefix(), wish.nextHop(), both));
            } else {
                contradictions.add(wish.prefix());
            }
        }
        united.keySet().removeAll(contradictions);
        return new RouteUnion(Set.copyOf(united.values()), contradictions);
    }
}
