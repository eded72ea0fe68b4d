package dev.clarion.arpndp.fsm;

/**
 * Up to when an answer is still right, besides the owner's deadline.
 *
 * @param maxFrameAgeNanos how old a frame may be, in ns; so a thawed process does not answer what queued up meanwhile
 */
public record Limits(long maxFrameAgeNanos) {

    /** Whether the frame is recent. An age that is far below zero says that the clock jumped, so it says nothing. */
    public boolean fresh(Moment moment) {
        return moment.frameAgeNanos() <= maxFrameAgeNanos && moment.frameAgeNanos() >= -maxFrameAgeNanos;
    }
}
