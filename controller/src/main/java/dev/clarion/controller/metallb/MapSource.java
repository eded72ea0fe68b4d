package dev.clarion.controller.metallb;

import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.MetallbConfigReader;
import dev.clarion.config.Origin;
import dev.clarion.config.Problem;
import dev.clarion.config.ProblemReason;
import dev.clarion.config.Reading;
import dev.clarion.config.Severity;
import dev.clarion.config.Source;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ObjectRef;
import dev.clarion.kube.StoredConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MetalLB's ConfigMap of old as a source of configuration. Read by the loop's thread alone. */
final class MapSource implements AutoCloseable {
    /** The key that MetalLB reads. */
    private static final String KEY = "config";

    private final ObjectKey key;
    private final MapWatch watch;
    private String version = "";
    private String uid = "";
    private @Nullable Reading reading;

    MapSource(KubernetesClient client, ObjectKey key, Runnable dirty) {
        this.key = key;
        this.watch = new MapWatch(client, key, dirty);
    }

    boolean synced() {
        return watch.synced();
    }

    /** What it says; the same object as before while nothing changed. Empty if there never was one. */
    Optional<Reading> reading(EffectiveConfig inForce) {
        Optional<StoredConfigMap> map = watch.map();
        boolean needed =
                inForce.origins().values().stream().anyMatch(origin -> origin.source() == Source.METALLB_CONFIG_MAP);
        if (map.isEmpty() && !needed) {
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
        Reading fresh = map.map(this::read).orElseGet(this::gone);
        version = now;
        uid = map.map(StoredConfigMap::uid).orElse("");
        reading = fresh;
        return Optional.of(fresh);
    }

    private Reading read(StoredConfigMap map) {
        String text = map.data().get(KEY);
        return text == null
                ? unreadable(
                        Severity.ERROR,
                        ProblemReason.MISSING_KEY,
                        "the ConfigMap has no key " + KEY + "; what was in force stays")
                : MetallbConfigReader.read(key.namespace(), key.name(), text);
    }

    private Reading gone() {
        return unreadable(
                Severity.WARNING,
                ProblemReason.SOURCE_GONE,
                "is gone; what it said stays in force. Create it again (with '{}' in key " + KEY
                        + " to remove everything), or start the controller with --metallb-configmap=none to let go");
    }

    private Reading unreadable(Severity severity, ProblemReason reason, String message) {
        Origin origin = MetallbConfigReader.origin(key.namespace(), key.name());
        return new Reading(
                Source.METALLB_CONFIG_MAP,
                new Reading.Unreadable(),
                List.of(new Problem(severity, reason, origin, "", "", 0, 0, message)));
    }

    /** The object, for events on it. */
    ObjectRef object() {
        return ObjectRef.configMap(key, uid);
    }

    @Override
    public void close() {
        watch.close();
    }
}
