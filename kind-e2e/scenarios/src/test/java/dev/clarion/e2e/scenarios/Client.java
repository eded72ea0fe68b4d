package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.e2e.client.RecordedRun;
import dev.clarion.e2e.client.analysis.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The measuring client at near, beside a test: it counts what it lost. */
final class Client implements AutoCloseable {
    /** Longer than any test; a run ends when it is told to. */
    private static final String AT_MOST = "5m";

    private final Process process;
    private final Path csv;

    private Client(Process process, Path csv) {
        this.process = process;
        this.csv = csv;
    }

    /** Starts it; returns when it measures. */
    static Client start(Lab lab, Path csv, List<String> addresses, List<Probe> probes) throws IOException {
        List<String> words = new ArrayList<>(lab.command(
                "exec",
                "near",
                lab.root().resolve("kind-e2e/client/measure").toString(),
                "--probes",
                probes.stream().map(Probe::label).collect(Collectors.joining(",")),
                "--duration",
                AT_MOST,
                "--csv",
                csv.toString()));
        for (String address : addresses) {
            words.addAll(List.of("--target", address));
        }
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.contains("start_epoch_ms")) {
            line = out.readLine();
        }
        assertThat(line).as("the measuring client began").isNotNull();
        // What follows is one report at the end; read by nobody, it fits the pipe.
        return new Client(process, csv);
    }

    /** Ends the run, and says what it found. */
    RecordedRun end() throws IOException, InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the measuring client gave its report")
                .isTrue();
        return RecordedRun.read(csv);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
