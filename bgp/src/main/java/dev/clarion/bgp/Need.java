package dev.clarion.bgp;

/** What a change of a peer's settings needs to come into force. Of several changes the greatest need counts. */
public enum Need {
    /** Nothing: it is in force at once, and the session does not notice. */
    LIVE,
    /** The next session: it is in an OPEN that the peer has had already. The present session goes on as agreed. */
    NEXT_OPEN,
    /** A new session at once: the present one ends with Cease "other configuration change" (6/6). */
    RESET
}
