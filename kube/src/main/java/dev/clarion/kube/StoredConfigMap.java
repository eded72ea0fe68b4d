package dev.clarion.kube;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A ConfigMap as it was read or written.
 *
 * @param name its name
 * @param uid its UID
 * @param resourceVersion the version that {@link ConfigMapStore#compareAndSwap} insists on
 * @param labels its labels, in order
 * @param data its data, in order
 */
public record StoredConfigMap(
        String name, String uid, String resourceVersion, Map<String, String> labels, Map<String, String> data) {
    public StoredConfigMap {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        data = Collections.unmodifiableMap(new TreeMap<>(data));
    }
}
