package dev.clarion.bgp.fsm;

import java.util.List;

/**
 * The outcome of an event.
 *
 * @param state the next state
 * @param reason why it is that
 * @param detail the reason's facts, for people; possibly empty
 * @param actions what to do
 */
public record Step(State state, BgpReason reason, String detail, List<Action> actions) {
    /** Takes a copy of the list. */
    public Step {
        actions = List.copyOf(actions);
    }

    static Step to(State state, BgpReason reason, Action... actions) {
        return new Step(state, reason, "", List.of(actions));
    }

    static Step stay(State state, Action... actions) {
        return to(state, BgpReason.UNCHANGED, actions);
    }
}
