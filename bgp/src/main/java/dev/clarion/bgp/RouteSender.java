package dev.clarion.bgp;

import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import dev.clarion.bgp.wire.UpdatePacker;
import dev.clarion.net.Prefix;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes what the peer has equal to what it shall have, whenever a session is up, at the speed it takes it. All on the loop. */
final class RouteSender {
    /** Where messages go. */
    interface Outlet {
        /** Whether bulk may be sent now; whoever says no calls {@link #flush} when that has changed. */
        boolean writable();

        void send(Message message);
    }

    /** A session that is up. */
    private record Up(SessionFacts facts, Outlet outlet, UpdatePacker packer) {}

    /** Prefixes per turn of the loop: other sessions' keepalives come in between. */
    private static final int SLICE = 500;

    private final String peer;
    private final Executor loop;
    private final Counters counters;
    private final BgpListener listener;
    private final Exports exports;
    private final AdjRibOut rib = new AdjRibOut();
    private Set<Route> routes = Set.of();
    private NextHops nextHops = NextHops.NONE;
    private boolean leaving;
    private Exports.@Nullable Shared export;
    private @Nullable Up up;
    private boolean scheduled;

    RouteSender(String peer, Executor loop, Counters counters, BgpListener listener, Exports exports) {
        this.peer = peer;
        this.loop = loop;
        this.counters = counters;
        this.listener = listener;
        this.exports = exports;
    }

    /** The prefixes that the peer has from us. */
    Set<Prefix> sent() {
        return rib.sent();
    }

    /** What is wanted and cannot be announced over the session that is up; empty while none is. */
    Map<Prefix, Unsendable> unsendable() {
        return export == null ? Map.of() : export.export().unsendable();
    }

    /** Sets what the peer shall have. */
    void desire(PeerIntent intent) {
        if (intent.routes().equals(routes) && intent.nextHops().equals(nextHops) && intent.leaving() == leaving) {
            return;
        }
        routes = intent.routes();
        nextHops = intent.nextHops();
        leaving = intent.leaving();
        update();
    }

    /** Nothing is missing any more from what is desired; until then peers that keep old routes go on keeping them. */
    void complete() {
        rib.complete();
        flush();
    }

    void up(SessionFacts facts, Outlet outlet) {
        up = new Up(facts, outlet, new UpdatePacker(facts.context()));
        rib.begin(facts.families(), facts.endOfRib(), facts.context().enhancedRefresh());
        update();
    }

    void down() {
        up = null;
        export = null;
        rib.end();
    }

    /** The peer asks to hear a family again. */
    void refresh(Family family) {
        rib.refresh(family);
        flush();
    }

    /** Says goodbye to every route at once, whatever waits to be written: these are the last words but one. */
    void withdrawAll() {
        routes = Set.of();
        rib.desire(Map.of());
        while (up != null && sendSlice(up)) {
            // Next slice.
        }
    }

    private void update() {
        if (up != null) {
            ExportPolicy policy = ExportPolicy.of(up.facts(), nextHops, leaving, routes);
            Exports.Shared wanted = exports.of(policy, routes);
            export = wanted;
            rib.desire(wanted.export().announced());
            flush();
        }
    }

    /** Sends a slice, and comes back for the next one after everybody else has had a turn. */
    void flush() {
        if (!scheduled && up != null && up.outlet().writable() && sendSlice(up)) {
            scheduled = true;
            loop.execute(() -> {
                scheduled = false;
                flush();
            });
        }
    }

    /** Whether there may be more to send. */
    private boolean sendSlice(Up to) {
        int announced = 0;
        int withdrawn = 0;
        boolean more = true;
        while (more && announced + withdrawn < SLICE) {
            switch (rib.next(to.packer())) {
                case AdjRibOut.Batch.Nothing _ -> more = false;
                case AdjRibOut.Batch.Mark(RouteMarks.Kind kind, Family family) ->
                    to.outlet().send(mark(kind, family));
                case AdjRibOut.Batch.Withdraw(Family family, var prefixes) -> {
                    to.outlet().send(UpdatePacker.withdrawal(family, prefixes));
                    withdrawn += prefixes.size();
                }
                case AdjRibOut.Batch.Announce(var announcement, var prefixes) -> {
                    to.outlet().send(announcement.update(prefixes));
                    announced += prefixes.size();
                }
            }
        }
        if (announced + withdrawn > 0) {
            counters.announced(announced);
            counters.withdrawn(withdrawn);
            listener.routesSent(peer, announced, withdrawn);
        }
        return more;
    }

    private static Message mark(RouteMarks.Kind kind, Family family) {
        return switch (kind) {
            case END_OF_RIB -> Update.endOfRib(family);
            case REFRESH_BEGINS -> new RouteRefresh(family, RouteRefresh.BEGIN);
            case REFRESH_ENDS -> new RouteRefresh(family, RouteRefresh.END);
        };
    }
}
