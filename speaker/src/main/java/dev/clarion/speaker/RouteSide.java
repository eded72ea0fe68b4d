package dev.clarion.speaker;

import dev.clarion.announcement.BgpRoute;
import dev.clarion.announcement.Departures;
import dev.clarion.announcement.Intent;
import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.SharedIdentifiers;
import dev.clarion.announcement.Weights;
import dev.clarion.bgp.BgpIntent;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.bfd.BfdProfile;
import dev.clarion.config.BgpPeer;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node tells routers: its sessions with what they need from outside, and its routes, of which those that are to go
 * stay a little as the last choice. All but {@link #obstacles}, {@link #warnings} and {@link #leave} belongs to the loop's
 * thread.
 */
final class RouteSide {
    private static final Logger LOG = LoggerFactory.getLogger(RouteSide.class);
    /** So long routes that are to go are announced as the last choice (bgp.md 1.14). */
    private static final Duration LEAVING = Duration.ofSeconds(10);
    /** No weight of a route changes again earlier. */
    private static final Duration WEIGHT_STAYS = Duration.ofSeconds(10);

    /** So many nodes are named in a warning. */
    private static final int NAMED = 3;

    private final Home home;
    private final PeerPasswords passwords;
    private final LinkSource links;
    private final Consumer<BgpIntent> wire;
    private final Watcher bfd;
    private final Departures departures = new Departures(LEAVING);
    private final Weights weights = new Weights(WEIGHT_STAYS);
    private @Nullable Inputs inputs;
    private @Nullable Intent intent;
    private @Nullable Ip routerId;
    private Map<String, PeerPasswords.Held> held = Map.of();
    private Collection<PeerConfig> configs = List.of();
    private boolean complete;
    private boolean toldLeaving;
    private volatile boolean leaving;
    private volatile SortedMap<String, String> obstacles = Collections.emptySortedMap();
    private volatile SortedMap<String, Map<PeerWarning, String>> warnings = Collections.emptySortedMap();
    private SortedMap<String, SharedIdentifiers.Shared> shared = Collections.emptySortedMap();

    /**
     * Where this is.
     *
     * @param namespace Clarion's
     * @param listens whether routers may dial
     */
    record Home(String node, String namespace, boolean listens) {}

    /** Watches peers by BFD. */
    @FunctionalInterface
    interface Watcher {
        /** As {@link BfdSide#watch}. */
        void watch(Collection<PeerConfig> peers, Map<String, BfdProfile> profiles, List<Prefix> segments);
    }

    /**
     * With nothing announced.
     *
     * @param wire takes the desired state, whole
     * @param bfd takes the peers that are to be watched
     */
    RouteSide(Home home, PeerPasswords passwords, LinkSource links, Consumer<BgpIntent> wire, Watcher bfd) {
        this.home = home;
        this.passwords = passwords;
        this.links = links;
        this.wire = wire;
        this.bfd = bfd;
    }

    /** Why peers of the configuration that this node should have are not even tried, in words, by their names. */
    SortedMap<String, String> obstacles() {
        return obstacles;
    }

    /** What is not right about peers that this node has sessions with, in words, by their names. */
    SortedMap<String, Map<PeerWarning, String>> warnings() {
        return warnings;
    }

    /**
     * Makes this the desired state.
     *
     * @param whole whether it was decided from all that the API says now: until then routers that kept routes over a
     *     restart go on keeping them
     */
    void apply(Inputs now, Intent next, boolean whole) {
        complete = complete || whole;
        inputs = now;
        intent = next;
        tell(now, next);
    }

    /** Looks whether something is to be told anew although nothing was decided: a password, or a route's time to go. */
    void turn() {
        Inputs now = inputs;
        Intent last = intent;
        if (now == null || last == null) {
            return;
        }
        watch(now);
        if (departures.pending()
                || weights.pending()
                || toldLeaving != leaving
                || !held.equals(passwords.of(PeerSessions.secrets(peers(now, last))))) {
            tell(now, last);
        }
    }

    /** From the next turn on every route is the last choice, since all will be withdrawn soon. */
    void leave() {
        leaving = true;
    }

    private void tell(Inputs now, Intent next) {
        boolean leaves = leaving;
        toldLeaving = leaves;
        List<BgpPeer> peers = peers(now, next);
        held = passwords.of(PeerSessions.secrets(peers));
        PeerSessions sessions = PeerSessions.of(peers, routerId(now), home.namespace(), home.listens(), held);
        sessions.obstacles().forEach((peer, why) -> {
            if (!why.equals(obstacles.get(peer))) {
                LOG.atWarn().addKeyValue("peer", peer).log(why);
            }
        });
        configs = sessions.sessions().values();
        obstacles = Collections.unmodifiableSortedMap(new TreeMap<>(sessions.obstacles()));
        long time = System.nanoTime();
        SortedMap<String, SortedMap<Prefix, BgpRoute>> routes = weights.at(departures.at(next.bgp(), time), time);
        wire.accept(Wishes.bgp(routes, sessions.sessions(), leaves, complete));
        // Not before the sessions are there: what BFD has to say of them would be said to nobody.
        watch(now);
        // Last: no route waits for a warning.
        warn(now, sessions.sessions().keySet());
    }

    private void warn(Inputs now, Set<String> sessions) {
        SortedMap<String, SharedIdentifiers.Shared> found = SharedIdentifiers.of(
                home.node(), now.effective().config(), now.facts(), RouterId.ofAll(now, home.node(), routerId(now)));
        found.keySet().retainAll(sessions);
        SortedMap<String, Map<PeerWarning, String>> next = new TreeMap<>();
        found.forEach((peer, with) -> {
            String text = PeerWarning.SHARED_IDENTIFIER.text(with.identifier(), some(with.nodes()));
            next.put(peer, Map.of(PeerWarning.SHARED_IDENTIFIER, text));
            SharedIdentifiers.Shared told = shared.get(peer);
            // Once, and not with every node that joins: each of them would be told of each.
            if (told == null || !told.identifier().equals(with.identifier())) {
                LOG.atWarn()
                        .addKeyValue("peer", peer)
                        .addKeyValue("reason", PeerWarning.SHARED_IDENTIFIER)
                        .log(text);
            }
        });
        shared = found;
        warnings = Collections.unmodifiableSortedMap(next);
    }

    /** Three names, and how many more. */
    private static String some(SortedSet<String> nodes) {
        String first = nodes.stream().limit(NAMED).collect(Collectors.joining(", "));
        return nodes.size() <= NAMED ? first : first + " and " + (nodes.size() - NAMED) + " more";
    }

    /** Asked again each turn: a router that is found by its interface has no address before it is found. */
    private void watch(Inputs now) {
        Map<String, BfdProfile> profiles = new HashMap<>();
        for (dev.clarion.config.BfdProfile profile : now.effective().config().bfdProfiles()) {
            profiles.put(
                    profile.name(),
                    new BfdProfile(
                            profile.receiveInterval(),
                            profile.transmitInterval(),
                            profile.detectMultiplier(),
                            profile.echoMode(),
                            profile.passiveMode(),
                            profile.minimumTtl()));
        }
        bfd.watch(configs, profiles, NodeView.segments(links.facts()));
    }

    /** Those that this node is to have. */
    private static List<BgpPeer> peers(Inputs now, Intent next) {
        return now.effective().config().bgpPeers().stream()
                .filter(peer -> next.bgp().containsKey(peer.name()))
                .toList();
    }

    /** Stays for the whole run: a router takes another identifier for another router. */
    private Ip routerId(Inputs now) {
        Ip id = routerId;
        if (id == null) {
            id = RouterId.choose(now.node(home.node()).flatMap(NodeRecord::internalV4), links.addresses(), home.node());
            routerId = id;
        }
        return id;
    }
}
