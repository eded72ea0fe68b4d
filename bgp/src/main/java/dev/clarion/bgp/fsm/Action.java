package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Message;
import java.time.Duration;

/** What a step wants done, in the order of its list. */
public sealed interface Action {
    /** Begin to connect. */
    record Dial() implements Action {}

    /** Give up the connection or the attempt; what was sent is flushed first. */
    record CloseTcp() implements Action {}

    /** Send a message, whatever waits to be written. */
    record Send(Message message) implements Action {}

    /** Start a timer, or start it anew. */
    record StartTimer(TimerKind timer, Duration delay) implements Action {}

    /** Stop a timer if it runs. */
    record StopTimer(TimerKind timer) implements Action {}

    /** Stop all timers. */
    record StopTimers() implements Action {}

    /** Routes may be sent. */
    record SessionUp(Negotiated negotiated) implements Action {}

    /** The peer has forgotten our routes. */
    record SessionDown() implements Action {}

    /** The peer asks for all routes of a family again. */
    record Refresh(Family family) implements Action {}
}
