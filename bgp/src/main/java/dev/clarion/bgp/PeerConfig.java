package dev.clarion.bgp;

import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.PeerTimes;
import dev.clarion.bgp.fsm.Restart;
import dev.clarion.bgp.fsm.Role;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One peer as the owner wants it. What a change of a field does to a session that is up is said by {@link PeerField}.
 *
 * @param name the owner's name for the peer, unique in an intent; the key of statuses and metrics
 * @param place where the peer is found
 * @param port the peer's TCP port, 1 to 65535, usually 179
 * @param localAs our AS number as this peer shall see it, 1 to 4294967295. No other number of ours ever appears in what
 *     the peer gets; whether the session is internal is decided with this one (RFC 7705 with "no prepend, replace")
 * @param peerAs the AS number that the peer must have
 * @param routerId our BGP Identifier, written as an IPv4 address, not 0.0.0.0 (RFC 6286)
 * @param localAddress the address to dial from, of the family of the peer's; empty leaves it to the kernel
 * @param device the VRF, or the interface, that all packets of the session must use; needed with a link-local address
 * @param families whose routes the session carries, at least one
 * @param times the timers
 * @param reach how far away the peer may be
 * @param password signs every segment, if present (RFC 2385); a peer that does not do the same gets no connection
 * @param passive whether the peer is only waited for, never dialled; asks for a speaker that listens
 * @param restart whether the peer is asked to keep routes over our restarts
 * @param bfdProfile the profile by which BFD watches the peer; empty: not watched. Who watches tells the speaker
 * @param extendedNextHop whether IPv4 routes may be sent with IPv6 next hops, if the peer agrees (RFC 8950)
 * @param role what we are to a peer of another AS (RFC 9234): one that says to be something that does not fit gets no
 *     session. Empty says nothing, and asks for nothing
 */
public record PeerConfig(
        String name,
        PeerPlace place,
        int port,
        long localAs,
        PeerAs peerAs,
        Ip routerId,
        Optional<Ip> localAddress,
        Optional<String> device,
        Set<IpFamily> families,
        PeerTimes times,
        Reach reach,
        Optional<Password> password,
        boolean passive,
        Restart restart,
        Optional<String> bfdProfile,
        boolean extendedNextHop,
        Optional<Role> role) {

    /** The port of BGP (RFC 4271 section 8.2.1). */
    public static final int BGP_PORT = 179;

    /** Takes a copy of the set. Throws IllegalArgumentException when a value is outside its range. */
    public PeerConfig {
        families = families.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(families));
        require(!name.isEmpty(), "a peer needs a name");
        require(port > 0 && port <= 65_535, "port " + port + " of peer " + name + " is not from 1 to 65535");
        require(
                localAs > 0 && localAs <= PeerAs.MAX,
                "local AS " + localAs + " of peer " + name + " is not an AS number");
        require(
                routerId.family() == IpFamily.IPV4 && !routerId.isUnspecified(),
                "router ID " + routerId + " of peer " + name + " is not an IPv4 address other than 0.0.0.0");
        require(!families.isEmpty(), "peer " + name + " carries no address family");
        device.ifPresent(Device::check);
        switch (place) {
            case PeerPlace.Address(Ip ip) -> {
                require(
                        localAddress.isEmpty() || localAddress.get().family() == ip.family(),
                        "local address of peer " + name + " is not of the family of " + ip);
                require(
                        ip.family() == IpFamily.IPV4 || !ip.isLinkLocal() || device.isPresent(),
                        "peer " + name + " at " + ip + " needs the interface that this link-local address is on");
            }
            case PeerPlace.Interface(String on) -> {
                require(
                        localAddress.isEmpty(),
                        "peer " + name + " on interface " + on + " is dialled from its own address");
                require(
                        !(reach instanceof Reach.Multihop),
                        "peer " + name + " on interface " + on + " is on the segment, not some hops away");
            }
        }
    }

    /** A peer at an address that says no more than this; its session carries the routes of the address's family. */
    public PeerConfig(
            String name,
            Ip address,
            int port,
            long localAs,
            long peerAs,
            Ip routerId,
            Duration holdTime,
            Optional<Ip> localAddress) {
        this(
                name,
                new PeerPlace.Address(address),
                port,
                localAs,
                new PeerAs.Exactly(peerAs),
                routerId,
                localAddress,
                Optional.empty(),
                Set.of(address.family()),
                PeerTimes.DEFAULT.withHold(holdTime),
                new Reach.Usual(),
                Optional.empty(),
                false,
                new Restart.Off(),
                Optional.empty(),
                false,
                Optional.empty());
    }

    /** The beginning of a peer at an address. */
    public static PeerBuilder at(String name, Ip address, long localAs, PeerAs peerAs, Ip routerId) {
        return new PeerBuilder(name, new PeerPlace.Address(address), localAs, peerAs, routerId)
                .families(Set.of(address.family()));
    }

    /** The beginning of a peer on an interface, which gets the routes of both families with link-local next hops. */
    public static PeerBuilder on(String name, String interfaceName, long localAs, PeerAs peerAs, Ip routerId) {
        return new PeerBuilder(name, new PeerPlace.Interface(interfaceName), localAs, peerAs, routerId)
                .families(EnumSet.allOf(IpFamily.class))
                .extendedNextHop(true);
    }

    /** The beginning of a peer that differs from this one. */
    public PeerBuilder but() {
        return new PeerBuilder(this);
    }

    /** The peer's address; empty when it is found by its interface. */
    public Optional<Ip> address() {
        return place instanceof PeerPlace.Address(Ip ip) ? Optional.of(ip) : Optional.empty();
    }

    /** The address family of the packets of the session. */
    public IpFamily transport() {
        return address().map(Ip::family).orElse(IpFamily.IPV6);
    }

    /** Whether the session is external (eBGP): the AS numbers differ. */
    public boolean external() {
        return peerAs.external(localAs);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
