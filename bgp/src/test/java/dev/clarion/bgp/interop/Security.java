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
    /** Packets that were dropped since they came from too far away (IP_MINTTL). */
    private static final String TOO_FAR = "TcpExtTCPMinTTLDrop";

    /** Packets that were dropped since another key had signed them. */
    private static final String WRONG_KEY = "TcpExtTCPMD5Failure";

    /** Of two connections with their repetitions. */
    private static final int ENOUGH_DROPS = 6;

    private static final Prefix LATE = Prefix.parse("203.0.113.78/32");

    private Security() {}

    static void md5(Bench bench) {
        Terms signed = Terms.PLAIN.withPassword(KEY);
        bench.start(signed);
        Sessions.assertOneSessionEach(bench);
        bench.end();
        neverMeet(bench, signed, Terms.PLAIN.withPassword(NEXT_KEY));
        bench.end();
        neverMeet(bench, signed, Terms.PLAIN);
    }

    static void md5BeDialled(Bench bench) {
        beDialled(bench, Terms.PLAIN.withPassword(KEY));
        Sessions.assertOneSessionEach(bench);
    }

    /**
     * A change of our key is no event for a session that is up: nothing gets through until the keys are the same again, and
     * then everything does. Each of the daemons ends its own session when its key changes.
     */
    static void md5Rotation(Bench bench) {
        Terms before = Terms.PLAIN.withPassword(KEY);
        Terms after = Terms.PLAIN.withPassword(NEXT_KEY);
        beDialledOrDial(bench, before);
        long wrong = bench.segment().counted(WRONG_KEY);
        bench.ours().apply(after, Set.of(Route.of(LATE)));
        soon().until(() -> bench.segment().counted(WRONG_KEY) > wrong);
        assertThat(bench.router().route(LATE)).isEmpty();
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
        tooFar(bench, near, Terms.PLAIN);
        bench.end();
        tooFar(bench, Terms.PLAIN, near);
    }

    /**
     * Ends of which one takes nothing from afar, and the other sends as if it were there: one's kernel drops that. Routers
     * look at connections only that they have accepted, so there may be one, and even an OPEN that came with it.
     */
    private static void tooFar(Bench bench, Terms ours, Terms routers) {
        bench.router().start(routers);
        bench.awaitListening();
        long before = bench.segment().counted(TOO_FAR);
        bench.ours().start(false);
        bench.ours().apply(ours, ROUTES);
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            soon().until(() -> Sessions.reasons(bench, neighbour).contains(BgpReason.CONNECT_TIMED_OUT)
                    || Sessions.reasons(bench, neighbour).contains(BgpReason.CONNECTED));
        }
        soon().until(() -> bench.segment().counted(TOO_FAR) >= before + ENOUGH_DROPS);
        if (ours.has(Feature.TTL_SECURITY)) {
            assertThat(bench.ours().changes()).noneMatch(change -> change.to() == FsmState.ESTABLISHED);
        }
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            assertThat(bench.router().established(neighbour))
                    .as(neighbour.name())
                    .isFalse();
        }
        bench.ours().stop(StopMode.RESTART);
    }

    private static void beDialled(Bench bench, Terms terms) {
        bench.segment().muteOurDialling();
        beDialledOrDial(bench, terms);
    }

    private static void beDialledOrDial(Bench bench, Terms terms) {
        bench.ours().start(true);
        bench.ours().apply(terms, ROUTES);
        bench.router().start(terms);
        bench.awaitUp();
        bench.awaitRoutes(true);
    }

    /** Ends with different keys: what one sends, the other's kernel drops, so that attempts to connect just time out. */
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
