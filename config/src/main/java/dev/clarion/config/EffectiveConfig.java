package dev.clarion.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The configuration in force: what the controller publishes and every speaker reads.
 *
 * @param generation grows by one whenever {@code config} changes, and only then; from 1, or 0 for {@link #NONE}
 * @param config what is in force
 * @param kept entries that are in force in an older form, since their source has them in a bad one; the value is the
 *     generation in which that form was last what the source said
 * @param origins where entries come from; those that are missing here come from {@link Origin#CONFIG_MAP}
 */
public record EffectiveConfig(long generation, Config config, Map<EntryKey, Long> kept, Map<EntryKey, Origin> origins) {
    /** Nothing was ever published. */
    public static final EffectiveConfig NONE = new EffectiveConfig(0, Config.EMPTY);

    /**
     * Throws IllegalArgumentException if entries clash (names, pools that overlap, peers of one address, and so on), or
     * one names a BFD profile or community that is not there.
     */
    public EffectiveConfig {
        Clashes.refuse(config);
        kept = Collections.unmodifiableMap(new TreeMap<>(kept));
        origins = onlyOthers(config, origins);
    }

    /** With every entry as our own ConfigMap has it. */
    public EffectiveConfig(long generation, Config config) {
        this(generation, config, Map.of());
    }

    /** With every entry from our own ConfigMap. */
    public EffectiveConfig(long generation, Config config, Map<EntryKey, Long> kept) {
        this(generation, config, kept, Map.of());
    }

    private static Map<EntryKey, Origin> onlyOthers(Config config, Map<EntryKey, Origin> origins) {
        Set<EntryKey> there = new HashSet<>();
        config.entries().forEach(entry -> there.add(entry.key()));
        Map<EntryKey, Origin> others = new HashMap<>(origins);
        others.keySet().retainAll(there);
        others.values().removeIf(Origin.CONFIG_MAP::equals);
        return Collections.unmodifiableMap(new TreeMap<>(others));
    }

    /** Empty if the entry is as its source has it, else the generation that its form is kept from. */
    public OptionalLong keptFrom(EntryKey entry) {
        Long from = kept.get(entry);
        return from == null ? OptionalLong.empty() : OptionalLong.of(from);
    }

    /** Where the form of the entry that is in force comes from. */
    public Origin origin(EntryKey entry) {
        return origins.getOrDefault(entry, Origin.CONFIG_MAP);
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
