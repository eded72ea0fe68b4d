package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The objects of one kind, each reduced to a small record the moment it arrives; nothing else of it is kept. Lists in
 * pages, then watches with bookmarks, and lists again when the server says that its history is gone. While the API
 * server is away the last snapshot stays, and {@link #connected} says so; the first new try is made at once, later ones
 * after a random time of up to 30 s.
 *
 * <pre>{@code
 * ReducedWatch<Svc> services = ReducedWatch.of(client, Service.class).start(Svc::from, loop::wake);
 * ReducedWatch<Text> config = ReducedWatch.of(client, ConfigMap.class).inNamespace(ns).named("clarion").start(...);
 * }</pre>
 *
 * @param <R> the record; its {@code equals} decides what counts as a change
 */
public final class ReducedWatch<R> implements AutoCloseable {
    private final WatchLoop<?, R> loop;

    private ReducedWatch(WatchLoop<?, R> loop) {
        this.loop = loop;
    }

    /** All objects of a kind, in all namespaces, until narrowed. */
    public static <T extends HasMetadata> Selection<T> of(KubernetesClient client, Class<T> type) {
        return new Selection<>(client, new WatchScope<>(type, "", Optional.empty(), Optional.empty()));
    }

    /** All objects of a kind that the client library has no class for, in all namespaces, until narrowed. */
    public static Selection<GenericKubernetesResource> of(KubernetesClient client, ApiKind kind) {
        return new Selection<>(
                client,
                new WatchScope<>(GenericKubernetesResource.class, kind, "", Optional.empty(), Optional.empty()));
    }

    /** Which objects to watch. Immutable: each method returns a narrower selection. */
    public static final class Selection<T extends HasMetadata> {
        private final KubernetesClient client;
        private final WatchScope<T> scope;

        private Selection(KubernetesClient client, WatchScope<T> scope) {
            this.client = client;
            this.scope = scope;
        }

        public Selection<T> inNamespace(String namespace) {
            return new Selection<>(client, scope.in(namespace));
        }

        /** Only the object of this name; RBAC rules with {@code resourceNames} allow such a watch. */
        public Selection<T> named(String name) {
            return new Selection<>(client, scope.named(name));
        }

        /** Only objects that the label selector fits, for instance {@code clarion.dev/part=ledger}. */
        public Selection<T> labelled(String selector) {
            return new Selection<>(client, scope.labelled(selector));
        }

        /**
         * Starts listing and watching on a thread of its own, and returns at once.
         *
         * @param reduce from the object to what is kept of it; empty means that nothing is. If it throws, what was last
         *     known of the object stays.
         * @param dirty called after the snapshot changed, and once after the first list; must not block
         */
        public <R> ReducedWatch<R> start(Function<T, Optional<R>> reduce, Runnable dirty) {
            WatchLoop<T, R> loop = new WatchLoop<>(new ApiCalls(client), scope, reduce, dirty);
            Thread.ofVirtual().name("watch-" + scope.what()).start(loop);
            return new ReducedWatch<>(loop);
        }
    }

    /** What is known now, by key. Immutable, and never half of a list. Empty until {@link #synced}. */
    public Map<ObjectKey, R> snapshot() {
        return loop.state().snapshot();
    }

    /** Whether a first list has arrived. Stays true while the API server is away. */
    public boolean synced() {
        return loop.synced();
    }

    /** Whether a watch is open now. */
    public boolean connected() {
        return loop.connected();
    }

    /** How often it has listed: once at the start, and again whenever the server had forgotten where we were. */
    public long lists() {
        return loop.lists();
    }

    /** Since the server last sent anything on this watch: a list, an event, or a bookmark (one per minute). */
    public Duration sinceLastEvent() {
        return loop.sinceLastEvent();
    }

    /** Stops watching; the snapshot stays readable. */
    @Override
    public void close() {
        loop.stop();
    }
}
