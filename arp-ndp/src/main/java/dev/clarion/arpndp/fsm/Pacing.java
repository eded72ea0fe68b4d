package dev.clarion.arpndp.fsm;

/**
 * Keeps announcements below a rate (generic cell rate algorithm): never more than {@code perSecond} frames in any
 * second, of which a few may go back to back. Switches police ARP, so a burst would be lost.
 *
 * @param intervalNanos time that one frame uses up, in ns
 * @param allowanceNanos how far ahead of its time a frame may be sent, in ns
 * @param earliest the time at which the next frame would be due at an even rate
 */
record Pacing(long intervalNanos, long allowanceNanos, long earliest) {

    private static final int LARGEST_BURST = 50;

    /** Starts at a point of time, for at most that many frames per second (20 to 100,000). */
    static Pacing start(int perSecond, long now) {
        // The burst comes on top of the even rate within one second, so the even rate leaves room for it.
        int burst = Math.min(LARGEST_BURST, perSecond / 4);
        long interval = 1_000_000_000L / (perSecond - burst);
        return new Pacing(interval, interval * (burst - 1), now);
    }

    /** How long to wait until a frame may be sent, in ns; 0 or less means now. */
    long waitNanos(long now) {
        return earliest - allowanceNanos - now;
    }

    /** The state after a frame was sent now. */
    Pacing sent(long now) {
        long from = earliest - now > 0 ? earliest : now;
        return new Pacing(intervalNanos, allowanceNanos, from + intervalNanos);
    }
}
