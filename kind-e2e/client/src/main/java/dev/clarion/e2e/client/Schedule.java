package dev.clarion.e2e.client;

/**
 * When each request is due: at fixed times from the base, whatever happened to the ones before.
 *
 * @param baseNanos when request 0 is due, by the monotonic clock
 * @param intervalNanos between two, positive
 * @param count how many
 */
record Schedule(long baseNanos, long intervalNanos, int count) {
    long dueNanos(int seq) {
        return baseNanos + seq * intervalNanos;
    }

    /** The newest request that is due at this time, at least {@code next}; those between are too late to be sent. */
    int newestDue(int next, long nowNanos) {
        long due = (nowNanos - baseNanos) / intervalNanos;
        return Math.clamp(due, next, Math.max(next, count - 1));
    }
}
