package dev.clarion.bgp.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    /** SIGKILL to all of it, before one part can say goodbye since another is gone. */
    void kill() {
        List<ProcessHandle> all = family();
        Shell.ask(Stream.concat(Stream.of("kill", "-STOP"), all.stream().map(one -> String.valueOf(one.pid())))
                .toArray(String[]::new));
        all.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(all);
    }

    private List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Orphans become children of this process, the first one of the sandbox, which never asks how they ended. */
    private static void awaitEnd(List<ProcessHandle> all) {
        Bench.soon()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> all.stream().noneMatch(one -> runs(one.pid())));
    }

    /** Whether there is such a process that is no zombie (proc(5): the state follows the name in parentheses). */
    private static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            String state = stat.substring(stat.lastIndexOf(')') + 1).strip();
            return !state.startsWith("Z") && !state.startsWith("X");
        } catch (IOException gone) {
            return false;
        }
    }
}
