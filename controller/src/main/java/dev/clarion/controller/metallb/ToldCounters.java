package dev.clarion.controller.metallb;

import dev.clarion.kube.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which counters have been written already. The definitions of MetalLB 0.13 and 0.14 have no such fields: the API server
 * takes the write and drops them, so that what is seen does not change by it; nor must it be written for ever.
 */
final class ToldCounters {
    private final Map<ObjectKey, Told> told = new HashMap<>();
    private final Set<ObjectKey> refused = new HashSet<>();

    /** What was there and what was written in its place. */
    private record Told(Map<String, Long> seen, Map<String, Long> wanted) {}

    /** Whether to write what is wanted in place of what is seen; then it counts as written. */
    boolean isNews(ObjectKey pool, Map<String, Long> seen, Map<String, Long> wanted) {
        if (seen.equals(wanted)) {
            told.remove(pool);
            return false;
        }
        Told next = new Told(seen, wanted);
        return !refused.contains(pool) && !next.equals(told.put(pool, next));
    }

    /** It was not written: to be tried again. */
    void missed(ObjectKey pool) {
        told.remove(pool);
    }

    /** What is refused once is refused again, as long as the pool is there. */
    void refused(ObjectKey pool) {
        refused.add(pool);
    }

    /** Forgets all but these. */
    void retain(Collection<ObjectKey> pools) {
        told.keySet().retainAll(pools);
        refused.retainAll(pools);
    }
}
