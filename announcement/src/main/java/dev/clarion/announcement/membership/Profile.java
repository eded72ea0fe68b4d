package dev.clarion.announcement.membership;

import java.util.concurrent.TimeUnit;

/**
 * How fast a silent node is given up. The suspect's kernel is asked from {@link #suspectAfter} on, and the verdict falls
 * at {@link #deadAfter} at the earliest. All in nanoseconds.
 */
public enum Profile {
    /** For quiet networks of real machines. */
    FAST(50, 110, 200),
    /** For most. */
    NORMAL(100, 200, 350),
    /** For machines that are often overloaded. */
    RELAXED(250, 600, 1000),
    /** For virtual machines that are moved while they run, and stand still for a second or two. */
    VM_MIGRATION(500, 1500, 3000);

    private final long interval;
    private final long suspectAfter;
    private final long deadAfter;

    Profile(long interval, long suspectAfter, long deadAfter) {
        this.interval = TimeUnit.MILLISECONDS.toNanos(interval);
        this.suspectAfter = TimeUnit.MILLISECONDS.toNanos(suspectAfter);
        this.deadAfter = TimeUnit.MILLISECONDS.toNanos(deadAfter);
    }

    /** Between two heartbeats. */
    public long interval() {
        return interval;
    }

    /** Silence after which a speaker is suspected. */
    public long suspectAfter() {
        return suspectAfter;
    }

    /** Silence after which a verdict falls. */
    public long deadAfter() {
        return deadAfter;
    }

    /** Without any sign of anybody for this long, a node is alone. Shorter than {@link #deadAfter}: who is cut off knows it
     * before the others take over. */
    public long aloneAfter() {
        return (suspectAfter + deadAfter) / 2;
    }

    /** For how long after a turn of its loop a speaker may answer: six sevenths of {@link #deadAfter}. */
    public long fence() {
        return deadAfter / 7 * 6;
    }

    /** Between two questions to a suspect's kernel. */
    long probeEvery() {
        return (deadAfter - suspectAfter) / 3;
    }

    /** For how long an answer of a kernel, or an opinion, says something. */
    long freshness() {
        return 2 * interval;
    }
}
