package dev.clarion.bgp;

/** What BFD said of a peer last. */
public enum BfdState {
    /** Nothing yet, or nobody watches the peer. */
    UNKNOWN,
    /** The path works. */
    UP,
    /** The path failed. */
    DOWN,
    /** One side has switched BFD off, which says nothing of the path (RFC 5882 section 3.2). */
    ADMIN_DOWN
}
