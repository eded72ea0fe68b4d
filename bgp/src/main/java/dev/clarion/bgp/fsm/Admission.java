package dev.clarion.bgp.fsm;

/** What becomes of a connection that a peer opens. */
public enum Admission {
    /** It is taken. */
    TAKEN,
    /** It is taken instead of the one before it, which the peer must have forgotten. */
    REPLACES,
    /** There is a better one already: Cease, connection collision. */
    COLLIDES,
    /**
     * It is closed without a word: the peer's last failure is being waited out (RFC 4271 section 8.2.2, Idle), or the
     * socket is not what the configuration asks for.
     */
    IGNORED,
    /** None is wanted at all: Cease, connection rejected. */
    UNWANTED;

    /** For a peer that stands so. */
    public static Admission of(PeerState peer) {
        if (!peer.wanted()) {
            return UNWANTED;
        }
        if (peer.of(peer.leading()) instanceof State.Established(Negotiated negotiated)) {
            // A peer that restarts gracefully may be back before its end was noticed here (RFC 4724 section 5).
            return negotiated.peerRestarts() ? REPLACES : COLLIDES;
        }
        return switch (peer.accepted().kind()) {
            case OPEN_SENT -> REPLACES; // Nothing was heard on it; of two attempts the later one is alive.
            case OPEN_CONFIRM, ESTABLISHED, CONNECT, ACTIVE -> COLLIDES;
            case IDLE ->
                switch (peer.dialled().kind()) {
                    case IDLE -> IGNORED;
                    case CONNECT, ACTIVE, OPEN_SENT -> TAKEN;
                    // The peer has our OPEN, and ours its own: a second one on both sides could only end both.
                    case OPEN_CONFIRM, ESTABLISHED -> COLLIDES;
                };
        };
    }
}
