package dev.clarion.arpndp;

/** The deadline up to which may be spoken for addresses. Used by several threads. */
final class Fence {

    private volatile boolean ever;
    private volatile long deadline;

    /** Sets the deadline, later or earlier than before, as {@link System#nanoTime}. */
    void until(long nanoTime) {
        deadline = nanoTime;
        ever = true;
    }

    /** Time left, in ns; negative once it has passed, {@link Long#MIN_VALUE} before it was set for the first time. */
    long left() {
        return ever ? deadline - System.nanoTime() : Long.MIN_VALUE;
    }
}
