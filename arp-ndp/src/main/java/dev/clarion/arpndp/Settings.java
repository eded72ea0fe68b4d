package dev.clarion.arpndp;

import java.time.Duration;

/**
 * The limits of a {@link NeighbourAnnouncer}.
 *
 * @param fence how long after {@link NeighbourAnnouncer#alive()} frames are still sent; 1 ms to 1 h. Who sets deadlines
 *     by {@link NeighbourAnnouncer#answerUntil} does not need it
 * @param maxFrameAge how long a received frame may have waited and still be answered; 1 ms to 1 h
 * @param announcementsPerSecond how many announcements are sent per second and interface at most; 100 to 100,000. The
 *     periodic refresh takes a fifth of that at most. Answers do not count: they are as many as the questions
 * @param refresh how often each owned address is announced again although nothing happened, give or take a fifth, so
 *     that neighbours and switches do not forget it; 0 for never, otherwise 1 s to 1 day. Switches forget after 5
 *     minutes, as a rule
 * @param directedBudget how many hosts that asked for addresses are remembered per interface, to be told when an address
 *     comes here; 0 to 4,096. Gateways do not count
 * @param promiscuous whether interfaces receive what is meant for others too; for network cards and virtual switches
 *     that hold back broadcasts or groups otherwise
 */
public record Settings(
        Duration fence,
        Duration maxFrameAge,
        int announcementsPerSecond,
        Duration refresh,
        int directedBudget,
        boolean promiscuous) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int SLOWEST = 100;
    private static final int FASTEST = 100_000;
    private static final int LARGEST_BUDGET = 4_096;
    private static final int BUDGET = 256;

    /** A fence of 1 s, frames of up to 200 ms, 1,000 announcements per second, refresh after 60 s, 256 hosts. */
    public static final Settings DEFAULT = new Settings(Duration.ofSeconds(1), Duration.ofMillis(200), 1_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Settings {
        check("fence", fence, SHORTEST, LONGEST);
        check("maxFrameAge", maxFrameAge, SHORTEST, LONGEST);
        check("announcementsPerSecond", announcementsPerSecond, SLOWEST, FASTEST);
        check("directedBudget", directedBudget, 0, LARGEST_BUDGET);
        if (!refresh.isZero()) {
            check("refresh", refresh, Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }

    /** With a refresh each 60 s and 256 remembered hosts, not promiscuous. */
    public Settings(Duration fence, Duration maxFrameAge, int announcementsPerSecond) {
        this(fence, maxFrameAge, announcementsPerSecond, Duration.ofSeconds(60), BUDGET, false);
    }

    private static <T extends Comparable<T>> void check(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
