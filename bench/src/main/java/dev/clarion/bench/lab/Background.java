package dev.clarion.bench.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program that runs beside the bench. Its output goes into a file, unless it is read. */
public final class Background implements AutoCloseable {
    /** Those that would stay behind if the bench itself were ended. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> RUNNING.forEach(Background::end)));
    }

    private final Process process;
    private final Path log;

    public Background(Path directory, Path log, List<String> words) {
        this(
                log,
                new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile()));
    }

    /** One whose output is read as it comes; what it complains of goes into the log. */
    public static Background read(Path directory, Path log, List<String> words) {
        return new Background(
                log, new ProcessBuilder(words).directory(directory.toFile()).redirectError(log.toFile()));
    }

    private Background(Path log, ProcessBuilder builder) {
        this.log = log;
        try {
            process = builder.start();
            RUNNING.add(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its output, of one that {@link #read} started. */
    public InputStream out() {
        return process.getInputStream();
    }

    public Path log() {
        return log;
    }

    public boolean running() {
        return process.isAlive();
    }

    /** Asks it to end, as Ctrl-C would. */
    public void interrupt() {
        end(process);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    /** Waits for its end; whether it went well. */
    public boolean ended(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        interrupt();
        ended(3);
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        RUNNING.remove(process);
    }
}
