package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Bench.ROUTE_V4;
import static dev.clarion.bgp.interop.Bench.ROUTE_V6;
import static dev.clarion.bgp.interop.Bench.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.Community;
import dev.clarion.bgp.PathAttributes;
import dev.clarion.bgp.Route;
import dev.clarion.bgp.interop.Terms.Feature;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows about what a route carries: communities, and next hops of the other family. */
final class Marks {
    /** Route target 64513:99 (RFC 4360 section 4: type 0, subtype 2). */
    private static final Community ROUTE_TARGET = new Community.Extended(0x0002_fc01_0000_0063L);

    private static final Set<Community> MANY = Set.of(
            new Community.Standard(64_513, 7),
            Community.GRACEFUL_SHUTDOWN,
            ROUTE_TARGET,
            new Community.Large(4_200_000_001L, 1, 2));

    private static final Set<String> MANY_AS_SEEN = Set.of("64513:7", "65535:0", "rt:64513:99", "4200000001:1:2");

    private static final long ENDPOINT = 125_000;

    private Marks() {}

    static void communities(Bench bench) {
        bench.start(Terms.PLAIN);
        bench.ours().apply(Terms.PLAIN, marked(MANY));
        awaitMarks(bench, MANY_AS_SEEN);
        bench.ours().apply(Terms.PLAIN, marked(Set.of(new Community.Standard(64_513, 8))));
        awaitMarks(bench, Set.of("64513:8"));
        bench.ours().apply(Terms.PLAIN, Bench.ROUTES);
        awaitMarks(bench, Set.of());
        Sessions.assertOneSessionEach(bench);
    }

    static void bandwidth(Bench bench) {
        bench.start(Terms.PLAIN);
        for (int endpoints : List.of(3, 1)) {
            bench.ours().apply(Terms.PLAIN, Set.of(weighed(ROUTE_V4, endpoints), weighed(ROUTE_V6, endpoints)));
            awaitMarks(bench, Set.of(Notation.bandwidth(String.valueOf(Terms.PLAIN.ourAs()), endpoints * ENDPOINT)));
        }
        Sessions.assertOneSessionEach(bench);
    }

    /** The same destination over both sessions, by way of IPv4 and of IPv6. */
    static void shares(Bench bench) {
        Terms terms = Terms.PLAIN.with(Feature.IPV4_OVER_IPV6);
        bench.router().start(terms);
        bench.ours().start(false);
        for (int endpoints : List.of(3, 1)) {
            bench.ours().apply(terms, Set.of(weighed(ROUTE_V4, 1)), Set.of(weighed(ROUTE_V4, endpoints)));
            List<Integer> wanted = endpoints == 3 ? List.of(25, 75) : List.of(50, 50);
            soon().untilAsserted(
                            () -> assertThat(bench.router().shares(ROUTE_V4)).containsExactlyElementsOf(wanted));
        }
        bench.awaitUp();
        Sessions.assertOneSessionEach(bench);
    }

    private static Route weighed(Prefix prefix, int endpoints) {
        return new Route(
                prefix,
                Optional.empty(),
                new PathAttributes(OptionalLong.empty(), Set.of(), OptionalLong.of(endpoints * ENDPOINT)));
    }

    static void ipv6NextHop(Bench bench) {
        Terms terms = Terms.PLAIN.with(Feature.IPV4_OVER_IPV6);
        bench.router().start(terms);
        bench.ours().start(false);
        bench.ours().apply(terms, Set.of(), Bench.ROUTES);
        bench.awaitUp();
        bench.awaitRoutes(true);
        for (Prefix prefix : Set.of(ROUTE_V4, ROUTE_V6)) {
            assertThat(bench.router().route(prefix))
                    .hasValueSatisfying(route -> assertThat(route.nextHops())
                            .as("next hops of %s", prefix)
                            .contains(Segment.OURS_V6)
                            .allMatch(hop -> hop.equals(Segment.OURS_V6) || hop.isLinkLocal()));
        }
        bench.ours().apply(terms, Set.of(), Set.of());
        bench.awaitRoutes(false);
        Sessions.assertOneSessionEach(bench);
    }

    private static Set<Route> marked(Set<Community> marks) {
        return Stream.of(ROUTE_V4, ROUTE_V6)
                .map(prefix -> new Route(prefix, Optional.empty(), PathAttributes.DEFAULT.with(marks)))
                .collect(Collectors.toSet());
    }

    private static void awaitMarks(Bench bench, Set<String> wanted) {
        for (Prefix prefix : Set.of(ROUTE_V4, ROUTE_V6)) {
            soon().untilAsserted(() -> assertThat(bench.router().route(prefix))
                    .hasValueSatisfying(
                            route -> assertThat(route.communities()).containsExactlyInAnyOrderElementsOf(wanted)));
        }
    }
}
