package dev.clarion.simulation.speakers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What happened in all runs together. */
final class SpeakerTally {
    private final Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
    private final Map<Integer, Integer> runs = new TreeMap<>();
    private final List<Long> takeovers = new ArrayList<>();
    private long steps;
    private long checks;
    private long moves;

    void add(Trouble trouble) {
        troubles.merge(trouble, 1L, Long::sum);
    }

    long of(Trouble trouble) {
        return troubles.getOrDefault(trouble, 0L);
    }

    void run(int nodes) {
        runs.merge(nodes, 1, Integer::sum);
    }

    void step() {
        steps++;
    }

    void check() {
        checks++;
    }

    void move() {
        moves++;
    }

    /** An address went unanswered for so long after its owner died. */
    void takeover(long millis) {
        takeovers.add(millis);
    }

    String summary(long first, long last) {
        StringBuilder text = new StringBuilder("speaker simulation: "
                + runs.values().stream().mapToInt(Integer::intValue).sum()
                + " runs (nodes: runs) " + runs + ", " + steps + " steps, " + checks + " checks of " + Rules.COUNT
                + " rules, " + moves + " changes of owner, seeds " + first + " to " + last + "; faults:");
        troubles.forEach((trouble, count) -> text.append(' ')
                .append(trouble.name().toLowerCase(Locale.ROOT))
                .append('=')
                .append(count));
        if (!takeovers.isEmpty()) {
            Collections.sort(takeovers);
            text.append("; unanswered after a death, ms: p50=")
                    .append(takeovers.get(takeovers.size() / 2))
                    .append(" p99=")
                    .append(takeovers.get(takeovers.size() * 99 / 100))
                    .append(" max=")
                    .append(takeovers.getLast())
                    .append(" n=")
                    .append(takeovers.size());
        }
        return text.toString();
    }
}
