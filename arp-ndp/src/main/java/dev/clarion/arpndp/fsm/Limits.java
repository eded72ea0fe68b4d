package dev.clarion.arpndp.fsm;

/**
 * Up to when an answer is still right.
 *
 * @param fenceNanos how long after the last sign of life of the owner answers are given, in ns
 * @param maxFrameAgeNanos how old a frame may be, in ns; so a thawed process does not answer what queued up meanwhile
 */
public record Limits(long fenceNanos, long maxFrameAgeNanos) {

    /** Whether the owner's last sign of life is recent enough. */
    public boolean alive(Moment moment) {
        return moment.sinceAliveNanos() <= fenceNanos;
    }

    /** Whether the frame is recent. An age that is far below zero says that the clock jumped, so it says nothing. */
    boolean fresh(Moment moment) {
        return moment.frameAgeNanos() <= maxFrameAgeNanos && moment.frameAgeNanos() >= -maxFrameAgeNanos;
    }
}
