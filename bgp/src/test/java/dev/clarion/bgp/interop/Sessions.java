package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Bench.ROUTES;
import static dev.clarion.bgp.interop.Bench.ROUTE_V4;
import static dev.clarion.bgp.interop.Bench.ROUTE_V6;
import static dev.clarion.bgp.interop.Bench.soon;
import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.Route;
import dev.clarion.bgp.StopMode;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.interop.Terms.Feature;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows about sessions: who dials, how they end, and that routes do not touch them. */
final class Sessions {
    private static final int MANY = 1_000;

    private Sessions() {}

    static void routes(Bench bench) {
        bench.start(Terms.PLAIN);
        assertThat(bench.router().route(ROUTE_V4)).hasValueSatisfying(route -> {
            assertThat(route.nextHops()).containsExactly(Segment.OURS_V4);
            assertThat(route.asPath()).containsExactly(Terms.PLAIN.ourAs());
            assertThat(route.communities()).isEmpty();
        });
        assertThat(bench.router().route(ROUTE_V6)).hasValueSatisfying(route -> {
            assertThat(route.nextHops())
                    .contains(Segment.OURS_V6)
                    .allMatch(hop -> hop.isLinkLocal() || hop.equals(Segment.OURS_V6));
            assertThat(route.asPath()).containsExactly(Terms.PLAIN.ourAs());
        });
        Set<Route> many = IntStream.range(0, MANY)
                .mapToObj(i -> Route.of(Prefix.host(Ip.ofV4(0xc612_0000 + i))))
                .collect(Collectors.toSet());
        many.addAll(ROUTES);
        bench.ours().apply(Terms.PLAIN, many);
        soon().until(() -> bench.router().received(V4) == MANY + 1);
        bench.ours().apply(Terms.PLAIN, Set.of(Route.of(ROUTE_V6)));
        soon().until(() -> bench.router().received(V4) == 0);
        assertThat(bench.router().route(ROUTE_V4)).isEmpty();
        assertThat(bench.router().route(ROUTE_V6)).isPresent();
        assertOneSessionEach(bench);
    }

    static void dial(Bench bench) {
        bench.start(Terms.PLAIN.with(Feature.ROUTER_PASSIVE));
        assertOneSessionEach(bench);
    }

    static void beDialled(Bench bench) {
        bench.segment().muteOurDialling();
        bench.ours().start(true);
        bench.ours().apply(Terms.PLAIN, ROUTES);
        bench.router().start(Terms.PLAIN);
        bench.awaitUp();
        bench.awaitRoutes(true);
        assertOneSessionEach(bench);
    }

    static void routerRestarts(Bench bench) {
        bench.start(Terms.PLAIN);
        bench.router().kill();
        soon().until(() -> !bench.ours().established(V4) && !bench.ours().established(V6));
        bench.router().start(Terms.PLAIN);
        bench.awaitUp();
        bench.awaitRoutes(true);
        assertThat(reasons(bench, V4)).contains(BgpReason.CONNECTION_LOST);
    }

    static void weRestart(Bench bench) {
        bench.start(Terms.PLAIN);
        bench.ours().stop(StopMode.RESTART);
        bench.awaitDown(V4);
        bench.awaitDown(V6);
        bench.awaitRoutes(false);
        bench.ours().start(false);
        bench.ours().apply(Terms.PLAIN, ROUTES);
        bench.awaitUp();
        bench.awaitRoutes(true);
        assertOneSessionEach(bench);
    }

    static void silence(Bench bench) {
        Terms hasty = Terms.PLAIN.withHold(3);
        bench.start(hasty);
        bench.segment().cut();
        soon().until(() -> Stream.of(V4, V6)
                .allMatch(neighbour -> reasons(bench, neighbour).contains(BgpReason.HOLD_TIMER_EXPIRED)));
        bench.awaitRoutes(false);
        bench.segment().heal();
        bench.awaitUp();
        bench.awaitRoutes(true);
    }

    /** Nothing that happened so far touched the sessions. */
    static void assertOneSessionEach(Bench bench) {
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            assertThat(bench.ours().status(neighbour).counters().sessionsEstablished())
                    .as("sessions over %s", neighbour.name())
                    .isEqualTo(1);
            assertThat(bench.ours().established(neighbour)).isTrue();
        }
    }

    static List<BgpReason> reasons(Bench bench, Terms.Neighbour neighbour) {
        return bench.ours().changes().stream()
                .filter(change -> change.peer().equals(neighbour.name()))
                .map(Ours.Change::reason)
                .toList();
    }
}
