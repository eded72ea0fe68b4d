package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.wire.BfdState;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers what an engine told, and when. */
final class Recorder implements BfdListener {
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Map<String, BfdProblem> problems = new ConcurrentHashMap<>();

    record Seen(long nanos, String key, Change change) {}

    @Override
    public void changed(String key, Change change) {
        seen.add(new Seen(System.nanoTime(), key, change));
    }

    @Override
    public void problem(String key, BfdProblem problem, String detail) {
        problems.put(key, problem);
    }

    @Override
    public void solved(String key, BfdProblem problem) {
        problems.remove(key, problem);
    }

    Map<String, BfdProblem> problems() {
        return problems;
    }

    List<Seen> of(String key) {
        return seen.stream().filter(one -> one.key().equals(key)).toList();
    }

    /** The latest change of a session. */
    Seen last(String key) {
        return of(key).getLast();
    }

    /** How often a session left UP. */
    long downs(String key) {
        return of(key).stream()
                .filter(one -> one.change().from() == BfdState.UP)
                .count();
    }

    void forget() {
        seen.clear();
    }

    @Override
    public String toString() {
        return seen + ", problems " + problems;
    }
}
