package dev.clarion.bgp.bfd;

import java.time.Duration;
import java.util.List;

/**
 * How late the engine's thread ran, compared with when it had asked to run: by the scheduler's doing, a garbage
 * collection's, or a pause of the whole machine. What the peers see as gaps.
 *
 * @param turns how often it had asked
 * @param above how often it was later than each of {@link #BOUNDS}
 * @param worst the worst
 */
public record Lateness(long turns, List<Long> above, Duration worst) {

    /** 1, 5, 10, 25, 50, 100, 250 and 1000 ms. */
    public static final List<Duration> BOUNDS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(1_000));

    /** Takes a copy of the list. */
    public Lateness {
        above = List.copyOf(above);
    }
}
