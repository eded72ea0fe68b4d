package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Analysis;
import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Responder;
import dev.clarion.e2e.client.analysis.Sample;
import dev.clarion.e2e.client.analysis.Window;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** The run as CSV: a row per request, per window, and per lane. No field needs quoting. */
final class CsvReport {
    private static final String REQUESTS =
            "probe,target,seq,scheduled_ns,sent_ns,answered_ns,node,pod,outcome,duplicates\n";
    private static final String WINDOWS =
            "probe,target,kind,start_ns,end_ns,start_epoch_ms,end_epoch_ms,length_ms,at_most_ms,requests,open,client_late\n";
    private static final String SUMMARY =
            "label,probe,target,interval_ns,start_epoch_ms,start_monotonic_ns,sent,answered,lost,"
                    + "silent,refused,reset,closed,unreachable,skipped,duplicates,late,connects,connection_resets,"
                    + "connection_closes,strays,outages,outage_ms,longest_outage_ms,loss_derived_ms,rtt_p50_ms,rtt_p99_ms,"
                    + "rtt_max_ms,lateness_p50_ms,lateness_p99_ms,lateness_max_ms,stalls\n";

    private CsvReport() {}

    /** Writes the three files into this directory, which is made if missing. */
    static void write(Path directory, RunResult result) throws IOException {
        Files.createDirectories(directory);
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("requests.csv"))) {
            out.write(REQUESTS);
            for (LaneResult lane : result.lanes()) {
                for (Sample sample : lane.samples()) {
                    out.write(request(lane, sample));
                }
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("windows.csv"))) {
            out.write(WINDOWS);
            for (LaneResult lane : result.lanes()) {
                for (Window window : windows(lane.analysis())) {
                    out.write(window(lane, window, result.clock()));
                }
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("summary.csv"))) {
            out.write(SUMMARY);
            for (LaneResult lane : result.lanes()) {
                out.write(summary(lane, result));
            }
        }
    }

    private static List<Window> windows(Analysis a) {
        return Stream.of(a.outages(), a.slow(), a.stalls())
                .flatMap(List::stream)
                .toList();
    }

    private static String row(LaneResult lane, Object... fields) {
        StringJoiner row =
                new StringJoiner(",", "", "\n").add(lane.probe().label()).add(lane.target());
        for (Object field : fields) {
            row.add(field.toString());
        }
        return row.toString();
    }

    private static String request(LaneResult lane, Sample s) {
        return row(
                lane,
                s.seq(),
                s.scheduledNanos(),
                s.sentNanos(),
                s.outcome().answered() ? s.answeredNanos() : "",
                s.responder().map(Responder::node).orElse(""),
                s.responder().map(Responder::pod).orElse(""),
                name(s.outcome()),
                s.duplicates());
    }

    private static String window(LaneResult lane, Window w, Clock clock) {
        return row(
                lane,
                name(w.kind()),
                w.startNanos(),
                w.endNanos(),
                clock.epochMillis(w.startNanos()),
                clock.epochMillis(w.endNanos()),
                millis(w.lengthNanos()),
                millis(w.boundNanos()),
                w.requests(),
                w.open(),
                w.clientLate());
    }

    private static String summary(LaneResult lane, RunResult result) {
        Analysis a = lane.analysis();
        Clock clock = result.clock();
        return result.options().label()
                + ","
                + row(
                        lane,
                        a.intervalNanos(),
                        clock.epochMillis(clock.baseNanos()),
                        clock.baseNanos(),
                        a.sent(),
                        a.answered(),
                        a.lost(),
                        a.count(Outcome.LOST),
                        a.count(Outcome.REFUSED),
                        a.count(Outcome.RESET),
                        a.count(Outcome.CLOSED),
                        a.count(Outcome.UNREACHABLE),
                        a.count(Outcome.SKIPPED),
                        a.duplicates(),
                        a.count(Outcome.LATE),
                        lane.connects(),
                        lane.resets(),
                        lane.closes(),
                        lane.strays(),
                        a.outages().size(),
                        millis(a.outageNanos()),
                        millis(a.longestOutageNanos()),
                        millis(a.lossDerivedNanos()),
                        millis(a.roundTrip().p50()),
                        millis(a.roundTrip().p99()),
                        millis(a.roundTrip().max()),
                        millis(a.lateness().p50()),
                        millis(a.lateness().p99()),
                        millis(a.lateness().max()),
                        a.stalls().size());
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}
