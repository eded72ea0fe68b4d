package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Bench.ROUTES;
import static dev.clarion.bgp.interop.Bench.ROUTE_V4;
import static dev.clarion.bgp.interop.Bench.ROUTE_V6;
import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.Route;
import dev.clarion.bgp.StopMode;
import dev.clarion.bgp.interop.Terms.Feature;
import dev.clarion.net.Prefix;
import java.util.HashSet;
import java.util.Set;

/** Rows about graceful restart (RFC 4724): we restart, the router helps. */
final class Restarts {
    private static final Prefix OUTDATED = Prefix.parse("203.0.113.99/32");
    private static final Terms TERMS = Terms.PLAIN.with(Feature.GRACEFUL_RESTART);

    private Restarts() {}

    /** Nothing is lost on the way; what the next process does not want goes when it knows everything, and not before. */
    static void kept(Bench bench) {
        bench.router().start(TERMS);
        bench.ours().start(false);
        Set<Route> before = new HashSet<>(ROUTES);
        before.add(Route.of(OUTDATED));
        bench.ours().apply(TERMS, before);
        bench.awaitUp();
        bench.awaitRoutes(true);
        bench.awaitRoute(OUTDATED, true);
        goAway(bench);
        bench.ours().startAgain();
        bench.ours().applySoFar(TERMS, Set.of());
        bench.awaitUp();
        assertThere(bench, ROUTE_V4, ROUTE_V6, OUTDATED);
        bench.ours().applySoFar(TERMS, Set.of(Route.of(ROUTE_V4)));
        Sessions.assertOneSessionEach(bench);
        assertThere(bench, ROUTE_V4, ROUTE_V6, OUTDATED);
        bench.ours().apply(TERMS, ROUTES);
        bench.awaitRoute(OUTDATED, false);
        assertThere(bench, ROUTE_V4, ROUTE_V6);
        Sessions.assertOneSessionEach(bench);
    }

    /** A node that has rebooted forwarded nothing meanwhile: the router does not go on with what it kept. */
    static void rebooted(Bench bench) {
        bench.start(TERMS);
        goAway(bench);
        assertThere(bench, ROUTE_V4, ROUTE_V6);
        bench.ours().startAfterReboot();
        bench.ours().applySoFar(TERMS, Set.of());
        bench.awaitUp();
        bench.awaitRoutes(false);
        bench.ours().apply(TERMS, ROUTES);
        bench.awaitRoutes(true);
        Sessions.assertOneSessionEach(bench);
    }

    /** Who does not come back is given up, after the time that was told. */
    static void neverBack(Bench bench) {
        bench.start(TERMS);
        goAway(bench);
        assertThere(bench, ROUTE_V4, ROUTE_V6);
        bench.awaitRoutes(false);
    }

    private static void goAway(Bench bench) {
        bench.ours().stop(StopMode.RESTART);
        bench.awaitDown(V4);
        bench.awaitDown(V6);
    }

    private static void assertThere(Bench bench, Prefix... prefixes) {
        for (Prefix prefix : prefixes) {
            assertThat(bench.router().route(prefix)).as("%s", prefix).isPresent();
        }
    }
}
