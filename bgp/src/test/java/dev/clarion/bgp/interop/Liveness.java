package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Bench.soon;
import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.interop.Terms.Feature;
import java.util.List;

/** The row about BFD (RFC 5880, RFC 5882). */
final class Liveness {
    /** Longer than any patience: what ends a session here is BFD. */
    private static final int HOLD_SECONDS = 600;

    private Liveness() {}

    static void bfd(Bench bench) {
        bench.start(Terms.PLAIN.with(Feature.BFD).withHold(HOLD_SECONDS));
        awaitBfd(bench);
        bench.segment().cut();
        bench.awaitRoutes(false);
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            soon().until(() -> Sessions.reasons(bench, neighbour).contains(BgpReason.BFD_DOWN));
        }
        bench.segment().heal();
        bench.awaitUp();
        bench.awaitRoutes(true);
        awaitBfd(bench);
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            assertThat(Sessions.reasons(bench, neighbour)).doesNotContain(BgpReason.HOLD_TIMER_EXPIRED);
        }
    }

    private static void awaitBfd(Bench bench) {
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            soon().untilAsserted(() -> {
                assertThat(bench.router().bfdUp(neighbour.us()))
                        .as("up to the router, which shows %s", bench.router().bfdSessions())
                        .isTrue();
                assertThat(bench.ours().bfdUp(neighbour))
                        .as("up to us, who show %s", bench.ours().bfdSessions())
                        .isTrue();
            });
        }
    }
}
