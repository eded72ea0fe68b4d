package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Bench.ROUTES;
import static dev.clarion.bgp.interop.Bench.soon;
import static dev.clarion.bgp.interop.Terms.V4;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.Route;
import dev.clarion.net.Prefix;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;

/** The row about routes that nobody asked for. */
final class Load {
    /** At least four octets a prefix, at most 65535 a message (RFC 8654). */
    private static final int LEAST_UPDATES = Flood.ROUTES * 4 / 65_535;

    /** Less than any table of that many routes takes. */
    private static final long MOST_BYTES = 1_000_000;

    private static final Prefix LATE = Prefix.parse("203.0.113.77/32");

    private Load() {}

    static void flood(Bench bench) {
        bench.start(Terms.PLAIN);
        long before = used();
        bench.router().flood();
        soon().untilAsserted(() -> assertThat(bench.router().sent(V4)).isGreaterThanOrEqualTo(Flood.ROUTES));
        soon().untilAsserted(() ->
                assertThat(bench.ours().status(V4).counters().updatesReceived()).isGreaterThanOrEqualTo(LEAST_UPDATES));
        Set<Route> more = new HashSet<>(ROUTES);
        more.add(Route.of(LATE));
        bench.ours().apply(Terms.PLAIN, more);
        bench.awaitRoute(LATE, true);
        assertThat(used() - before).as("memory kept for the flood").isLessThan(MOST_BYTES);
        assertThat(bench.ours().status(V4).counters().faults()).isZero();
        Sessions.assertOneSessionEach(bench);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
