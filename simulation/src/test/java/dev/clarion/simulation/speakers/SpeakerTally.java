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
    private long longestDisagreement;
    private int mostTraffic;

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

    /** Two that hear each other answered for one address, so long after the world last changed. */
    void disagreement(long millis) {
        longestDisagreement = Math.max(longestDisagreement, millis);
    }

    /** The most datagrams that a node sent within a second. */
    void traffic(int datagrams) {
        mostTraffic = Math.max(mostTraffic, datagrams);
    }

    /** An address went unanswered for so long after its owner died. */
    void takeover(long millis) {
        takeovers.add(millis);
    }

    /** All that another one counted. */
    void add(SpeakerTally other) {
        other.troubles.forEach((trouble, count) -> troubles.merge(trouble, count, Long::sum));
        other.runs.forEach((nodes, count) -> runs.merge(nodes, count, Integer::sum));
        takeovers.addAll(other.takeovers);
        steps += other.steps;
        checks += other.checks;
        moves += other.moves;
        longestDisagreement = Math.max(longestDisagreement, other.longestDisagreement);
        mostTraffic = Math.max(mostTraffic, other.mostTraffic);
    }

    /** Steps, checks, moves, and the longest disagreement. */
    String figures() {
        return steps + "," + checks + "," + moves + "," + longestDisagreement;
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
        text.append("; two owners at most ").append(longestDisagreement).append(" ms after the last change");
        text.append("; at most ").append(mostTraffic).append(" datagrams of a node within a second");
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
