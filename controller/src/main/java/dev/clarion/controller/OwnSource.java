package dev.clarion.controller;

import dev.clarion.config.ConfigReader;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.Names;
import dev.clarion.config.Origin;
import dev.clarion.config.Problem;
import dev.clarion.config.ProblemReason;
import dev.clarion.config.Reading;
import dev.clarion.config.Severity;
import dev.clarion.config.Source;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ObjectRef;
import dev.clarion.kube.StoredConfigMap;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ConfigMap {@code clarion} as a source of configuration. Read by the loop's thread alone. */
final class OwnSource {
    private final String namespace;
    private String version = "";
    private String uid = "";
    private @Nullable Reading reading;

    OwnSource(String namespace) {
        this.namespace = namespace;
    }

    /** What it says; the same object as before while nothing changed. Empty if there is none and never was. */
    Optional<Reading> reading(Collection<OwnMap> watched, EffectiveConfig inForce) {
        Optional<StoredConfigMap> map = watched.stream()
                .filter(OwnMap.Source.class::isInstance)
                .map(OwnMap::stored)
                .findFirst();
        if (map.isEmpty() && !isNeeded(inForce)) {
            version = "";
            reading = null;
            return Optional.empty();
        }
        String now =
                map.map(there -> there.uid() + "@" + there.resourceVersion()).orElse("none");
        Reading before = reading;
        if (before != null && now.equals(version)) {
            return Optional.of(before);
        }
        Reading fresh = map.map(OwnSource::read).orElseGet(() -> gone(inForce));
        version = now;
        uid = map.map(StoredConfigMap::uid).orElse("");
        reading = fresh;
        return Optional.of(fresh);
    }

    private static boolean isNeeded(EffectiveConfig inForce) {
        return inForce.config().entries().stream()
                .anyMatch(entry -> inForce.origin(entry.key()).source() == Source.CONFIG_MAP);
    }

    private static Reading read(StoredConfigMap map) {
        String text = map.data().get(Names.CONFIG_KEY);
        return text == null
                ? unreadable(
                        Severity.ERROR,
                        ProblemReason.MISSING_KEY,
                        "the ConfigMap has no key " + Names.CONFIG_KEY + "; what was in force stays")
                : ConfigReader.read(text);
    }

    private static Reading gone(EffectiveConfig inForce) {
        return unreadable(
                Severity.WARNING,
                ProblemReason.SOURCE_GONE,
                "ConfigMap " + Names.CONFIG_MAP + " is gone; what it said in generation " + inForce.generation()
                        + " stays in force. Create it again, or with empty lists to remove everything.");
    }

    private static Reading unreadable(Severity severity, ProblemReason reason, String message) {
        return new Reading(
                Source.CONFIG_MAP,
                new Reading.Unreadable(),
                List.of(new Problem(severity, reason, Origin.CONFIG_MAP, "", "", 0, 0, message)));
    }

    /** The object, for events on it. */
    ObjectRef object() {
        return ObjectRef.configMap(new ObjectKey(namespace, Names.CONFIG_MAP), uid);
    }
}
