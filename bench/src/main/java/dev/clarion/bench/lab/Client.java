package dev.clarion.bench.lab;

import dev.clarion.e2e.client.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The measuring client, at a place of the lab. Its clock is that of the bench: milliseconds since the epoch. */
public final class Client implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile("start_epoch_ms=([0-9.]+) start_monotonic_ns=(\\d+)");
    private static final int BEGIN_SECONDS = 30;

    private final Background process;
    private final Path directory;
    private double startMillis;
    private long startNanos;

    /** Starts it, and returns when it is about to measure. */
    public Client(Lab lab, String place, List<String> targets, String probes, double seconds, Path directory) {
        this.directory = directory;
        List<String> words = new ArrayList<>(lab.words(
                "exec", place, lab.root().resolve("kind-e2e/client/measure").toString()));
        targets.forEach(target -> words.addAll(List.of("--target", target)));
        words.addAll(List.of("--probes", probes, "--duration", (long) (seconds * 1e3) + "ms"));
        words.addAll(List.of("--csv", directory.toString()));
        process = new Background(lab.root(), directory.resolveSibling(directory.getFileName() + ".log"), words);
        if (!Pause.within(BEGIN_SECONDS, this::started)) {
            close();
            throw new BenchException("the measuring client did not begin; see " + process.log());
        }
    }

    private boolean started() {
        try {
            Matcher line = STARTED.matcher(Files.readString(process.log()));
            if (!line.find()) {
                return false;
            }
            startMillis = Double.parseDouble(line.group(1));
            startNanos = Long.parseLong(line.group(2));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    public double startMillis() {
        return startMillis;
    }

    public long nanos(double epochMillis) {
        return startNanos + (long) ((epochMillis - startMillis) * 1e6);
    }

    public double millis(long nanos) {
        return startMillis + (nanos - startNanos) / 1e6;
    }

    /** Ends it early; it reports all the same. */
    public void stop() {
        process.interrupt();
    }

    /** What it recorded; waits for its end. */
    public RecordedRun recorded(int seconds) throws IOException {
        process.ended(seconds);
        if (process.running() || !Files.exists(directory.resolve("summary.csv"))) {
            throw new BenchException("the measuring client could not run; see " + process.log());
        }
        return RecordedRun.read(directory);
    }

    @Override
    public void close() {
        process.close();
    }
}
