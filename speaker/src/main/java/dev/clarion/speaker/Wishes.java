package dev.clarion.speaker;

import dev.clarion.announcement.BgpRoute;
import dev.clarion.announcement.Intent;
import dev.clarion.arpndp.L2Intent;
import dev.clarion.bgp.BgpIntent;
import dev.clarion.bgp.Community;
import dev.clarion.bgp.PathAttributes;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerIntent;
import dev.clarion.bgp.Route;
import dev.clarion.config.BgpPeer;
import dev.clarion.config.Config;
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
    private Wishes() {}

    static L2Intent layer2(Intent intent) {
        Map<String, Set<Ip>> owned = new HashMap<>(intent.layer2());
        return new L2Intent(owned);
    }

    /**
     * @param routes by peer and prefix, as they are to be announced now
     * @param config what they were decided from
     */
    static BgpIntent bgp(SortedMap<String, SortedMap<Prefix, BgpRoute>> routes, Config config, Ip routerId) {
        return new BgpIntent(config.bgpPeers().stream()
                .filter(peer -> routes.containsKey(peer.name()))
                .flatMap(peer -> session(peer, routerId).stream()
                        .map(session ->
                                new PeerIntent(session, routes(routes.getOrDefault(peer.name(), new TreeMap<>())))))
                .toList());
    }

    /** Empty for a peer that has no address or no AS number; the controller says that such are not in force yet. */
    private static Optional<PeerConfig> session(BgpPeer peer, Ip routerId) {
        return peer.peerAddress()
                .filter(address -> peer.peerAsn().isPresent())
                .map(address -> new PeerConfig(
                        peer.name(),
                        address,
                        PeerConfig.BGP_PORT,
                        peer.myAsn(),
                        peer.peerAsn().getAsLong(),
                        routerId,
                        peer.holdTime(),
                        Optional.empty()));
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
        return new Route(wish.prefix(), Optional.empty(), new PathAttributes(localPref, communities));
    }

    private static Community community(dev.clarion.config.Community.Value value) {
        return switch (value) {
            case dev.clarion.config.Community.Standard(int high, int low) -> new Community.Standard(high, low);
            case dev.clarion.config.Community.Large(long global, long first, long second) ->
                new Community.Large(global, first, second);
        };
    }
}
