package dev.clarion.bgp;

/** Why a route that is wanted is not announced over a session that is up. */
public enum Unsendable {
    /** Only one side, or none, exchanges routes of this address family: check the peer's address families. */
    FAMILY_NOT_NEGOTIATED,
    /** The node has no address that the peer could reach it by for such a route: give one, or agree on RFC 8950. */
    NO_NEXT_HOP,
    /** The next hop asked for is IPv6, the route IPv4, and the peer does not take that (RFC 8950); or the reverse. */
    NEXT_HOP_OF_OTHER_FAMILY,
    /** The next hop asked for is the peer itself (RFC 4271 section 5.1.3). */
    NEXT_HOP_IS_PEER,
    /** The marks of the route alone fill a message. */
    ATTRIBUTES_TOO_LONG
}
