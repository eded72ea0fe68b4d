package dev.clarion.config;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A {@link ClaimIndex} for each list: a pool and a peer may well have an address in common. */
final class ClaimTable<T> {
    private final Map<Section, ClaimIndex<T>> bySection = new EnumMap<>(Section.class);

    ClaimTable() {
        for (Section section : Section.values()) {
            bySection.put(section, new ClaimIndex<>());
        }
    }

    ClaimIndex<T> of(Section section) {
        return Objects.requireNonNull(bySection.get(section));
    }
}
