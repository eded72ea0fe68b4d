package dev.clarion.bgp.bfd;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Optional;

/**
 * One session as the owner wants it. A change of the profile is made on the living session; a change of anything else
 * makes it another session.
 *
 * @param peer whose reachability is watched
 * @param local the address to send from, of the peer's family; empty leaves it to the kernel
 * @param interfaceName the interface to send and receive on; required where the peer is an IPv6 link-local address, not
 *     allowed with multihop
 * @param vrf the name of the VRF device in which the peer is; empty for the main routing table
 * @param multihop whether routers may be in between (RFC 5883, port 4784), or none (RFC 5881, port 3784)
 * @param profile the timers and manners
 */
public record BfdSessionConfig(
        Ip peer,
        Optional<Ip> local,
        Optional<String> interfaceName,
        Optional<String> vrf,
        boolean multihop,
        BfdProfile profile) {

    /** Throws IllegalArgumentException when the values do not fit each other. */
    public BfdSessionConfig {
        require(
                local.isEmpty() || local.get().family() == peer.family(),
                "the local address of the BFD session with " + peer + " is not of its family");
        require(
                interfaceName.isPresent() || peer.family() == IpFamily.IPV4 || !peer.isLinkLocal(),
                "the BFD session with the link-local address " + peer + " needs an interface");
        require(
                interfaceName.isEmpty() || !multihop,
                "the BFD session with " + peer + " is multihop, so packets may come by any interface");
        require(
                !peer.isUnspecified() && !peer.isMulticast(),
                "a BFD session has one peer, and " + peer + " is not the address of one");
    }

    /** A single hop session with a peer, all else left to the kernel. */
    public static BfdSessionConfig singleHop(Ip peer, BfdProfile profile) {
        return new BfdSessionConfig(peer, Optional.empty(), Optional.empty(), Optional.empty(), false, profile);
    }

    /** A multihop session between two addresses. */
    public static BfdSessionConfig multihop(Ip local, Ip peer, BfdProfile profile) {
        return new BfdSessionConfig(peer, Optional.of(local), Optional.empty(), Optional.empty(), true, profile);
    }

    /** This session with other timers and manners. */
    public BfdSessionConfig with(BfdProfile other) {
        return new BfdSessionConfig(peer, local, interfaceName, vrf, multihop, other);
    }

    /** What makes it this session and no other. */
    Endpoint endpoint() {
        return new Endpoint(peer, local, interfaceName, vrf, multihop);
    }

    /** The two ends of a session. */
    record Endpoint(
            Ip peer, Optional<Ip> local, Optional<String> interfaceName, Optional<String> vrf, boolean multihop) {}

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
