package dev.clarion.e2e.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a command did. Its output goes through files, so that a command that leaves a child behind does not hold us. */
record Ran(List<String> command, int code, String out, String err) {
    static Ran run(Path directory, Duration limit, String input, List<String> command) {
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory("scenarios");
            Path in = Files.writeString(scratch.resolve("in"), input);
            Path out = scratch.resolve("out");
            Path err = scratch.resolve("err");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                return new Ran(command, 124, text(out), text(err) + "\n(ended after " + limit.toSeconds() + " s)");
            }
            return new Ran(command, process.exitValue(), text(out), text(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while it ran: " + command, e);
        } finally {
            sweep(scratch);
        }
    }

    /** What it printed, where it must have succeeded. */
    String ok() {
        if (code != 0) {
            throw new AssertionError("exit code " + code + " of: " + String.join(" ", command) + "\n" + out + err);
        }
        return out;
    }

    boolean good() {
        return code == 0;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), UTF_8);
    }

    private static void sweep(@org.jspecify.annotations.Nullable Path scratch) {
        if (scratch == null) {
            return;
        }
        for (String name : List.of("in", "out", "err", ".")) {
            try {
                Files.deleteIfExists(scratch.resolve(name).normalize());
            } catch (IOException left) {
                System.err.println("left behind: " + left.getMessage());
            }
        }
    }
}
