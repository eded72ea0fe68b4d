package dev.clarion.controller.metallb;

import dev.clarion.config.MetallbKind;
import dev.clarion.kube.ApiKind;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ReducedWatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/** The watch of one kind that the API server has. */
final class KindWatch implements AutoCloseable {
    private final MetallbKind kind;
    private final String version;
    private final boolean hasStatus;
    /** Whether the kind was there when we came; else it was installed since. */
    private final boolean ofOld;

    private final long since = System.nanoTime();
    private final ReducedWatch<WatchedResource> watch;

    KindWatch(
            KubernetesClient client,
            MetallbKind kind,
            String version,
            boolean hasStatus,
            boolean ofOld,
            Runnable dirty) {
        this.kind = kind;
        this.version = version;
        this.hasStatus = hasStatus;
        this.ofOld = ofOld;
        this.watch = ReducedWatch.of(client, apiKind())
                .start(object -> Optional.of(WatchedResource.of(kind, version, object)), dirty);
    }

    ApiKind apiKind() {
        return new ApiKind(MetallbKind.GROUP, version, kind.plural());
    }

    String version() {
        return version;
    }

    /** Whether objects have a status of their own to write to. */
    boolean hasStatus() {
        return hasStatus;
    }

    boolean isOfOld() {
        return ofOld;
    }

    /** When the watch began, on the clock of {@link System#nanoTime}. */
    long since() {
        return since;
    }

    boolean synced() {
        return watch.synced();
    }

    Map<ObjectKey, WatchedResource> snapshot() {
        return watch.snapshot();
    }

    @Override
    public void close() {
        watch.close();
    }
}
