package dev.clarion.bgp.fsm;

/** The six states of a session (RFC 4271 section 8.2.2), without their data. */
public enum FsmState {
    /** Stopped, or waiting out the back-off after a failure. */
    IDLE,
    /** A TCP connection is being dialled. */
    CONNECT,
    /** Dialling failed; the next attempt waits for its timer. */
    ACTIVE,
    /** Connected, our OPEN is sent, the peer's is awaited. */
    OPEN_SENT,
    /** Both OPENs are accepted, the peer's first KEEPALIVE is awaited. */
    OPEN_CONFIRM,
    /** Routes may be exchanged. The only state in which the session is up. */
    ESTABLISHED
}
