package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.e2e.client.RecordedRun;
import dev.clarion.e2e.client.analysis.Analysis;
import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Probe;
import dev.clarion.e2e.client.analysis.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The measuring client at {@code near} or {@code far}, beside what happens meanwhile. */
final class Measured implements AutoCloseable {
    private static final int LONGEST_SECONDS = 300;

    private final Process client;
    private final Path csv;

    /** Starts it; returns when it measures. It goes on until {@link #ended}. */
    Measured(Lab lab, String place, List<String> addresses, String probes, Path csv) {
        this.csv = csv;
        List<String> words = new ArrayList<>(lab.command(
                "exec", place, lab.root().resolve("kind-e2e/client/measure").toString()));
        addresses.forEach(address -> words.addAll(List.of("--target", address)));
        // A backend that waits for a processor while a JVM starts beside it answers late; that is no loss. Where the
        // network loses
        // something, UDP shows it, which nobody sends again.
        words.addAll(List.of("--timeout", "3s", "--probes", probes));
        words.addAll(List.of("--duration", LONGEST_SECONDS + "s", "--csv", csv.toString()));
        try {
            client = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var out = client.inputReader();
            String line = out.readLine();
            while (line != null && !line.contains("start_epoch_ms")) {
                line = out.readLine();
            }
            assertThat(line).as("the measuring client began").isNotNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What follows is one report at the end; read by nobody, it fits the pipe.
    }

    /** Ends it; what it measured. */
    RecordedRun ended() {
        try {
            client.destroy();
            assertThat(client.waitFor(60, TimeUnit.SECONDS))
                    .as("the measuring client ended")
                    .isTrue();
            return RecordedRun.read(csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Fails if a request of the probe was lost, unless the client itself was late then, which says nothing about the network. */
    static void nothingLost(RecordedRun run, Probe probe, List<String> addresses) {
        for (String address : addresses) {
            Analysis analysis = run.lane(probe, address).analysis();
            assertThat(analysis.answered()).as("answered at " + address).isPositive();
            assertThat(analysis.outages().stream().filter(outage -> !outage.clientLate()))
                    .as(
                            "stretches of requests lost (%s) at %s: %s",
                            probe.label(), address, failed(run, probe, address))
                    .isEmpty();
        }
    }

    private static List<Sample> failed(RecordedRun run, Probe probe, String address) {
        return run.lane(probe, address).samples().stream()
                .filter(sample -> sample.outcome().failed())
                .limit(10)
                .toList();
    }

    /** Fails if the connection that is kept was ever broken. */
    static void noConnectionBroken(RecordedRun run, List<String> addresses) {
        for (String address : addresses) {
            RecordedRun.Lane lane = run.lane(Probe.LONG, address);
            assertThat(lane.count("connection_resets") + lane.count("connection_closes"))
                    .as("breaks of the long-lived connection to " + address)
                    .isZero();
        }
    }

    /** Fails if any request was lost that was sent after this moment ({@link System#nanoTime}). */
    static void answeredSince(RecordedRun run, long nanos, List<String> addresses) {
        for (String address : addresses) {
            List<Sample> since = run.lane(Probe.UDP, address).samples().stream()
                    .filter(sample -> sample.sentNanos() >= nanos && sample.outcome() != Outcome.SKIPPED)
                    .toList();
            assertThat(since).as("requests since then to " + address).isNotEmpty();
            assertThat(since.stream().filter(sample -> sample.outcome().failed()))
                    .as("requests lost since then at " + address)
                    .isEmpty();
        }
    }

    @Override
    public void close() {
        client.descendants().forEach(ProcessHandle::destroyForcibly);
        client.destroyForcibly();
    }
}
