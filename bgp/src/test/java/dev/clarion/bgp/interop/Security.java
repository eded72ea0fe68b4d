package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Bench.ROUTES;
import static dev.clarion.bgp.interop.Bench.soon;
import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.Route;
import dev.clarion.bgp.StopMode;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.interop.Terms.Feature;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Set;

/** Rows about who may talk to us at all: TCP MD5 (RFC 2385) and TTL security (RFC 5082). */
final class Security {
    private static final String KEY = "first-key";
    private static final String NEXT_KEY = "second-key";
    private static final Prefix LATE = Prefix.parse("203.0.113.78/32");

    private Security() {}

    static void md5(Bench bench) {
        Terms signed = Terms.PLAIN.withPassword(KEY);
        bench.start(signed);
        Sessions.assertOneSessionEach(bench);
        bench.end();
        beDialled(bench, signed);
        bench.end();
        neverMeet(bench, signed, Terms.PLAIN.withPassword(NEXT_KEY));
        bench.end();
        neverMeet(bench, signed, Terms.PLAIN);
    }

    /** A change of our key is no event for a session that is up; each of the daemons ends its own when its key changes. */
    static void md5Rotation(Bench bench) {
        Terms before = Terms.PLAIN.withPassword(KEY);
        Terms after = Terms.PLAIN.withPassword(NEXT_KEY);
        bench.start(before);
        bench.ours().apply(after, ROUTES);
        bench.ours().apply(before, Set.of(Route.of(LATE)));
        bench.awaitRoute(LATE, true);
        Sessions.assertOneSessionEach(bench);
        bench.router().reload(after);
        bench.ours().apply(after, ROUTES);
        bench.awaitRoute(LATE, false);
        bench.awaitUp();
        bench.awaitRoutes(true);
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            assertThat(Sessions.reasons(bench, neighbour)).doesNotContain(BgpReason.CONFIG_CHANGED);
        }
    }

    static void ttlSecurity(Bench bench) {
        Terms near = Terms.PLAIN.with(Feature.TTL_SECURITY);
        bench.start(near);
        Sessions.assertOneSessionEach(bench);
        bench.end();
        beDialled(bench, near);
        bench.end();
        neverMeet(bench, near, Terms.PLAIN);
        bench.end();
        neverMeet(bench, Terms.PLAIN, near);
    }

    private static void beDialled(Bench bench, Terms terms) {
        bench.segment().muteOurDialling();
        bench.ours().start(true);
        bench.ours().apply(terms, ROUTES);
        bench.router().start(terms);
        bench.awaitUp();
        bench.awaitRoutes(true);
    }

    /** Ends that do not agree: what one sends, the other's kernel drops, so that attempts to connect just time out. */
    private static void neverMeet(Bench bench, Terms ours, Terms routers) {
        bench.router().start(routers);
        bench.awaitListening();
        bench.ours().start(false);
        bench.ours().apply(ours, ROUTES);
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            soon().until(() -> Sessions.reasons(bench, neighbour).contains(BgpReason.CONNECT_TIMED_OUT));
        }
        assertThat(bench.ours().changes()).noneMatch(change -> change.to() == FsmState.OPEN_SENT);
        bench.ours().stop(StopMode.RESTART);
    }
}
