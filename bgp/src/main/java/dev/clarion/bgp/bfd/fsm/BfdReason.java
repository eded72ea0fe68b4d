package dev.clarion.bgp.bfd.fsm;

/** Why a session changed its state. A metric label, so the names stay as they are. */
public enum BfdReason {
    /** The peer is heard, and does not hear us yet. */
    PEER_HEARD,
    /** Both sides hear each other. */
    HANDSHAKE_DONE,
    /** The peer was silent for the detection time. */
    DETECTION_TIME_EXPIRED,
    /** The peer says that its session is down: it did not hear us, or the path is down as it sees it. */
    PEER_DOWN,
    /** The peer has begun a new session in place of the one that was up: it restarted, or was configured anew. */
    PEER_REPLACED,
    /** The peer's session is held down by people or by its configuration: nothing is known against the path. */
    PEER_ADMIN_DOWN,
    /** Our session is held down: it is no longer wanted. */
    ADMIN_DOWN,
    /** Our session is wanted again. */
    ADMIN_UP;

    /** Whether a session that was up and went down for this reason tells of a failure of the path or the peer. */
    public boolean failure() {
        return switch (this) {
            case DETECTION_TIME_EXPIRED, PEER_DOWN -> true;
            case PEER_HEARD, HANDSHAKE_DONE, PEER_REPLACED, PEER_ADMIN_DOWN, ADMIN_DOWN, ADMIN_UP -> false;
        };
    }
}
