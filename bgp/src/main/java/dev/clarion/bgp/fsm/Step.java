package dev.clarion.bgp.fsm;

import java.util.List;

/**
 * The outcome of an event on one connection.
 *
 * @param memory what the peer is remembered by now
 * @param state the connection's next state
 * @param reason why it is that
 * @param detail the reason's facts, for people; possibly empty
 * @param actions what to do
 */
public record Step(Memory memory, State state, BgpReason reason, String detail, List<Action> actions) {
    /** Takes a copy of the list. */
    public Step {
        actions = List.copyOf(actions);
    }
}
