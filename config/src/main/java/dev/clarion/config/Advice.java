package dev.clarion.config;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Guesses which entry a name was meant to be; only so many times, since each guess looks at every name of a list. */
final class Advice {
    private static final int MOST_GUESSES = 50;
    private static final int MOST_NAMES = 1_000;

    private final Collection<EntryKey> known;
    private final Map<Section, List<String>> names = new EnumMap<>(Section.class);
    private int guesses;

    Advice(Collection<EntryKey> known) {
        this.known = known;
    }

    /** {@code "; did you mean 'x'?"}, or nothing. */
    String on(Section section, String name) {
        guesses++;
        return guesses > MOST_GUESSES ? "" : Suggestion.advice(name, names.computeIfAbsent(section, this::names));
    }

    private List<String> names(Section section) {
        return known.stream()
                .filter(key -> key.section() == section)
                .map(EntryKey::name)
                .sorted()
                .limit(MOST_NAMES)
                .toList();
    }
}
