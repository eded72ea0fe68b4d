package dev.clarion.speaker;

import dev.clarion.announcement.BgpRoute;
import dev.clarion.announcement.Intent;
import dev.clarion.arpndp.L2Intent;
import dev.clarion.bgp.BgpIntent;
import dev.clarion.bgp.Community;
import dev.clarion.bgp.NextHops;
import dev.clarion.bgp.PathAttributes;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerIntent;
import dev.clarion.bgp.Route;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An intent in the words of the two announcers. */
final class Wishes {
    /**
     * What stands for one endpoint, in octets per second: 1 Mbit/s. Routers only compare; but some keep whole octets in 32
     * bits (FRR), and some count in thousands of them.
     */
    private static final long ENDPOINT_BANDWIDTH = 125_000;

    private static final long MOST_BANDWIDTH = 0xffff_ffffL;

    private Wishes() {}

    static L2Intent layer2(Intent intent) {
        Map<String, Set<Ip>> owned = new HashMap<>(intent.layer2());
        return new L2Intent(owned);
    }

    /**
     * @param routes by peer and prefix, as they are to be announced now
     * @param sessions by peer; routes of others go nowhere
     * @param leaving whether all of them will be withdrawn soon
     * @param complete whether these are all the routes that there are
     */
    static BgpIntent bgp(
            SortedMap<String, SortedMap<Prefix, BgpRoute>> routes,
            SortedMap<String, PeerConfig> sessions,
            boolean leaving,
            boolean complete) {
        return new BgpIntent(
                sessions.entrySet().stream()
                        .map(session -> new PeerIntent(
                                session.getValue(),
                                routes(routes.getOrDefault(session.getKey(), new TreeMap<>())),
                                NextHops.NONE,
                                leaving))
                        .toList(),
                complete);
    }

    private static Set<Route> routes(SortedMap<Prefix, BgpRoute> routes) {
        return routes.values().stream().map(Wishes::route).collect(Collectors.toUnmodifiableSet());
    }

    private static Route route(BgpRoute wish) {
        Set<Community> communities =
                wish.communities().stream().map(Wishes::community).collect(Collectors.toCollection(HashSet::new));
        OptionalLong localPref = wish.localPref() == 0 ? OptionalLong.empty() : OptionalLong.of(wish.localPref());
        if (wish.leaving()) {
            communities.add(Community.GRACEFUL_SHUTDOWN);
            localPref = OptionalLong.of(0);
        }
        OptionalLong bandwidth = wish.weight() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.min(wish.weight() * ENDPOINT_BANDWIDTH, MOST_BANDWIDTH));
        return new Route(wish.prefix(), Optional.empty(), new PathAttributes(localPref, communities, bandwidth));
    }

    private static Community community(dev.clarion.config.Community.Value value) {
        return switch (value) {
            case dev.clarion.config.Community.Standard(int high, int low) -> new Community.Standard(high, low);
            case dev.clarion.config.Community.Large(long global, long first, long second) ->
                new Community.Large(global, first, second);
        };
    }
}
