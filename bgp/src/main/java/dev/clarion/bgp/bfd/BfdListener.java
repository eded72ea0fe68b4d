package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.fsm.BfdReason;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.Diagnostic;

/**
 * Told what happens, on the engine's thread, which may run in real time: hand it over and return, without waiting,
 * logging or asking the engine. What it throws is counted and forgotten.
 */
public interface BfdListener {

    /** Hears nothing. */
    BfdListener NONE = (key, change) -> {};

    /**
     * A session changed its state. Only a change from UP with a {@link BfdReason#failure} tells of a failure.
     *
     * @param key the owner's name for the session
     */
    void changed(String key, Change change);

    /**
     * Something keeps a session from what it should be; told once, until it is {@link #solved}.
     *
     * @param detail the facts, such as the kernel's error; possibly empty
     */
    default void problem(String key, BfdProblem problem, String detail) {}

    /** What was told as a problem is none any more. */
    default void solved(String key, BfdProblem problem) {}

    /**
     * What changed.
     *
     * @param from the state before
     * @param to the state now
     * @param reason why
     * @param diagnostic our reason in the terms of the protocol; NONE when it is up
     * @param peerDiagnostic the peer's, from its last packet
     */
    record Change(BfdState from, BfdState to, BfdReason reason, Diagnostic diagnostic, Diagnostic peerDiagnostic) {

        /** Whether a session that was up is down because the path or the peer failed: routes should go. */
        public boolean failed() {
            return from == BfdState.UP && reason.failure();
        }
    }
}
