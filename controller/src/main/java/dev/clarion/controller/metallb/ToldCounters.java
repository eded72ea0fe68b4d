package dev.clarion.controller.metallb;

import dev.clarion.kube.ObjectKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which counters have been written already. The definitions of MetalLB 0.13 and 0.14 have no such fields: the API server
 * takes the write and drops them, so that what is seen does not change by it; nor must it be written for ever.
 */
final class ToldCounters {
    static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

    private final Map<ObjectKey, Told> told = new HashMap<>();
    private final Map<ObjectKey, Long> refused = new HashMap<>();

    /** What was there and what was written in its place. */
    private record Told(Map<String, Long> seen, Map<String, Long> wanted) {}

    /**
     * Whether to write what is wanted in place of what is seen; then it counts as written.
     *
     * @param now a clock in nanoseconds
     */
    boolean isNews(ObjectKey pool, Map<String, Long> seen, Map<String, Long> wanted, long now) {
        if (seen.equals(wanted)) {
            told.remove(pool);
            return false;
        }
        Told next = new Told(seen, wanted);
        Long refusedAt = refused.get(pool);
        if (refusedAt != null && now - refusedAt < AFTER_REFUSAL.toNanos()) {
            return false;
        }
        refused.remove(pool);
        return !next.equals(told.put(pool, next));
    }

    /** It was not written: to be tried again. */
    void missed(ObjectKey pool) {
        told.remove(pool);
    }

    /** It was refused, as it probably is again: not tried for a time. A webhook that is broken, say, is mended one day. */
    void refused(ObjectKey pool, long now) {
        told.remove(pool);
        refused.put(pool, now);
    }

    /** Forgets all but these. */
    void retain(Collection<ObjectKey> pools) {
        told.keySet().retainAll(pools);
        refused.keySet().retainAll(pools);
    }
}
