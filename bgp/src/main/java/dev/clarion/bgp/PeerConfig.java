package dev.clarion.bgp;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.Optional;

/**
 * One peer as the owner wants it. Every field belongs to the session: a change of any of them resets this session and
 * no other.
 *
 * @param name the owner's name for the peer, unique in an intent; the key of statuses and metrics
 * @param address where the peer is dialled; its family decides which address family the session carries
 * @param port the peer's TCP port, 1 to 65535, usually 179
 * @param localAs our AS number, 1 to 4294967295
 * @param peerAs the AS number that the peer must have, 1 to 4294967295; equal to {@code localAs} for an iBGP session
 * @param routerId our BGP Identifier, written as an IPv4 address, not 0.0.0.0 (RFC 6286)
 * @param holdTime what we offer: zero (never expires, no keepalives) or 3 to 65535 whole seconds (RFC 4271 section 4.2)
 * @param localAddress the address to dial from, of the family of {@code address}; empty leaves it to the kernel
 */
public record PeerConfig(
        String name,
        Ip address,
        int port,
        long localAs,
        long peerAs,
        Ip routerId,
        Duration holdTime,
        Optional<Ip> localAddress) {

    /** The port of BGP (RFC 4271 section 8.2.1). */
    public static final int BGP_PORT = 179;

    private static final long MAX_AS = 0xffff_ffffL;

    /** Throws IllegalArgumentException when a value is outside its range. */
    public PeerConfig {
        require(!name.isEmpty(), "a peer needs a name");
        require(port > 0 && port <= 65_535, "port " + port + " of peer " + name + " is not from 1 to 65535");
        require(localAs > 0 && localAs <= MAX_AS, "local AS " + localAs + " of peer " + name + " is not an AS number");
        require(peerAs > 0 && peerAs <= MAX_AS, "peer AS " + peerAs + " of peer " + name + " is not an AS number");
        require(
                routerId.family() == IpFamily.IPV4 && !routerId.isUnspecified(),
                "router ID " + routerId + " of peer " + name + " is not an IPv4 address other than 0.0.0.0");
        require(
                holdTime.isZero()
                        || (holdTime.equals(Duration.ofSeconds(holdTime.toSeconds()))
                                && holdTime.toSeconds() >= 3
                                && holdTime.toSeconds() <= 65_535),
                "hold time " + holdTime + " of peer " + name + " is neither 0 nor 3 to 65535 whole seconds");
        require(
                localAddress.isEmpty() || localAddress.get().family() == address.family(),
                "local address of peer " + name + " is not of the family of " + address);
    }

    /** Whether the session is external (eBGP): the AS numbers differ. */
    public boolean external() {
        return localAs != peerAs;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
