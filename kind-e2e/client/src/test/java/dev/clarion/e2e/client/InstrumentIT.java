package dev.clarion.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.e2e.client.Sandbox.Edge;
import dev.clarion.e2e.client.analysis.Analysis;
import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Probe;
import dev.clarion.e2e.client.analysis.Tenure;
import dev.clarion.e2e.client.analysis.Window;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The instrument held against outages that are counted and timed elsewhere: by the counters of nft rules, by the times at which the
 * rules were put in and taken out, by what the server says that it sent. Times are compared with times that were measured, never
 * with fixed limits.
 */
final class InstrumentIT {
    private static final List<String> TARGETS = List.of(Sandbox.IPV4, Sandbox.IPV6);
    private static final String SYN = "tcp dport 8081 tcp flags & (syn | ack) == syn";

    @SuppressWarnings("NullAway.Init")
    private static Sandbox sandbox;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path csv;

    @BeforeAll
    static void build() throws Exception {
        sandbox = new Sandbox();
    }

    @AfterAll
    static void leave() throws Exception {
        sandbox.close();
    }

    @BeforeEach
    void healed() throws Exception {
        for (String namespace : List.of("client", "server")) {
            sandbox.nft(
                    namespace,
                    "flush chain inet t in; delete table inet t; add table inet t; "
                            + "add chain inet t in { type filter hook input priority 0; }");
        }
        sandbox.tell("copies 1");
        sandbox.tell("name n1 pod-1");
    }

    @Test
    void a_sound_network_loses_nothing_and_a_change_of_node_is_seen_when_it_happens() throws Exception {
        ClientRun run = new ClientRun(sandbox, csv, "--duration", "2s", "--fail-on-loss");
        run.pause("0.5");
        long before = System.nanoTime();
        sandbox.tell("name n2 pod-2");
        Edge moved = new Edge(before, System.nanoTime());
        RecordedRun result = run.finish(0);

        assertThat(result.lanes()).hasSize(6);
        for (RecordedRun.Lane lane : result.lanes()) {
            Analysis a = lane.analysis();
            assertThat(a.lost())
                    .as("lost by %s %s", lane.probe(), lane.target())
                    .isZero();
            assertThat(a.duplicates()).isZero();
            assertThat(a.outages()).isEmpty();
            assertThat(a.sent() + a.count(Outcome.SKIPPED)).isEqualTo(400);
            assertThat(lane.count("connection_resets") + lane.count("strays")).isZero();
            assertThat(a.tenures()).extracting(t -> t.responder().toString()).containsExactly("n1/pod-1", "n2/pod-2");
            Tenure second = a.tenures().getLast();
            assertThat(second.fromNanos()).isBetween(moved.beforeNanos() - slack(a), latest(moved, a));
        }
        assertThat(result.lane(Probe.LONG, Sandbox.IPV4).count("connects")).isEqualTo(1);
    }

    @Test
    void requests_that_a_rule_drops_are_the_requests_lost_and_the_outage_lasts_as_long_as_the_rule() throws Exception {
        for (String name : List.of("u4", "u6", "t4", "t6")) {
            sandbox.nft("server", "add counter inet t " + name);
        }
        ClientRun run = new ClientRun(sandbox, csv, "--duration", "3s", "--fail-on-loss");
        Edge put = sandbox.nft("server", """
                add rule inet t in meta nfproto ipv4 udp dport 8080 counter name u4 drop
                add rule inet t in meta nfproto ipv6 udp dport 8080 counter name u6 drop
                add rule inet t in meta nfproto ipv4 %s counter name t4 drop
                add rule inet t in meta nfproto ipv6 %s counter name t6 drop
                """.formatted(SYN, SYN));
        run.pause("0.7");
        Edge taken = sandbox.nft("server", "flush chain inet t in");
        RecordedRun result = run.finish(1);

        String[][] expected = {
            {"u4", "UDP", Sandbox.IPV4},
            {"u6", "UDP", Sandbox.IPV6},
            {"t4", "CONNECT", Sandbox.IPV4},
            {"t6", "CONNECT", Sandbox.IPV6}
        };
        for (String[] row : expected) {
            Analysis a = result.lane(Probe.valueOf(row[1]), row[2]).analysis();
            assertThat(a.lost()).as("lost by %s", row[0]).isEqualTo(sandbox.counted("server", row[0]));
            assertThat(a.count(Outcome.LOST)).isEqualTo(a.lost());
            assertOneOutage(a, put, taken);
        }
        for (String target : TARGETS) {
            assertThat(result.lane(Probe.LONG, target).analysis().lost()).isZero();
        }
    }

    @Test
    void answers_that_a_rule_drops_are_requests_lost_too() throws Exception {
        sandbox.nft("client", "add counter inet t u");
        ClientRun run = new ClientRun(sandbox, csv, "--duration", "2s", "--probes", "udp");
        Edge put = sandbox.nft("client", "add rule inet t in udp sport 8080 counter name u drop");
        run.pause("0.5");
        Edge taken = sandbox.nft("client", "flush chain inet t in");
        RecordedRun result = run.finish(0);

        int lost = 0;
        for (String target : TARGETS) {
            Analysis a = result.lane(Probe.UDP, target).analysis();
            lost += a.lost();
            assertOneOutage(a, put, taken);
        }
        assertThat(lost).isPositive().isEqualTo(sandbox.counted("client", "u"));
    }

    @Test
    void scattered_losses_are_each_counted_and_sum_up_in_the_loss_derived_outage_alone() throws Exception {
        sandbox.nft("server", "add counter inet t u");
        ClientRun run = new ClientRun(sandbox, csv, "--duration", "2s", "--probes", "udp");
        sandbox.nft("server", "add rule inet t in udp dport 8080 numgen inc mod 7 == 0 counter name u drop");
        run.pause("0.6");
        sandbox.nft("server", "flush chain inet t in");
        RecordedRun result = run.finish(0);

        int lost = TARGETS.stream()
                .mapToInt(t -> result.lane(Probe.UDP, t).analysis().lost())
                .sum();
        assertThat(lost).isGreaterThan(10).isEqualTo(sandbox.counted("server", "u"));
        for (String target : TARGETS) {
            Analysis a = result.lane(Probe.UDP, target).analysis();
            assertThat(a.outages()).hasSize(a.lost()).allMatch(w -> w.requests() == 1);
            assertThat(a.lossDerivedNanos()).isEqualTo(a.lost() * 5_000_000L);
        }
    }

    @Test
    void a_black_hole_makes_the_long_connection_slow_but_breaks_nothing_on_it() throws Exception {
        ClientRun run = new ClientRun(sandbox, csv, "--duration", "3s");
        Edge put = sandbox.nft("server", "add rule inet t in meta l4proto { tcp, udp } drop");
        run.pause("0.5");
        Edge taken = sandbox.nft("server", "flush chain inet t in");
        RecordedRun result = run.finish(0);

        for (String target : TARGETS) {
            RecordedRun.Lane lane = result.lane(Probe.LONG, target);
            Analysis a = lane.analysis();
            assertThat(a.lost()).isZero();
            assertThat(lane.count("connection_resets")).isZero();
            assertThat(lane.count("connects")).isEqualTo(1);
            Window slow = a.slow().stream()
                    .filter(w -> w.endNanos() > put.afterNanos())
                    .findFirst()
                    .orElseThrow();
            assertThat(slow.startNanos()).isLessThanOrEqualTo(latest(put, a));
            assertThat(a.roundTrip().max()).isGreaterThan(taken.beforeNanos() - latest(put, a));
            assertOneOutage(result.lane(Probe.UDP, target).analysis(), put, taken);
            assertThat(result.lane(Probe.CONNECT, target).analysis().lost()).isPositive();
        }
    }

    @Test
    void a_port_that_refuses_is_refused_and_an_error_waiting_in_the_socket_costs_no_request() throws Exception {
        for (String name : List.of("u", "t")) {
            sandbox.nft("server", "add counter inet t " + name);
        }
        ClientRun run = new ClientRun(sandbox, csv, "--duration", "2s", "--probes", "udp,connect");
        Edge put = sandbox.nft("server", """
                add rule inet t in udp dport 8080 counter name u reject
                add rule inet t in %s counter name t reject with tcp reset
                """.formatted(SYN));
        run.pause("0.5");
        Edge taken = sandbox.nft("server", "flush chain inet t in");
        RecordedRun result = run.finish(0);

        int datagrams = 0;
        int connections = 0;
        for (String target : TARGETS) {
            Analysis udp = result.lane(Probe.UDP, target).analysis();
            // The kernel limits the rate of its ICMP errors, so that most of these are lost in silence.
            assertThat(udp.count(Outcome.REFUSED)).isPositive();
            assertThat(udp.lost()).isEqualTo(udp.count(Outcome.REFUSED) + udp.count(Outcome.LOST));
            assertOneOutage(udp, put, taken);
            datagrams += udp.lost();
            Analysis connect = result.lane(Probe.CONNECT, target).analysis();
            assertThat(connect.lost()).isEqualTo(connect.count(Outcome.REFUSED));
            assertOneOutage(connect, put, taken);
            connections += connect.lost();
        }
        assertThat(datagrams).isEqualTo(sandbox.counted("server", "u"));
        assertThat(connections).isEqualTo(sandbox.counted("server", "t"));
    }

    @Test
    void a_second_answer_is_a_duplicate() throws Exception {
        int before = sandbox.tell("copies 1");
        ClientRun run = new ClientRun(sandbox, csv, "--duration", "2s", "--probes", "udp");
        sandbox.tell("copies 2");
        run.pause("0.3");
        sandbox.tell("copies 1");
        RecordedRun result = run.finish(0);

        int duplicates = TARGETS.stream()
                .mapToInt(t -> result.lane(Probe.UDP, t).analysis().duplicates())
                .sum();
        assertThat(duplicates).isPositive().isEqualTo(sandbox.tell("copies 1") - before);
        assertThat(result.lanes()).allMatch(l -> l.analysis().lost() == 0);
    }

    @Test
    void a_reset_and_a_close_of_the_long_connection_are_counted_apart_and_it_opens_another() throws Exception {
        ClientRun run = new ClientRun(sandbox, csv, "--duration", "2s", "--probes", "long");
        sandbox.tell("reset");
        run.pause("0.3");
        sandbox.tell("close");
        run.pause("0.3");
        sandbox.tell("reset");
        RecordedRun result = run.finish(0);

        for (String target : TARGETS) {
            RecordedRun.Lane lane = result.lane(Probe.LONG, target);
            assertThat(lane.count("connection_resets")).isEqualTo(2);
            assertThat(lane.count("connection_closes")).isEqualTo(1);
            assertThat(lane.count("connects")).isEqualTo(4);
            Analysis a = lane.analysis();
            assertThat(a.lost()).isEqualTo(a.count(Outcome.RESET) + a.count(Outcome.CLOSED));
            assertThat(lane.samples().getLast().outcome().answered()).isTrue();
        }
    }

    @Test
    void a_client_that_was_stopped_blames_itself_and_not_the_network() throws Exception {
        ClientRun run = new ClientRun(sandbox, csv, "--duration", "2s");
        long before = System.nanoTime();
        run.signal("STOP");
        long stopped = System.nanoTime();
        run.pause("0.2");
        long going = System.nanoTime();
        run.signal("CONT");
        RecordedRun result = run.finish(0);

        for (RecordedRun.Lane lane : result.lanes()) {
            Analysis a = lane.analysis();
            assertThat(a.lost()).isZero();
            assertThat(a.outages()).isEmpty();
            Window stall = a.stalls().stream()
                    .filter(w -> w.startNanos() < going && w.endNanos() > stopped)
                    .max((x, y) -> Long.compare(x.lengthNanos(), y.lengthNanos()))
                    .orElseThrow();
            assertThat(stall.startNanos()).isBetween(before - a.intervalNanos(), stopped + a.intervalNanos());
            assertThat(stall.endNanos()).isGreaterThanOrEqualTo(going);
            assertThat((long) a.count(Outcome.SKIPPED))
                    .isGreaterThanOrEqualTo((going - stopped) / a.intervalNanos() - 1);
            assertThat(a.lateness().max()).isGreaterThan(going - stopped - a.intervalNanos());
        }
    }

    @Test
    void a_run_that_is_asked_to_stop_reports_what_it_has_and_succeeds() throws Exception {
        for (String signal : List.of("TERM", "INT")) {
            ClientRun run = new ClientRun(
                    sandbox,
                    csv,
                    "--duration",
                    "1h",
                    "--drain",
                    "200ms",
                    // A first SYN that a busy machine drops is sent again after a second: not what this is about.
                    "--warm-up",
                    "2500ms");
            run.signal(signal);
            RecordedRun result = run.finish(0);

            assertThat(result.lanes()).hasSize(6).allMatch(l -> l.analysis().answered() > 10);
            assertThat(result.lanes()).allMatch(l -> l.analysis().lost() == 0);
        }
    }

    /** One outage, and its edges within what was measured: the rule's own times, one interval, the client's lateness, the way there. */
    private static void assertOneOutage(Analysis a, Edge put, Edge taken) {
        assertThat(a.outages()).hasSize(1);
        Window outage = a.outages().getFirst();
        assertThat(outage.requests()).isEqualTo(a.lost());
        assertThat(outage.open()).isFalse();
        assertThat(outage.startNanos()).isBetween(put.beforeNanos() - slack(a), latest(put, a));
        assertThat(outage.endNanos()).isBetween(taken.beforeNanos() - slack(a), latest(taken, a));
    }

    /** A request was sent at most this long before it, or its answer, met the rule. */
    private static long slack(Analysis a) {
        return a.roundTrip().max();
    }

    /** The first request after an edge has been sent by then: the next slot, or, if the client skipped that, the one that it sent instead. */
    private static long latest(Edge edge, Analysis a) {
        return edge.afterNanos() + a.intervalNanos() + 2 * a.lateness().max();
    }
}
