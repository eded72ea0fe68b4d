package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;

/**
 * Told what happens, on the speaker's loop: return fast, block never. What it throws is logged and forgotten.
 */
public interface BgpListener {
    /** Hears nothing. */
    BgpListener NONE = (peer, from, to, reason, detail) -> {};

    /**
     * A session changed its state, or an attempt failed and the state stayed ({@code from} equals {@code to}).
     *
     * @param peer the peer's name
     * @param from the state before
     * @param to the state now
     * @param reason why
     * @param detail the reason's facts for a log line, possibly empty
     */
    void stateChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail);

    /**
     * UPDATEs were handed to TCP.
     *
     * @param peer the peer's name
     * @param announced how many prefixes were announced
     * @param withdrawn how many were withdrawn
     */
    default void routesSent(String peer, int announced, int withdrawn) {}

    /**
     * What the process after this one will have to know is different now: keep its text where a restart finds it.
     *
     * @param record the whole of it
     */
    default void restartRecordChanged(RestartRecord record) {}
}
