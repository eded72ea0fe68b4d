package dev.clarion.bgp.bfd.fsm;

import dev.clarion.bgp.bfd.wire.BfdState;
import java.util.Optional;

/**
 * The outcome of an event. The periodic packets follow {@link State#transmitInterval} of the next state.
 *
 * @param state the next state; the very same object if nothing changed
 * @param say what to send besides the periodic packets
 * @param detection with how many microseconds to start the detection timer anew; 0 to stop it, {@link #KEEP} to leave
 *     it
 * @param change the change of state, if it is one
 */
public record Step(State state, Say say, long detection, Optional<Change> change) {

    /** Leaves the detection timer as it is. */
    public static final long KEEP = -1;

    /** What is sent at once. */
    public enum Say {
        /** Nothing. */
        NOTHING,
        /** The packet of the next state. */
        NOW,
        /** The same, as the answer to a poll. */
        LAST
    }

    /**
     * A change of state.
     *
     * @param from before
     * @param to now; may be the same if the peer replaced a session that was not up
     * @param reason why
     */
    public record Change(BfdState from, BfdState to, BfdReason reason) {}

    static Step stay(State state) {
        return new Step(state, Say.NOTHING, KEEP, Optional.empty());
    }

    static Step changed(State before, State after, Say say, long detection, BfdReason reason) {
        return new Step(after, say, detection, Optional.of(new Change(before.kind(), after.kind(), reason)));
    }
}
