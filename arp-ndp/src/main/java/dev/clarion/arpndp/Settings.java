package dev.clarion.arpndp;

import java.time.Duration;

/**
 * The limits of a {@link NeighbourAnnouncer}.
 *
 * @param fence how long after the last {@link NeighbourAnnouncer#alive()} frames are still sent; 1 ms to 1 h
 * @param maxFrameAge how long a received frame may have waited and still be answered; 1 ms to 1 h
 * @param announcementsPerSecond how many announcements are sent per second and interface at most; 100 to 100,000.
 *     Answers do not count: they are as many as the questions
 */
public record Settings(Duration fence, Duration maxFrameAge, int announcementsPerSecond) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int SLOWEST = 100;
    private static final int FASTEST = 100_000;

    /** A fence of 1 s, frames of up to 200 ms, 1,000 announcements per second. */
    public static final Settings DEFAULT = new Settings(Duration.ofSeconds(1), Duration.ofMillis(200), 1_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Settings {
        check("fence", fence);
        check("maxFrameAge", maxFrameAge);
        if (announcementsPerSecond < SLOWEST || announcementsPerSecond > FASTEST) {
            throw new IllegalArgumentException(
                    "announcementsPerSecond must be 100 to 100000, not " + announcementsPerSecond);
        }
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be 1 ms to 1 h, not " + value);
        }
    }
}
