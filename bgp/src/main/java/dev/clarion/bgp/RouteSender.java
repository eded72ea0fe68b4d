package dev.clarion.bgp;

import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Update;
import dev.clarion.bgp.wire.UpdatePacker;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes what the peer has equal to what it shall have, whenever a session is up, at the speed it takes it. */
final class RouteSender {
    /** Prefixes per turn of the loop: other sessions' keepalives come in between. */
    private static final int SLICE = 500;

    private final PeerConfig config;
    private final EventLoop loop;
    private final Counters counters;
    private final BgpListener listener;
    private final AdjRibOut rib = new AdjRibOut();
    private Set<Route> routes = Set.of();
    private @Nullable Session session;
    private boolean scheduled;

    RouteSender(PeerConfig config, EventLoop loop, Counters counters, BgpListener listener) {
        this.config = config;
        this.loop = loop;
        this.counters = counters;
        this.listener = listener;
    }

    /** Whether a session with this peer can carry the route: of its own address family alone. */
    static boolean fits(PeerConfig config, Route route) {
        var family = config.transport();
        return route.prefix().network().family() == family
                && route.nextHop().map(hop -> hop.family() == family).orElse(true);
    }

    Set<Prefix> sent() {
        return rib.sent();
    }

    void desire(Set<Route> wanted) {
        routes = wanted;
        update();
    }

    void up(Session established) {
        session = established;
        update();
    }

    void down() {
        session = null;
        rib.forget();
    }

    void resend() {
        rib.resend();
        flush();
    }

    /** Says goodbye to every route at once, whatever waits to be written: these are the last words but one. */
    void withdrawAll() {
        routes = Set.of();
        rib.desire(Map.of());
        while (session != null && sendSlice(session)) {
            // Next slice.
        }
    }

    private void update() {
        Optional<Ip> local = Optional.ofNullable(session).flatMap(Session::localAddress);
        if (local.isPresent()) {
            Map<Prefix, AdjRibOut.Path> paths = new HashMap<>();
            for (Route route : routes) {
                if (fits(config, route)) {
                    Ip nextHop = route.nextHop().orElse(local.get());
                    paths.put(route.prefix(), new AdjRibOut.Path(nextHop, route.attributes()));
                }
            }
            rib.desire(paths);
            flush();
        }
    }

    /** Sends a slice, and comes back for the next one after everybody else has had a turn. */
    void flush() {
        if (!scheduled && session != null && session.writable() && sendSlice(session)) {
            scheduled = true;
            loop.execute(() -> {
                scheduled = false;
                flush();
            });
        }
    }

    private boolean sendSlice(Session to) {
        UpdatePacker packer = new UpdatePacker(Family.unicast(config.transport()), to.context(), config.localAs());
        return switch (rib.next(SLICE)) {
            case AdjRibOut.Batch.Nothing _ -> false;
            case AdjRibOut.Batch.Withdraw(List<Prefix> prefixes) -> {
                send(to, packer.withdraw(prefixes));
                counters.withdrawn(prefixes.size());
                listener.routesSent(config.name(), 0, prefixes.size());
                yield true;
            }
            case AdjRibOut.Batch.Announce(AdjRibOut.Path path, List<Prefix> prefixes) -> {
                send(to, packer.announce(path.nextHop(), path.attributes().localPref(), prefixes));
                counters.announced(prefixes.size());
                listener.routesSent(config.name(), prefixes.size(), 0);
                yield true;
            }
        };
    }

    private static void send(Session to, List<Update> updates) {
        updates.forEach(to::send);
    }
}
