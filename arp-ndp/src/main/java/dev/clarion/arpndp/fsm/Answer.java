package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.wire.Frame;
import dev.clarion.net.Ip;

/** What {@link Responder} decided about one received frame. */
public sealed interface Answer {

    /**
     * Send this.
     *
     * @param address the owned address that was asked for
     * @param requester who asked; unspecified for a probe
     * @param frame the answer
     */
    record Reply(Ip address, Ip requester, Frame frame) implements Answer {}

    /**
     * Send nothing.
     *
     * @param reason why
     */
    record Drop(Refusal reason) implements Answer {}
}
