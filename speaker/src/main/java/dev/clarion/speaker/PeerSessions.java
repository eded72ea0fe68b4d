package dev.clarion.speaker;

import dev.clarion.bgp.Password;
import dev.clarion.bgp.PeerBuilder;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.Reach;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.PeerTimes;
import dev.clarion.bgp.fsm.Restart;
import dev.clarion.bgp.fsm.Role;
import dev.clarion.config.BgpPeer;
import dev.clarion.config.Neighbor;
import dev.clarion.config.PeerRole;
import dev.clarion.config.RemoteAs;
import dev.clarion.config.SecretReference;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The sessions of this node: peers of the configuration in the words of the BGP speaker.
 *
 * @param sessions by the peer's name
 * @param obstacles why others have none, in words, by the peer's name
 */
record PeerSessions(SortedMap<String, PeerConfig> sessions, SortedMap<String, String> obstacles) {
    /** A router of another AS that may be anywhere. */
    private static final Reach ANYWHERE = new Reach.Multihop(Reach.MAX);

    /**
     * Of the peers that this node has.
     *
     * @param routerId of peers that name none
     * @param namespace Clarion's
     * @param listens whether routers may dial
     * @param passwords what is known of the Secrets by name
     */
    static PeerSessions of(
            Collection<BgpPeer> peers,
            Ip routerId,
            String namespace,
            boolean listens,
            Map<String, PeerPasswords.Held> passwords) {
        SortedMap<String, PeerConfig> sessions = new TreeMap<>();
        SortedMap<String, String> obstacles = new TreeMap<>();
        for (BgpPeer peer : peers) {
            if (peer.passive() && !listens) {
                obstacles.put(peer.name(), PeerObstacle.NOT_LISTENING.text(""));
                continue;
            }
            try {
                PeerBuilder session = session(peer, routerId);
                Optional<String> obstacle =
                        peer.passwordSecret().flatMap(secret -> sign(session, secret, namespace, passwords));
                obstacle.ifPresentOrElse(
                        why -> obstacles.put(peer.name(), why), () -> sessions.put(peer.name(), session.build()));
            } catch (IllegalArgumentException impossible) {
                obstacles.put(peer.name(), PeerObstacle.IMPOSSIBLE.text(String.valueOf(impossible.getMessage())));
            }
        }
        return new PeerSessions(sessions, obstacles);
    }

    /** Names of the Secrets that passwords of these peers are in. */
    static Set<String> secrets(Collection<BgpPeer> peers) {
        return peers.stream()
                .flatMap(peer -> peer.passwordSecret().stream())
                .map(SecretReference::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Puts the password into the session, or says why it cannot. Never unsigned: then there is no session. */
    private static Optional<String> sign(
            PeerBuilder session, SecretReference secret, String namespace, Map<String, PeerPasswords.Held> passwords) {
        if (secret.namespace().filter(other -> !other.equals(namespace)).isPresent()) {
            return Optional.of(PeerObstacle.PASSWORD_ELSEWHERE.text(secret.name()));
        }
        PeerPasswords.Held held = passwords.get(secret.name());
        if (held == null) {
            return Optional.of(PeerObstacle.PASSWORD_MISSING.text(secret.name()));
        }
        Optional<Password> password = held.password();
        password.ifPresent(session::password);
        return password.isPresent()
                ? Optional.empty()
                : Optional.of(PeerObstacle.PASSWORD_UNUSABLE.text(secret.name()));
    }

    private static Role role(PeerRole role) {
        return switch (role) {
            case CUSTOMER -> Role.CUSTOMER;
            case PROVIDER -> Role.PROVIDER;
            case PEER -> Role.PEER;
            case RS -> Role.RS;
            case RS_CLIENT -> Role.RS_CLIENT;
        };
    }

    private static PeerBuilder session(BgpPeer peer, Ip routerId) {
        long localAs = peer.localAsn().orElse(peer.myAsn());
        PeerAs peerAs = switch (peer.peerAs()) {
            case RemoteAs.Fixed(long asn) -> new PeerAs.Exactly(asn);
            case RemoteAs.Dynamic.INTERNAL -> new PeerAs.Internal();
            case RemoteAs.Dynamic.EXTERNAL -> new PeerAs.External();
        };
        Ip id = peer.routerId().orElse(routerId);
        PeerBuilder session = switch (peer.neighbor()) {
            case Neighbor.Address(Ip router) -> PeerConfig.at(peer.name(), router, localAs, peerAs, id);
            case Neighbor.OnInterface(String name) -> PeerConfig.on(peer.name(), name, localAs, peerAs, id);
        };
        if (peer.dualStackAddressFamily()) {
            session.families(EnumSet.allOf(IpFamily.class));
            session.extendedNextHop(peer.peerAddress()
                    .map(router -> router.family() == IpFamily.IPV6)
                    .orElse(true));
        }
        if (peer.ebgpMultiHop()) {
            session.reach(ANYWHERE);
        }
        peer.ttlSecurityHops().ifPresent(hops -> session.reach(new Reach.Security(hops)));
        if (peer.enableGracefulRestart()) {
            session.restart(peer.longLivedStaleTime()
                    .<Restart>map(stale -> new Restart.LongLived(Restart.DEFAULT_TIME, stale, false))
                    .orElse(new Restart.Graceful(Restart.DEFAULT_TIME, false)));
        }
        peer.role().map(PeerSessions::role).ifPresent(session::role);
        session.passive(peer.passive());
        peer.sourceAddress().ifPresent(session::localAddress);
        peer.vrf().ifPresent(session::device);
        peer.bfdProfile().ifPresent(session::bfdProfile);
        PeerTimes times = PeerTimes.DEFAULT.withHold(peer.holdTime()).withKeepalive(peer.keepaliveTime());
        return session.port(peer.peerPort())
                .times(peer.connectTime().map(times::withConnectRetry).orElse(times));
    }
}
