package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What comes of the sources when something may already be in force.
 *
 * @param effective what is in force now
 * @param problems everything that is wrong, also where entries clash with what stays in force; source by source, in
 *     the order of the text
 */
public record Publication(EffectiveConfig effective, List<Problem> problems) {

    /** Two are usual; more are for documents that nobody writes by hand. */
    private static final int MOST_PASSES = 16;

    public Publication {
        problems = List.copyOf(problems);
    }

    /** As {@link #of(Optional, List, Surroundings)} with our own ConfigMap alone. */
    public static Publication of(Optional<EffectiveConfig> published, Reading reading) {
        return of(published, List.of(reading), Surroundings.UNKNOWN);
    }

    /** As {@link #of(Optional, List, Surroundings)}, not knowing the cluster. */
    public static Publication of(Optional<EffectiveConfig> published, List<Reading> readings) {
        return of(published, readings, Surroundings.UNKNOWN);
    }

    /**
     * Brings what the sources say into force, one entry at a time. An entry that is as published stays. A bad one keeps
     * its published form, or is out if it has none. A good one takes effect unless it clashes with one of those, or
     * with a changed one that stands before it (pools before advertisements); then it counts as bad. So does one that
     * names a BFD profile or community that is not there. An entry that is gone from its source is gone, except while a
     * name in its list cannot be read, or while an entry in force needs it. A source that cannot be read at all changes
     * none of its entries. A name that two sources have belongs to the earlier of them in the order of {@link Source};
     * a source that is not among the readings has no entries.
     *
     * @param published what was in force before; empty on a cold start
     * @param readings what each source says, at most one of each
     * @param surroundings addresses that pools are warned of
     */
    public static Publication of(
            Optional<EffectiveConfig> published, List<Reading> readings, Surroundings surroundings) {
        EffectiveConfig before = published.orElse(EffectiveConfig.NONE);
        Publication settled = settle(before, readings);
        List<Problem> problems = new ArrayList<>(settled.problems());
        for (Reading reading : readings) {
            reading.problems().stream()
                    .filter(problem -> !problem.reason().isBetweenEntries())
                    .forEach(problems::add);
        }
        problems.addAll(new Outlook(settled.effective, surroundings).problems(readings));
        problems.sort(Problem.IN_ORDER);
        return new Publication(settled.effective, problems);
    }

    /**
     * Resolves until the same document changes nothing any more: an entry that was out because of another one may fit
     * once that one is out too. What is as the document wants it stays so from pass to pass, so this comes to an end.
     */
    static Publication settle(EffectiveConfig before, List<Reading> readings) {
        Publication last = new Resolver(before, readings).resolve();
        for (int pass = 1; pass < MOST_PASSES && last.hasClash(); pass++) {
            Publication next = new Resolver(last.effective, readings).resolve();
            if (next.effective.config().equals(last.effective.config())) {
                break;
            }
            last = next;
        }
        EffectiveConfig effective = last.effective;
        boolean same = effective.config().equals(before.config());
        long generation = before.generation() + (same ? 0 : 1);
        return new Publication(
                new EffectiveConfig(generation, effective.config(), effective.kept(), effective.origins()),
                last.problems);
    }

    /** Whether an entry is out because of another one. */
    private boolean hasClash() {
        return problems.stream()
                .anyMatch(problem ->
                        problem.severity() == Severity.ERROR && problem.reason().isBetweenEntries());
    }
}
