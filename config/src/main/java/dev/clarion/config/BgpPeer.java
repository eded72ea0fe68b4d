package dev.clarion.config;

import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A router that nodes open a BGP session to.
 *
 * @param name unique among peers
 * @param myAsn our AS number, 1 to 4294967295
 * @param peerAs the router's AS
 * @param localAsn the AS number that we show to this peer alone (RFC 7705), 1 to 4294967295
 * @param neighbor how the router is found; no two peers that a node may have at once find it in the same way
 * @param sourceAddress the node's address to come from; empty: as its routes have it
 * @param peerPort the router's TCP port
 * @param holdTime the hold time that we propose (RFC 4271 section 4.2): zero, or 3 to 65535 whole seconds
 * @param keepaliveTime time between keepalives, in whole seconds, no longer than the hold time; empty: a third of the
 *     hold time agreed on
 * @param connectTime time between attempts to connect, 1 to 65535 whole seconds; empty: as the speaker has it
 * @param routerId our BGP identifier, IPv4; empty: the node's
 * @param nodeSelectors labels of the nodes that open a session; empty means every node
 * @param passwordSecret where the TCP MD5 password is (RFC 2385)
 * @param bfdProfile name of the {@link BfdProfile} that watches the peer
 * @param enableGracefulRestart whether the router is to keep our routes while a speaker restarts (RFC 4724)
 * @param ebgpMultiHop whether a router of another AS may be more than one hop away
 * @param vrf the VRF of each node that holds the session; empty: the default one
 * @param dualStackAddressFamily whether the session carries the routes of both families
 * @param passive whether nodes wait for the router to dial
 * @param ttlSecurityHops how far away the router is at most, 1 to 254 hops; packets from farther away are dropped by the
 *     kernel (RFC 5082). Empty: from anywhere
 * @param longLivedStaleTime how long the router keeps our routes as a last resort after the restart time, 1 to 16777215
 *     whole seconds (RFC 9494); empty: not at all
 * @param role what our nodes are to a router of another AS (RFC 9234); empty: nothing is said
 */
public record BgpPeer(
        String name,
        long myAsn,
        RemoteAs peerAs,
        OptionalLong localAsn,
        Neighbor neighbor,
        Optional<Ip> sourceAddress,
        int peerPort,
        Duration holdTime,
        Optional<Duration> keepaliveTime,
        Optional<Duration> connectTime,
        Optional<Ip> routerId,
        List<LabelSelector> nodeSelectors,
        Optional<SecretReference> passwordSecret,
        Optional<String> bfdProfile,
        boolean enableGracefulRestart,
        boolean ebgpMultiHop,
        Optional<String> vrf,
        boolean dualStackAddressFamily,
        boolean passive,
        OptionalInt ttlSecurityHops,
        Optional<Duration> longLivedStaleTime,
        Optional<PeerRole> role)
        implements ConfigEntry {
    /** The hold time of a peer that names none (the value that RFC 4271 section 10 suggests). */
    public static final Duration DEFAULT_HOLD_TIME = Duration.ofSeconds(90);
    /** The port of a peer that names none. */
    public static final int DEFAULT_PORT = 179;

    public BgpPeer {
        nodeSelectors = List.copyOf(nodeSelectors);
    }

    /** One without a role. */
    public BgpPeer(
            String name,
            long myAsn,
            RemoteAs peerAs,
            OptionalLong localAsn,
            Neighbor neighbor,
            Optional<Ip> sourceAddress,
            int peerPort,
            Duration holdTime,
            Optional<Duration> keepaliveTime,
            Optional<Duration> connectTime,
            Optional<Ip> routerId,
            List<LabelSelector> nodeSelectors,
            Optional<SecretReference> passwordSecret,
            Optional<String> bfdProfile,
            boolean enableGracefulRestart,
            boolean ebgpMultiHop,
            Optional<String> vrf,
            boolean dualStackAddressFamily,
            boolean passive,
            OptionalInt ttlSecurityHops,
            Optional<Duration> longLivedStaleTime) {
        this(
                name,
                myAsn,
                peerAs,
                localAsn,
                neighbor,
                sourceAddress,
                peerPort,
                holdTime,
                keepaliveTime,
                connectTime,
                routerId,
                nodeSelectors,
                passwordSecret,
                bfdProfile,
                enableGracefulRestart,
                ebgpMultiHop,
                vrf,
                dualStackAddressFamily,
                passive,
                ttlSecurityHops,
                longLivedStaleTime,
                Optional.empty());
    }

    /** One that says no more than this. */
    public BgpPeer(String name, long myAsn, long peerAsn, Ip peerAddress, Duration holdTime) {
        this(
                name,
                myAsn,
                new RemoteAs.Fixed(peerAsn),
                OptionalLong.empty(),
                new Neighbor.Address(peerAddress),
                Optional.empty(),
                DEFAULT_PORT,
                holdTime,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                false,
                false,
                OptionalInt.empty(),
                Optional.empty());
    }

    /** The router's address; empty if it is found by an interface. */
    public Optional<Ip> peerAddress() {
        return neighbor instanceof Neighbor.Address(Ip ip) ? Optional.of(ip) : Optional.empty();
    }

    /** The router's AS number; empty if the peer says it. */
    public OptionalLong peerAsn() {
        return peerAs instanceof RemoteAs.Fixed(long asn) ? OptionalLong.of(asn) : OptionalLong.empty();
    }

    @Override
    public Section section() {
        return Section.BGP_PEERS;
    }
}
