package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Everything that happens to routes in the router's kernel, from when this is made: who only looks now and then may miss it. */
final class RouteChanges implements AutoCloseable {
    /** Of routes that nobody asks for: when such a one is told, all that came before it has been. */
    private static final String MARKS = "198.51.100.";

    private final Lab lab;
    private final Process monitor;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private int marks = 100;

    /** Begins; returns when it hears. */
    RouteChanges(Lab lab) {
        this.lab = lab;
        try {
            monitor = new ProcessBuilder(lab.command("exec", "router", "ip", "monitor", "route"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> monitor.inputReader().lines().forEach(lines::add));
        awaitMark();
        lines.clear();
    }

    /** What happened to the routes to these addresses so far. */
    List<String> of(List<String> addresses) {
        awaitMark();
        return lines.stream()
                .filter(line -> addresses.stream().anyMatch(address -> line.contains(address + " ")))
                .toList();
    }

    private void awaitMark() {
        String mark = MARKS + marks++;
        Await.that("the router's kernel tells of its routes", 30, () -> {
            lab.exec("router", "ip", "route", "replace", "blackhole", mark).ok();
            lab.exec("router", "ip", "route", "del", "blackhole", mark).ok();
            assertThat(lines).anyMatch(line -> line.contains(mark));
        });
    }

    @Override
    public void close() {
        monitor.destroy();
    }
}
