package dev.clarion.controller;

import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServiceView;
import dev.clarion.allocation.StatusChange;
import dev.clarion.kube.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Services as they are or, where a write of ours is on its way, as they will be: so that a plan is not made twice
 * while the watch lags behind. Used by the loop's thread alone.
 */
final class ServiceBook {
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    /** The version of a Service whose write is not stored: equal to none, so that nothing is decided on it. */
    private static final String UNKNOWN = "";

    private final Map<ServiceKey, Write> writes = new HashMap<>();
    private final Map<ServiceKey, Integer> failures = new HashMap<>();
    private final Contests contests = new Contests();
    private Map<ServiceKey, WatchedService> current = Map.of();

    /** A write that the watch has not shown yet. */
    private sealed interface Write {
        StatusChange change();

        /** Handed to a writer. */
        record Sent(StatusChange change, Contests.Content content) implements Write {}

        /** Stored as this version. */
        record Stored(StatusChange change, String version) implements Write {}

        /** Failed; not tried again before a time on the loop's clock, unless the Service changes. */
        record Failed(StatusChange change, long retryAt) implements Write {}
    }

    /**
     * What the planner is to see.
     *
     * @param snapshot what the watch shows
     * @param now the loop's clock, in nanoseconds
     */
    List<ServiceView> views(Map<ObjectKey, WatchedService> snapshot, long now) {
        Map<ServiceKey, WatchedService> services = HashMap.newHashMap(snapshot.size());
        List<ServiceView> views = new ArrayList<>(snapshot.size());
        snapshot.values().forEach(service -> {
            services.put(service.view().key(), service);
            views.add(view(service.view(), now));
        });
        current = services;
        writes.keySet().removeIf(key -> !services.containsKey(key) && !(writes.get(key) instanceof Write.Sent));
        failures.keySet().removeIf(key -> !services.containsKey(key));
        contests.retain(services.keySet());
        return views;
    }

    private ServiceView view(ServiceView watched, long now) {
        Write write = writes.get(watched.key());
        if (write == null) {
            return watched;
        }
        if (!write.change().uid().equals(watched.uid())) {
            return write instanceof Write.Sent
                    ? watched.toBuilder().resourceVersion(UNKNOWN).build()
                    : forget(watched);
        }
        boolean moved = !write.change().resourceVersion().equals(watched.resourceVersion());
        return switch (write) {
            case Write.Sent sent -> watched.after(sent.change(), UNKNOWN);
            case Write.Stored stored
            when Versions.reached(watched.resourceVersion(), stored.version()) -> forget(watched);
            case Write.Stored stored -> watched.after(stored.change(), stored.version());
            case Write.Failed failed when moved || now - failed.retryAt() >= 0 -> forget(watched);
            case Write.Failed failed -> watched.after(failed.change(), UNKNOWN);
        };
    }

    private ServiceView forget(ServiceView watched) {
        writes.remove(watched.key());
        return watched;
    }

    /**
     * Whether a change may be handed to a writer: no other is on its way, the last did not just fail, and nobody keeps
     * writing over it.
     */
    boolean mayWrite(StatusChange change, Contests.Content content, long now) {
        return !change.resourceVersion().equals(UNKNOWN)
                && !writes.containsKey(change.service())
                && current.containsKey(change.service())
                && contests.allows(content, now);
    }

    /** All of them, as stored. */
    Collection<WatchedService> all() {
        return current.values();
    }

    Optional<WatchedService> find(ServiceKey key) {
        return Optional.ofNullable(current.get(key));
    }

    void sent(StatusChange change, Contests.Content content) {
        writes.put(change.service(), new Write.Sent(change, content));
    }

    /**
     * Stored as this version.
     *
     * @return where others keep writing over it, for how long it is left at that
     */
    Optional<Duration> stored(StatusChange change, String version, long now) {
        Write before = writes.put(change.service(), new Write.Stored(change, version));
        failures.remove(change.service());
        return before instanceof Write.Sent(StatusChange sent, Contests.Content content)
                ? contests.stored(content, now)
                : Optional.empty();
    }

    /** Not written, through no fault of the Service: it may be tried again at once. */
    void dropped(StatusChange change) {
        writes.remove(change.service());
    }

    /** Not written, and not tried again for a time, which is returned, or until the Service changes. */
    Duration failed(StatusChange change, long now) {
        int times = failures.merge(change.service(), 1, Integer::sum);
        Duration wait = FIRST_BACKOFF.multipliedBy(1L << Math.min(times - 1, 16));
        wait = wait.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : wait;
        writes.put(change.service(), new Write.Failed(change, now + wait.toNanos()));
        return wait;
    }

    /** When the first of those that failed is due, on the loop's clock. */
    Optional<Long> nextRetry(long now) {
        return writes.values().stream()
                .filter(Write.Failed.class::isInstance)
                .map(Write.Failed.class::cast)
                .map(Write.Failed::retryAt)
                .min((a, b) -> Long.compare(a - now, b - now));
    }

    /** Forgets all writes, for instance because another leads now. */
    void clear() {
        writes.clear();
        failures.clear();
        contests.clear();
    }
}
