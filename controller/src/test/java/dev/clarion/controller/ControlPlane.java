package dev.clarion.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real etcd and API server of a test's own, by the lab's verb {@code control-plane}. */
final class ControlPlane implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("clarion.root", ".."));
    /** The programs are built on the way where they are missing. */
    private static final long UP_MINUTES = 25;

    private final Path base;
    private final Path dir;

    private ControlPlane(Path base) {
        this.base = base;
        this.dir = base.resolve("control-plane");
    }

    static ControlPlane start() throws IOException {
        ControlPlane plane = new ControlPlane(Files.createTempDirectory("clarion-controller-it"));
        plane.lab("up");
        return plane;
    }

    Path kubeconfig() {
        return dir.resolve("kubeconfig");
    }

    private void lab(String verb) throws IOException {
        Path log = base.resolve(verb + ".log");
        Process lab = new ProcessBuilder(
                        ROOT.resolve("kind-e2e/lab/lab").toString(), "control-plane", verb, dir.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Process ended = lab.onExit()
                .completeOnTimeout(lab, UP_MINUTES, TimeUnit.MINUTES)
                .join();
        if (ended.isAlive() || ended.exitValue() != 0) {
            lab.destroy();
            throw new AssertionError("lab control-plane " + verb + " failed:\n" + Files.readString(log));
        }
    }

    @Override
    public void close() throws IOException {
        lab("down");
        try (Stream<Path> files = Files.walk(base)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
