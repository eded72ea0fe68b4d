package dev.clarion.bgp.bfd;

import java.time.Duration;
import java.util.Arrays;

/** Counts {@link Lateness} without allocating. */
final class LatenessMeter {
    private static final long[] BOUNDS =
            Lateness.BOUNDS.stream().mapToLong(Duration::toNanos).toArray();

    private final long[] above = new long[BOUNDS.length];
    private long turns;
    private long worst;

    /** A turn began this many nanoseconds after it was due. */
    void add(long late) {
        turns++;
        worst = Math.max(worst, late);
        for (int i = 0; i < BOUNDS.length && late > BOUNDS[i]; i++) {
            above[i]++;
        }
    }

    Lateness snapshot() {
        return new Lateness(turns, Arrays.stream(above).boxed().toList(), Duration.ofNanos(worst));
    }
}
