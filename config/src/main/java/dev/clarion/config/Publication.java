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
                Publication resolved = new Resolver(before, document).resolve();
                List<Problem> problems = new ArrayList<>(resolved.problems());
                reading.problems().stream()
                        .filter(problem -> !problem.reason().isBetweenEntries())
                        .forEach(problems::add);
                problems.sort(ConfigReader.IN_ORDER_OF_TEXT);
                yield new Publication(resolved.effective(), problems);
            }
        };
    }

    private static EffectiveConfig keepAll(EffectiveConfig before) {
        Map<EntryKey, Long> kept = new HashMap<>(before.kept());
        for (ConfigEntry entry : before.config().entries()) {
            kept.putIfAbsent(entry.key(), before.generation());
        }
        return new EffectiveConfig(before.generation(), before.config(), kept);
    }
}
