package dev.clarion.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What comes of a document when something may already be in force.
 *
 * @param effective what is in force now
 * @param problems everything that is wrong, also where entries clash with what stays in force, in the order of the text
 */
public record Publication(EffectiveConfig effective, List<Problem> problems) {

    /** Two are usual; more are for documents that nobody writes by hand. */
    private static final int MOST_PASSES = 16;

    public Publication {
        problems = List.copyOf(problems);
    }

    /**
     * Brings a document into force, one entry at a time. An entry that is as published stays. A bad one keeps its
     * published form, or is out if it has none. A good one takes effect unless it clashes with one of those, or with a
     * changed one that stands before it in the document; then it counts as bad. An entry that is gone from the document
     * is gone, except while a name in its list cannot be read. A document that cannot be read at all changes nothing.
     *
     * @param published what was in force before; empty on a cold start
     */
    public static Publication of(Optional<EffectiveConfig> published, Reading reading) {
        EffectiveConfig before = published.orElse(EffectiveConfig.NONE);
        return switch (reading.outcome()) {
            case Reading.Unreadable() -> new Publication(keepAll(before), reading.problems());
            case Reading.Document document -> {
                Publication resolved = settle(before, document);
                List<Problem> problems = new ArrayList<>(resolved.problems());
                reading.problems().stream()
                        .filter(problem -> !problem.reason().isBetweenEntries())
                        .forEach(problems::add);
                problems.sort(ConfigReader.IN_ORDER_OF_TEXT);
                yield new Publication(resolved.effective(), problems);
            }
        };
    }

    /**
     * Resolves until the same document changes nothing any more: an entry that was out because of another one may fit
     * once that one is out too. What is as the document wants it stays so from pass to pass, so this comes to an end.
     */
    static Publication settle(EffectiveConfig before, Reading.Document document) {
        Publication last = new Resolver(before, document).resolve();
        for (int pass = 1; pass < MOST_PASSES && last.hasClash(); pass++) {
            Publication next = new Resolver(last.effective, document).resolve();
            if (next.effective.config().equals(last.effective.config())) {
                break;
            }
            last = next;
        }
        Config config = last.effective.config();
        long generation = before.generation() + (config.equals(before.config()) ? 0 : 1);
        return new Publication(new EffectiveConfig(generation, config, last.effective.kept()), last.problems);
    }

    private boolean hasClash() {
        return problems.stream()
                .map(Problem::reason)
                .anyMatch(reason -> reason == ProblemReason.OVERLAP || reason == ProblemReason.SAME_PEER_ADDRESS);
    }

    private static EffectiveConfig keepAll(EffectiveConfig before) {
        Map<EntryKey, Long> kept = new HashMap<>(before.kept());
        for (ConfigEntry entry : before.config().entries()) {
            kept.putIfAbsent(entry.key(), before.generation());
        }
        return new EffectiveConfig(before.generation(), before.config(), kept);
    }
}
