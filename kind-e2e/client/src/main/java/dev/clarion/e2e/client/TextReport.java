package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Analysis;
import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Quantiles;
import dev.clarion.e2e.client.analysis.Tenure;
import dev.clarion.e2e.client.analysis.Window;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The report that a person reads: a table, then every window, who answered, and the client's own lateness. */
final class TextReport {
    private static final int LISTED = 20;

    private final StringBuilder text = new StringBuilder();
    private final RunResult result;

    private TextReport(RunResult result) {
        this.result = result;
    }

    /** The line that says when the run starts; request 0 is due at that moment. */
    static String started(Clock clock, Options options) {
        return String.format(
                Locale.ROOT,
                "measuring label=\"%s\" start_epoch_ms=%s start_monotonic_ns=%d",
                options.label(),
                clock.epochMillis(clock.baseNanos()),
                clock.baseNanos());
    }

    static String of(RunResult result) {
        TextReport report = new TextReport(result);
        report.head();
        report.table();
        report.windows();
        report.responders();
        report.messages();
        report.own();
        return report.text.toString();
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    private void head() {
        Options options = result.options();
        line(String.format(
                Locale.ROOT,
                "%s%.3f s, a request every %s ms per probe and target, UDP port %d, TCP port %d",
                options.label().isEmpty() ? "" : options.label() + ": ",
                result.clock().seconds(result.endNanos()),
                millis(options.interval().toNanos()),
                options.udpPort(),
                options.tcpPort()));
        line("");
    }

    private void table() {
        line(String.format(
                Locale.ROOT,
                "%-39s %-8s %8s %8s %7s %5s %5s %6s %7s %10s %10s %10s  %s",
                "target",
                "probe",
                "sent",
                "answered",
                "lost",
                "dup",
                "late",
                "resets",
                "refused",
                "outage ms",
                "longest ms",
                "loss*interval",
                "round trip p50/p99/max ms"));
        for (LaneResult lane : result.lanes()) {
            Analysis a = lane.analysis();
            line(String.format(
                    Locale.ROOT,
                    "%-39s %-8s %8d %8d %7d %5d %5d %6d %7d %10s %10s %13s  %s",
                    lane.target(),
                    lane.probe().label(),
                    a.sent(),
                    a.answered(),
                    a.lost(),
                    a.duplicates(),
                    a.count(Outcome.LATE),
                    lane.resets(),
                    a.count(Outcome.REFUSED),
                    millis(a.outageNanos()),
                    millis(a.longestOutageNanos()),
                    millis(a.lossDerivedNanos()),
                    quantiles(a.roundTrip())));
        }
    }

    private void windows() {
        line("");
        line("Windows (edges in epoch milliseconds; \"at most\" counts from the last good request before)");
        boolean any = false;
        for (LaneResult lane : result.lanes()) {
            Analysis a = lane.analysis();
            List<Window> windows = Stream.concat(a.outages().stream(), a.slow().stream())
                    .sorted((x, y) -> Long.compare(x.startNanos(), y.startNanos()))
                    .toList();
            windows.stream().limit(LISTED).forEach(w -> window(lane, w));
            if (windows.size() > LISTED) {
                line(String.format(
                        Locale.ROOT,
                        "  %s %s: %d more, see windows.csv",
                        lane.target(),
                        lane.probe().label(),
                        windows.size() - LISTED));
            }
            any |= !windows.isEmpty();
        }
        if (!any) {
            line("  none: no request was lost or late");
        }
    }

    private void window(LaneResult lane, Window w) {
        line(String.format(
                Locale.ROOT,
                "  %s %s %s: %s to %s, %s ms (at most %s), %d requests, from +%.3f s%s%s",
                lane.target(),
                lane.probe().label(),
                w.kind() == Window.Kind.OUTAGE ? "out" : "slow",
                result.clock().epochMillis(w.startNanos()),
                result.clock().epochMillis(w.endNanos()),
                millis(w.lengthNanos()),
                millis(w.boundNanos()),
                w.requests(),
                result.clock().seconds(w.startNanos()),
                w.open() ? ", still so at the end" : "",
                w.clientLate() ? ", THE CLIENT ITSELF WAS LATE in it" : ""));
    }

    private void responders() {
        line("");
        line("Answered by (in the order of sending)");
        for (LaneResult lane : result.lanes()) {
            List<Tenure> tenures = lane.analysis().tenures();
            StringBuilder who = new StringBuilder();
            for (Tenure tenure : tenures.subList(0, Math.min(6, tenures.size()))) {
                who.append(String.format(
                        Locale.ROOT,
                        "%s%s from +%.3f s (%d)",
                        who.isEmpty() ? "" : ", ",
                        tenure.responder(),
                        result.clock().seconds(tenure.fromNanos()),
                        tenure.answers()));
            }
            String rest = tenures.size() > 6
                    ? String.format(
                            Locale.ROOT,
                            " and %d changes more; by node %s",
                            tenures.size() - 6,
                            lane.analysis().answersByNode())
                    : "";
            line(String.format(
                    Locale.ROOT,
                    "  %s %s: %s%s",
                    lane.target(),
                    lane.probe().label(),
                    who.isEmpty() ? "nobody" : who,
                    rest));
        }
    }

    private void messages() {
        for (LaneResult lane : result.lanes()) {
            if (lane.closes() > 0 || lane.strays() > 0) {
                line(String.format(
                        Locale.ROOT,
                        "  %s %s: %d connections closed by the other side before it had answered, %d strays",
                        lane.target(),
                        lane.probe().label(),
                        lane.closes(),
                        lane.strays()));
            }
            lane.messages()
                    .forEach((message, count) -> line(String.format(
                            Locale.ROOT,
                            "  %s %s: %d times %s",
                            lane.target(),
                            lane.probe().label(),
                            count,
                            message)));
        }
    }

    private void own() {
        line("");
        LaneResult worst = result.lanes().stream()
                .max((x, y) -> Long.compare(
                        x.analysis().lateness().max(), y.analysis().lateness().max()))
                .orElseThrow();
        line(String.format(
                Locale.ROOT,
                "The client itself was late by p50/p99/max %s ms; slots it skipped: %d",
                quantiles(worst.analysis().lateness()),
                worst.analysis().count(Outcome.SKIPPED)));
        List<Window> stalls = worst.analysis().stalls();
        for (Window stall : stalls.subList(0, Math.min(LISTED, stalls.size()))) {
            line(String.format(
                    Locale.ROOT,
                    "  late by more than 5 ms: %s to %s, %s ms, from +%.3f s",
                    result.clock().epochMillis(stall.startNanos()),
                    result.clock().epochMillis(stall.endNanos()),
                    millis(stall.lengthNanos()),
                    result.clock().seconds(stall.startNanos())));
        }
        if (stalls.size() > LISTED) {
            line(String.format(Locale.ROOT, "  %d more, see windows.csv", stalls.size() - LISTED));
        }
    }

    private static String quantiles(Quantiles q) {
        return q.count() == 0 ? "-" : fine(q.p50()) + "/" + fine(q.p99()) + "/" + fine(q.max());
    }

    private static String fine(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, nanos % 1_000_000 == 0 ? "%.0f" : "%.1f", nanos / 1e6);
    }
}
