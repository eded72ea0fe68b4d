package dev.clarion.speaker;

import dev.clarion.announcement.Departures;
import dev.clarion.announcement.Intent;
import dev.clarion.bgp.BgpIntent;
import dev.clarion.config.BgpPeer;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node tells routers: its sessions with what they need from outside, and its routes, of which those that are to go
 * stay a little as the last choice. All but {@link #obstacles} and {@link #leave} belongs to the loop's thread.
 */
final class RouteSide {
    private static final Logger LOG = LoggerFactory.getLogger(RouteSide.class);
    /** So long routes that are to go are announced as the last choice (bgp.md 1.14). */
    private static final Duration LEAVING = Duration.ofSeconds(10);

    private final String node;
    private final String namespace;
    private final PeerPasswords passwords;
    private final LinkSource links;
    private final Consumer<BgpIntent> wire;
    private final Departures departures = new Departures(LEAVING);
    private @Nullable Inputs inputs;
    private @Nullable Intent intent;
    private @Nullable Ip routerId;
    private Map<String, PeerPasswords.Held> held = Map.of();
    private boolean toldLeaving;
    private volatile boolean leaving;
    private volatile SortedMap<String, String> obstacles = Collections.emptySortedMap();

    /**
     * With nothing announced.
     *
     * @param namespace Clarion's
     * @param wire takes the desired state, whole
     */
    RouteSide(String node, String namespace, PeerPasswords passwords, LinkSource links, Consumer<BgpIntent> wire) {
        this.node = node;
        this.namespace = namespace;
        this.passwords = passwords;
        this.links = links;
        this.wire = wire;
    }

    /** Why peers of the configuration that this node should have are not even tried, in words, by their names. */
    SortedMap<String, String> obstacles() {
        return obstacles;
    }

    /** Makes this the desired state. */
    void apply(Inputs now, Intent next) {
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
        if (departures.pending()
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
        PeerSessions sessions = PeerSessions.of(peers, routerId(now), namespace, held);
        sessions.obstacles().forEach((peer, why) -> {
            if (!why.equals(obstacles.get(peer))) {
                LOG.atWarn().addKeyValue("peer", peer).log(why);
            }
        });
        obstacles = Collections.unmodifiableSortedMap(new TreeMap<>(sessions.obstacles()));
        wire.accept(Wishes.bgp(departures.at(next.bgp(), System.nanoTime()), sessions.sessions(), leaves));
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
            id = RouterId.choose(now.node(node).flatMap(NodeRecord::internalV4), links.addresses(), node);
            routerId = id;
        }
        return id;
    }
}
