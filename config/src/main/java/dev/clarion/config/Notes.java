package dev.clarion.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is noted while one entry is read: what is wrong with it, and where its parts are. */
final class Notes {
    private final Reading.Place place;
    private final List<Problem> problems;
    private final Map<String, Position> spots = new HashMap<>();
    private final boolean anyName;
    private boolean bad;

    /** @param anyName whether names need not follow our own rules, since another source has them */
    Notes(Reading.Place place, boolean anyName, List<Problem> problems) {
        this.place = place;
        this.anyName = anyName;
        this.problems = problems;
    }

    /** The rule for names that our own form has this rule for. */
    NameRule rule(NameRule ours) {
        return anyName ? NameRule.ANY : ours;
    }

    Reading.Place place() {
        return place;
    }

    /** Remembers where a part of the entry is, for problems that show only beside other entries. */
    void remember(String path, Position at) {
        spots.put(path, at);
    }

    void error(ProblemReason reason, Position at, String path, String message) {
        bad = true;
        problems.add(place.problem(Severity.ERROR, reason, at, path, message));
    }

    void warning(ProblemReason reason, Position at, String path, String message) {
        problems.add(place.problem(Severity.WARNING, reason, at, path, message));
    }

    boolean isBad() {
        return bad;
    }

    Map<String, Position> spots() {
        return spots;
    }
}
