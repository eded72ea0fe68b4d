package dev.clarion.controller.metallb;

import dev.clarion.config.MetallbKind;
import dev.clarion.config.MetallbResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a resource.
 *
 * @param uid its UID
 * @param resource what it says
 * @param counters the numbers in its status, by name
 */
record WatchedResource(String uid, MetallbResource resource, Map<String, Long> counters) {
    WatchedResource {
        counters = Map.copyOf(counters);
    }

    static WatchedResource of(MetallbKind kind, String version, GenericKubernetesResource object) {
        ObjectMeta meta = object.getMetadata();
        Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
        return new WatchedResource(
                meta.getUid(),
                new MetallbResource(
                        kind,
                        version,
                        meta.getNamespace() == null ? "" : meta.getNamespace(),
                        meta.getName(),
                        labels,
                        mapping(object.getAdditionalProperties().get("spec"))),
                numbers(mapping(object.getAdditionalProperties().get("status"))));
    }

    private static Map<String, Object> mapping(@Nullable Object value) {
        Map<String, Object> mapping = new HashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> mapping.put(String.valueOf(key), item));
        }
        return mapping;
    }

    private static Map<String, Long> numbers(Map<String, Object> status) {
        Map<String, Long> numbers = new HashMap<>();
        status.forEach((name, value) -> {
            if (value instanceof Number number) {
                numbers.put(name, number.longValue());
            }
        });
        return numbers;
    }
}
