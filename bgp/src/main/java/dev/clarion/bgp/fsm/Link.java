package dev.clarion.bgp.fsm;

/** The two connections that there may be with one peer, until one of them is found to be enough. */
public enum Link {
    /** The one that we opened. */
    DIALLED,
    /** The one that the peer opened. */
    ACCEPTED;

    /** The other one. */
    public Link other() {
        return switch (this) {
            case DIALLED -> ACCEPTED;
            case ACCEPTED -> DIALLED;
        };
    }
}
