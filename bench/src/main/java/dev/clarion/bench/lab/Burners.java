package dev.clarion.bench.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Busy loops, each in a session of its own, so that the scheduler does not take them for one. */
public final class Burners implements AutoCloseable {
    private final List<Background> loops = new ArrayList<>();

    public Burners(Path root, int count) {
        for (int i = 0; i < count; i++) {
            loops.add(new Background(root, Path.of("/dev/null"), List.of("setsid", "sh", "-c", "while :; do :; done")));
        }
    }

    public int count() {
        return loops.size();
    }

    @Override
    public void close() {
        loops.forEach(Background::close);
    }
}
