package dev.clarion.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that was run to its end. */
public record Command(List<String> words, int code, String out) {
    private static final int LIMIT_SECONDS = 300;

    /** Runs it; what it says on either output is kept. */
    public static Command run(Path directory, List<String> words) {
        return run(directory, words, "");
    }

    public static Command run(Path directory, List<String> words, String input) {
        try {
            Process process = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new BenchException("does not end: " + String.join(" ", words));
            }
            return new Command(words, process.exitValue(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }

    /** What it said, where it must have succeeded. */
    public String ok() {
        if (code != 0) {
            throw new BenchException("exit code " + code + " of: " + String.join(" ", words) + "\n" + out);
        }
        return out;
    }
}
