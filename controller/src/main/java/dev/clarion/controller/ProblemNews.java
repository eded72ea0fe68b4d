package dev.clarion.controller;

import dev.clarion.config.Origin;
import dev.clarion.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be told of the problems of the configuration: each once, and again if it returns after it was mended. Nobody
 * reads hundreds at a time, and thousands of resources may be wrong in the same way; so what one change brings is told up
 * to a limit, and of the rest only how many they are.
 */
final class ProblemNews {
    /** Of one object at a time. */
    static final int MOST_OF_ONE = 50;
    /** Of all objects at a time. */
    static final int MOST_AT_ONCE = 200;

    private Map<Origin, Set<String>> known = Map.of();

    /**
     * One line to tell.
     *
     * @param origin the object that it is about
     * @param wrong whether something is wrong; else nothing is any more
     */
    record Line(Origin origin, boolean wrong, String text) {}

    /**
     * What one look brought.
     *
     * @param untold how many more there would be
     */
    record News(List<Line> lines, int untold) {}

    News of(List<Problem> problems) {
        Map<Origin, Set<String>> now = new LinkedHashMap<>();
        for (Problem problem : problems) {
            now.computeIfAbsent(problem.origin(), origin -> new LinkedHashSet<>())
                    .add(problem.toString());
        }
        List<Line> lines = new ArrayList<>();
        int untold = 0;
        for (Map.Entry<Origin, Set<String>> entry : now.entrySet()) {
            Set<String> before = known.getOrDefault(entry.getKey(), Set.of());
            int ofThis = 0;
            for (String text : entry.getValue()) {
                if (!before.contains(text)) {
                    if (ofThis++ < MOST_OF_ONE && lines.size() < MOST_AT_ONCE) {
                        lines.add(new Line(entry.getKey(), true, text));
                    } else {
                        untold++;
                    }
                }
            }
        }
        for (Origin origin : known.keySet()) {
            if (!now.containsKey(origin)) {
                if (lines.size() < MOST_AT_ONCE) {
                    lines.add(new Line(origin, false, "nothing is wrong any more"));
                } else {
                    untold++;
                }
            }
        }
        known = now;
        return new News(lines, untold);
    }

    /** As if nothing had been told yet. */
    void forget() {
        known = Map.of();
    }
}
