package dev.clarion.bgp.fsm;

/** The timers of a session (RFC 4271 section 10, RFC 9687). */
public enum TimerKind {
    /** How long a dialling attempt may take, and the wait before the next. */
    CONNECT_RETRY(true),
    /** The wait in Idle after a failure. */
    IDLE_HOLD(true),
    /** How long the peer may be silent. */
    HOLD(false),
    /** When our next KEEPALIVE is due. */
    KEEPALIVE(true),
    /** How long the peer may take none of our bytes. */
    SEND_HOLD(false),
    /** When a session has been up long enough to forget earlier failures. */
    STABLE(false),
    /** How long a session that is ready waits for the outcome of another connection with the same peer. */
    COLLISION(false);

    private final boolean jittered;

    TimerKind(boolean jittered) {
        this.jittered = jittered;
    }

    /** Whether whoever runs the timer shortens it by a random part of up to a quarter (RFC 4271 section 10). */
    public boolean jittered() {
        return jittered;
    }
}
