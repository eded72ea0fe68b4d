package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Bench.ROUTES;
import static dev.clarion.bgp.interop.Bench.ROUTE_V4;
import static dev.clarion.bgp.interop.Bench.ROUTE_V6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.interop.Terms.Feature;
import java.util.List;

/** Rows about AS numbers (RFC 6793). */
final class Numbers {
    private static final long OURS = 4_200_000_001L;
    private static final long ROUTERS = 4_200_000_002L;
    private static final long AS_TRANS = 23_456;

    private Numbers() {}

    static void fourOctets(Bench bench) {
        bench.start(Terms.PLAIN.withAs(OURS, ROUTERS));
        assertThat(bench.router().route(ROUTE_V4))
                .hasValueSatisfying(route -> assertThat(route.asPath()).containsExactly(OURS));
        assertThat(bench.router().route(ROUTE_V6))
                .hasValueSatisfying(route -> assertThat(route.asPath()).containsExactly(OURS));
        Sessions.assertOneSessionEach(bench);
    }

    /** Over IPv4 only: FRR can leave the capability out only together with all others, that for IPv6 routes too. */
    static void twoOctetRouter(Bench bench) {
        Terms terms = Terms.PLAIN.withAs(OURS, 64_512).with(Feature.TWO_OCTET_ROUTER);
        bench.router().start(terms);
        bench.ours().start(false);
        bench.ours().apply(terms, ROUTES);
        bench.awaitUp(Terms.V4);
        bench.awaitRoute(ROUTE_V4, true);
        assertThat(bench.router().route(ROUTE_V4))
                .hasValueSatisfying(route -> assertThat(route.asPath()).isIn(List.of(AS_TRANS), List.of(OURS)));
    }
}
