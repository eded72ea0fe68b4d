package dev.clarion.bgp.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A daemon that runs in the foreground at the router's end, and its children. */
final class Running {
    private final Process process;

    private Running(Process process) {
        this.process = process;
    }

    /** Starts it with both its streams at the end of the log. */
    static Running start(Path log, String... command) {
        try {
            return new Running(new ProcessBuilder(Segment.atRouter(List.of(command)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(new File("/dev/null"))
                    .start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    long pid() {
        return process.pid();
    }

    /** SIGTERM to the daemon, which ends its children itself. */
    void stop() {
        List<ProcessHandle> all = family();
        process.destroy();
        awaitEnd(all);
    }

    /** SIGKILL to all of it. */
    void kill() {
        List<ProcessHandle> all = family();
        all.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(all);
    }

    private List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private static void awaitEnd(List<ProcessHandle> all) {
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .join();
    }
}
