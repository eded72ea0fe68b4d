package dev.clarion.bgp.bfd.wire;

/**
 * Why a received packet was dropped without a trace but a count; a metric label, so the names stay as they are. In the
 * order in which the rules are asked (RFC 5880 section 6.8.6, with RFC 5881 section 5 and RFC 5883 section 5 where the
 * hops can be judged): the first that holds is the reason.
 */
public enum Discard {
    /** Single hop, and it came from farther away: the TTL or hop limit is not 255 (RFC 5881 section 5). */
    NOT_FROM_THIS_LINK,
    /** Fewer octets than the fixed part of a packet has, so there is nothing to judge. */
    TRUNCATED,
    /** A version other than 1. */
    VERSION,
    /** The Length field says less than a packet has: 24, or 26 with authentication. */
    LENGTH_TOO_SMALL,
    /** The Length field says more than the datagram carries. */
    LENGTH_BEYOND_DATAGRAM,
    /** The detection multiplier is 0. */
    MULTIPLIER_ZERO,
    /** The multipoint bit is set. */
    MULTIPOINT,
    /** The sender's own discriminator is 0. */
    MY_DISCRIMINATOR_ZERO,
    /** It names a discriminator that none of our sessions has. */
    UNKNOWN_DISCRIMINATOR,
    /** It names no session of ours, in a state in which the sender must know one. */
    YOUR_DISCRIMINATOR_ZERO,
    /** It names no session, and none is configured with its sender: strangers cannot make sessions. */
    STRANGER,
    /** Its session lives on another interface, or on another port. */
    WRONG_PATH,
    /** Multihop, and it came from farther away than the profile's minimum TTL allows. */
    TOO_MANY_HOPS,
    /** It is authenticated, and our sessions have no keys: authentication is not supported. */
    AUTHENTICATED
}
