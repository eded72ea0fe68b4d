package dev.clarion.kube;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: not at all after the first failure, then a random time below a bound that
 * doubles up to a cap, so that all nodes of a cluster do not come back in the same instant.
 *
 * @param first the bound of the second try
 * @param cap the bound that is never exceeded
 */
record Backoff(Duration first, Duration cap) {
    private static final int DOUBLINGS = 20;

    /** @param failures in a row so far, 1 or more */
    Duration delay(int failures, RandomGenerator random) {
        if (failures <= 1) {
            return Duration.ZERO;
        }
        long bound = Math.min(cap.toMillis(), first.toMillis() << Math.min(failures - 2, DOUBLINGS));
        // Half of it is certain: a bound alone would let an unlucky row of small numbers hammer the server.
        return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
    }
}
