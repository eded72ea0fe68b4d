package dev.clarion.bgp.bfd.fsm;

import dev.clarion.bgp.bfd.wire.ControlPacket;

/** What can happen to a session. */
public sealed interface Event {
    /** A packet that belongs to it arrived. */
    record Received(ControlPacket packet) implements Event {}

    /**
     * The detection timer ran out, and nothing of this peer is waiting to be read.
     *
     * @param excused whether we were late since its last packet ({@link State#excusedBy}), and that has not been
     *     allowed for yet
     */
    record DetectionExpired(boolean excused) implements Event {}

    /** The configuration wants something else of it. */
    record Reconfigured(Wanted wanted) implements Event {}

    /** It is no longer wanted; the peer is to know that this is no failure. */
    record Disabled() implements Event {}

    /** It is wanted again. */
    record Enabled() implements Event {}
}
