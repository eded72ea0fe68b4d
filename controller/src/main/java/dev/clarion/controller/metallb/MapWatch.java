package dev.clarion.controller.metallb;

import dev.clarion.kube.ConfigMapStore;
import dev.clarion.kube.KubeException;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ReducedWatch;
import dev.clarion.kube.StoredConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MetalLB's ConfigMap of old. Few clusters have it, and where it is not we may not even look (its Role is a file of its
 * own), so it is asked for now and then, and watched from when it is first seen.
 */
final class MapWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MapWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final ObjectKey key;
    private final Runnable dirty;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable ReducedWatch<StoredConfigMap> watch;
    private volatile boolean asked;

    MapWatch(KubernetesClient client, ObjectKey key, Runnable dirty) {
        this.client = client;
        this.key = key;
        this.dirty = dirty;
        Thread.ofVirtual().name("metallb-configmap").start(this::run);
    }

    /** Whether what is known is all that there is to know. */
    boolean synced() {
        ReducedWatch<StoredConfigMap> running = watch;
        return asked && (running == null || running.synced());
    }

    /** The ConfigMap, if it is there. */
    Optional<StoredConfigMap> map() {
        ReducedWatch<StoredConfigMap> running = watch;
        return running == null
                ? Optional.empty()
                : Optional.ofNullable(running.snapshot().get(key));
    }

    private void run() {
        ConfigMapStore store = new ConfigMapStore(client, key.namespace());
        boolean told = false;
        try {
            do {
                boolean first = !asked;
                try {
                    boolean there = store.get(key.name()).isPresent();
                    asked = true;
                    if (there) {
                        watch = ReducedWatch.of(client, ConfigMap.class)
                                .inNamespace(key.namespace())
                                .named(key.name())
                                .start(map -> Optional.of(stored(map)), dirty);
                        return;
                    }
                } catch (KubeException refused) {
                    asked = true;
                    if (!told) {
                        LOG.atInfo()
                                .addKeyValue("configmap", key)
                                .addKeyValue("why", refused.getMessage())
                                .log("MetalLB's ConfigMap is not read; if there is one, apply metallb-configmap.yaml");
                    }
                    told = true;
                }
                if (first) {
                    dirty.run();
                }
            } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static StoredConfigMap stored(ConfigMap map) {
        ObjectMeta meta = map.getMetadata();
        return new StoredConfigMap(
                meta.getName(),
                meta.getUid(),
                meta.getResourceVersion(),
                Map.of(),
                map.getData() == null ? Map.of() : map.getData());
    }

    @Override
    public void close() {
        stop.countDown();
        ReducedWatch<StoredConfigMap> running = watch;
        if (running != null) {
            running.close();
        }
    }
}
