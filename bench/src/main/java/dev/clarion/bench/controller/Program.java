package dev.clarion.bench.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A controller process, as {@code make dist} made it. */
final class Program implements AutoCloseable {
    private final Process process;
    final long started = System.nanoTime();
    final Path log;

    Program(Path root, Path kubeconfig, Path log) throws IOException {
        this.log = log;
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        root.resolve("dist/bin/clarion-controller").toString(),
                        "--kubeconfig",
                        kubeconfig.toString(),
                        "--namespace",
                        "clarion-system",
                        "--listen-address",
                        "127.0.0.1",
                        "--probe-port",
                        "0",
                        "--metrics-port",
                        "0"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // The limit that the manifest gives its container: what the heap is measured by.
        builder.environment().merge("CLARION_JAVA_OPTS", "-XX:MaxRAM=320m", (own, limit) -> limit + " " + own);
        process = builder.start();
    }

    /** Memory in MB, by the name that {@code /proc/PID/status} has for it. */
    double memory(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElseThrow(() -> new IOException("the controller is not running; see " + log));
    }

    /** Processor time since its start, in s. */
    double processor() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    boolean said(String words) throws IOException {
        return Files.readString(log).contains(words);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
