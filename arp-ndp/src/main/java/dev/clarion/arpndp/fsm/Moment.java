package dev.clarion.arpndp.fsm;

/**
 * When a frame is judged.
 *
 * @param sinceAliveNanos time since the owner last said that it is alive, in ns; {@link Long#MAX_VALUE} if never
 * @param frameAgeNanos time since the kernel received the frame, in ns; negative if the clock was set back meanwhile
 */
public record Moment(long sinceAliveNanos, long frameAgeNanos) {}
