package dev.clarion.bgp;

import java.util.OptionalInt;

/**
 * What the socket of a session has: TTLs as the kernel has them, signatures as the kernel took them.
 *
 * @param signed whether segments are signed and unsigned ones dropped (RFC 2385)
 * @param ttl the TTL or hop limit of our packets
 * @param leastTtl what those of the peer must have to get in, if anything (RFC 5082)
 */
public record SocketFacts(boolean signed, OptionalInt ttl, OptionalInt leastTtl) {
    /** There is no socket. */
    public static final SocketFacts NONE = new SocketFacts(false, OptionalInt.empty(), OptionalInt.empty());
}
