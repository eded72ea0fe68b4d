package dev.clarion.arpndp.fsm;

/**
 * When a frame is judged.
 *
 * @param untilFenceNanos time left until the deadline that the owner set, in ns; negative once it has passed, {@link
 *     Long#MIN_VALUE} if none was ever set
 * @param frameAgeNanos time since the kernel received the frame, in ns; negative if the clock was set back meanwhile
 */
public record Moment(long untilFenceNanos, long frameAgeNanos) {

    /** Whether the owner's deadline has not passed. */
    public boolean beforeFence() {
        return untilFenceNanos >= 0;
    }
}
