package dev.clarion.simulation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What happened in all runs together. */
final class Tally {
    private final Map<Mishap, Long> mishaps = new EnumMap<>(Mishap.class);
    private long runs;
    private long steps;
    private long checks;

    void add(Mishap mishap) {
        mishaps.merge(mishap, 1L, Long::sum);
    }

    void run() {
        runs++;
    }

    void step() {
        steps++;
    }

    void check() {
        checks++;
    }

    long of(Mishap mishap) {
        return mishaps.getOrDefault(mishap, 0L);
    }

    String summary(long firstSeed, long lastSeed) {
        StringBuilder text = new StringBuilder(
                "allocation simulation: " + runs + " runs, " + steps + " steps, " + checks + " checks of "
                        + Invariants.COUNT + " invariants, seeds " + firstSeed + " to " + lastSeed + "; faults:");
        mishaps.forEach((mishap, count) -> text.append(' ')
                .append(mishap.name().toLowerCase(Locale.ROOT))
                .append('=')
                .append(count));
        return text.toString();
    }
}
