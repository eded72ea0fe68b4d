package dev.clarion.config;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The configuration in force: what the controller publishes and every speaker reads.
 *
 * @param generation grows by one whenever {@code config} changes, and only then; from 1, or 0 for {@link #NONE}
 * @param config what is in force
 * @param kept entries that are in force in an older form, since the document has them in a bad one; the value is the
 *     generation in which that form was last what the document said
 */
public record EffectiveConfig(long generation, Config config, Map<EntryKey, Long> kept) {
    /** Nothing was ever published. */
    public static final EffectiveConfig NONE = new EffectiveConfig(0, Config.EMPTY);

    /** Throws IllegalArgumentException if two entries clash: names, pools that overlap, peers of one address. */
    public EffectiveConfig {
        Claims.refuseClashes(config);
        kept = Collections.unmodifiableMap(new TreeMap<>(kept));
    }

    /** With every entry as the document has it. */
    public EffectiveConfig(long generation, Config config) {
        this(generation, config, Map.of());
    }

    /** Empty if the entry is as the document has it, else the generation that its form is kept from. */
    public OptionalLong keptFrom(EntryKey entry) {
        Long from = kept.get(entry);
        return from == null ? OptionalLong.empty() : OptionalLong.of(from);
    }

    /**
     * What is in force once the document has been read: see {@link Publication#of}, which also tells the problems.
     *
     * @param published what was in force before; empty on a cold start
     * @param reading the document
     */
    public static EffectiveConfig next(Optional<EffectiveConfig> published, Reading reading) {
        return Publication.of(published, reading).effective();
    }
}
