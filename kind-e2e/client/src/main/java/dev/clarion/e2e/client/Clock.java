package dev.clarion.e2e.client;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The monotonic clock beside the wall clock, read together at the start, so that events in the logs of other processes can be laid
 * beside a measurement. On Linux, {@link System#nanoTime} is CLOCK_MONOTONIC, the same for all processes.
 *
 * @param baseNanos when request 0 is due, monotonic
 * @param baseEpochNanos the same moment by the wall clock, nanoseconds since 1970
 */
record Clock(long baseNanos, long baseEpochNanos) {
    /** A run whose first request is due this much later. */
    static Clock startingIn(long leadNanos) {
        long monotonic = System.nanoTime();
        long epoch = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        return new Clock(monotonic + leadNanos, epoch + leadNanos);
    }

    /** Milliseconds since 1970, with microseconds behind the point. */
    String epochMillis(long monotonicNanos) {
        long micros = (baseEpochNanos + monotonicNanos - baseNanos) / 1000;
        return String.format(Locale.ROOT, "%d.%03d", micros / 1000, micros % 1000);
    }

    /** Seconds since the start of the run. */
    double seconds(long monotonicNanos) {
        return (monotonicNanos - baseNanos) / 1e9;
    }
}
