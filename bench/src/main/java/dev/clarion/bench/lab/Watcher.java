package dev.clarion.bench.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A program whose lines are read, and stamped, as they come. */
public final class Watcher implements AutoCloseable {
    /**
     * A line.
     *
     * @param at when it was read, in milliseconds since the epoch
     */
    public record Line(double at, String text) {}

    private final Background program;
    private final Predicate<String> wanted;
    private final List<Line> lines = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param log what it complains of
     * @param wanted which lines are kept
     */
    public Watcher(Path directory, Path log, List<String> words, Predicate<String> wanted) {
        this.wanted = wanted;
        program = Background.read(directory, log, words);
        Thread.ofPlatform().daemon().name("watcher").start(this::read);
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(program.out(), StandardCharsets.UTF_8), 1 << 16)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                double at = Pause.now();
                if (wanted.test(line)) {
                    add(new Line(at, line));
                }
            }
        } catch (IOException ended) {
            // It was closed.
        }
    }

    private synchronized void add(Line line) {
        lines.add(line);
        notifyAll();
    }

    public synchronized void forget() {
        lines.clear();
    }

    /** All since {@link #forget}. */
    public synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The first since {@link #forget} that is so; waits for it. */
    public synchronized Optional<Line> first(double seconds, Predicate<String> condition) {
        double end = Pause.now() + seconds * 1e3;
        while (true) {
            Optional<Line> found =
                    lines.stream().filter(line -> condition.test(line.text())).findFirst();
            double left = end - Pause.now();
            if (found.isPresent() || left <= 0) {
                return found;
            }
            try {
                wait(Math.max(1, (long) left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted");
            }
        }
    }

    /** Throws when it has ended by itself. */
    public void check() {
        if (!program.running()) {
            throw new BenchException("a watching program has ended; see " + program.log());
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
