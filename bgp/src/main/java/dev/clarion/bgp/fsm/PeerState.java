package dev.clarion.bgp.fsm;

/**
 * Where a peer stands.
 *
 * @param wanted whether there is to be a session
 * @param dialled the connection that we open, and the wait before it
 * @param accepted the one that the peer opens; idle while there is none
 * @param memory what outlives both
 */
public record PeerState(boolean wanted, State dialled, State accepted, Memory memory) {
    /** Before the start of a peer that is remembered so. */
    public static PeerState initial(Memory memory) {
        return new PeerState(false, State.initial(), State.initial(), memory);
    }

    /** The state of one connection. */
    public State of(Link link) {
        return switch (link) {
            case DIALLED -> dialled;
            case ACCEPTED -> accepted;
        };
    }

    /** The connection that is further on. */
    public Link leading() {
        return accepted.kind().compareTo(dialled.kind()) > 0 ? Link.ACCEPTED : Link.DIALLED;
    }

    /** The state of the connection that is further on: the peer's, to whoever asks. */
    public FsmState kind() {
        return of(leading()).kind();
    }

    PeerState with(Link link, State state) {
        return switch (link) {
            case DIALLED -> new PeerState(wanted, state, accepted, memory);
            case ACCEPTED -> new PeerState(wanted, dialled, state, memory);
        };
    }

    PeerState remembering(Memory now) {
        return new PeerState(wanted, dialled, accepted, now);
    }

    PeerState wanting(boolean now) {
        return new PeerState(now, dialled, accepted, memory);
    }
}
