package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.wire.Frame;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;

/** What {@link Responder} decided about one received frame. */
public sealed interface Answer {

    /**
     * Send this.
     *
     * @param address the address that was asked for
     * @param requester who asked; unspecified for a probe
     * @param as the link-layer address that is answered: the interface's own, or that of the node stood in for
     * @param frame the answer
     */
    record Reply(Ip address, Ip requester, Mac as, Frame frame) implements Answer {}

    /**
     * Send nothing.
     *
     * @param reason why
     */
    record Drop(Refusal reason) implements Answer {}
}
