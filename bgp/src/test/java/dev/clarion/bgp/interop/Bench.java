package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.Route;
import dev.clarion.bgp.StopMode;
import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionFactory;

/** A router, a segment and us. Each row begins with both ends stopped and leaves them so. */
record Bench(Segment segment, Router router, Ours ours) {
    static final Prefix ROUTE_V4 = Prefix.parse("203.0.113.10/32");
    static final Prefix ROUTE_V6 = Prefix.parse("2001:db8:113::10/128");
    static final Set<Route> ROUTES = Set.of(Route.of(ROUTE_V4), Route.of(ROUTE_V6));

    /** Long enough for the slowest retry of any daemon on a machine that does other things too. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static ConditionFactory soon() {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .pollDelay(Duration.ZERO)
                // A process that hardly runs takes seconds to load what its first connection needs.
                .ignoreExceptionsMatching(failure ->
                        failure instanceof IllegalStateException && failure.getCause() instanceof TimeoutException);
    }

    /** Starts both ends and waits until the router has our routes. */
    void start(Terms terms) {
        router.start(terms);
        ours.start(false);
        ours.apply(terms, ROUTES);
        awaitUp();
        awaitRoutes(true);
    }

    /** Waits until the router's port is open: what is not answered from now on, was dropped. */
    void awaitListening() {
        soon().until(() -> Shell.ask("ip", "netns", "exec", "rtr", "ss", "-Hltn", "sport = :179")
                        .lines()
                        .count()
                >= 2);
    }

    void awaitUp() {
        awaitUp(V4);
        awaitUp(V6);
    }

    void awaitUp(Terms.Neighbour neighbour) {
        soon().until(() -> ours.established(neighbour) && router.established(neighbour));
    }

    void awaitDown(Terms.Neighbour neighbour) {
        soon().until(() -> !router.established(neighbour));
    }

    void awaitRoutes(boolean there) {
        awaitRoute(ROUTE_V4, there);
        awaitRoute(ROUTE_V6, there);
    }

    void awaitRoute(Prefix prefix, boolean there) {
        soon().until(() -> router.route(prefix).isPresent() == there);
    }

    /** Both ends stop; the segment is as new. */
    void end() {
        ours.stop(StopMode.RESTART);
        router.stop();
        segment.heal();
    }
}
