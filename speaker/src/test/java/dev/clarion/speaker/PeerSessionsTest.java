package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.BgpRoute;
import dev.clarion.bgp.Community;
import dev.clarion.bgp.Password;
import dev.clarion.bgp.PathAttributes;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerPlace;
import dev.clarion.bgp.Reach;
import dev.clarion.bgp.Route;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.Restart;
import dev.clarion.bgp.fsm.Role;
import dev.clarion.config.BgpPeer;
import dev.clarion.config.Neighbor;
import dev.clarion.config.RemoteAs;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What users write of peers, and what becomes of it. */
class PeerSessionsTest {
    private static final Ip ROUTER_ID = Ip.parse("10.0.0.11");
    private static final String NAMESPACE = "clarion-system";

    private static List<BgpPeer> peers(String... entries) {
        StringBuilder yaml = new StringBuilder("generation: 1\nbgpPeers:\n");
        Arrays.stream(entries).forEach(entry -> yaml.append("- ").append(entry).append('\n'));
        EffectiveSource source = new EffectiveSource();
        List<BgpPeer> peers = source.read(Optional.of(yaml.toString())).config().bgpPeers();
        assertThat(source.problem()).isEmpty();
        return peers;
    }

    private static PeerSessions sessions(Map<String, PeerPasswords.Held> passwords, String... entries) {
        return PeerSessions.of(peers(entries), ROUTER_ID, NAMESPACE, true, passwords);
    }

    private static PeerConfig session(String entry) {
        PeerSessions sessions = sessions(Map.of(), entry);
        assertThat(sessions.obstacles()).isEmpty();
        return sessions.sessions().values().iterator().next();
    }

    @Test
    void aPeerThatSaysLittleIsAsMostAre() {
        PeerConfig session = session("{name: r, myASN: 64513, peerASN: 64512, peerAddress: 192.0.2.1}");
        assertThat(session.place()).isEqualTo(new PeerPlace.Address(Ip.parse("192.0.2.1")));
        assertThat(session.port()).isEqualTo(179);
        assertThat(session.localAs()).isEqualTo(64513);
        assertThat(session.peerAs()).isEqualTo(new PeerAs.Exactly(64512));
        assertThat(session.routerId()).isEqualTo(ROUTER_ID);
        assertThat(session.times().hold()).isEqualTo(Duration.ofSeconds(90));
        assertThat(session.families()).containsExactly(IpFamily.IPV4);
        assertThat(session.reach()).isEqualTo(new Reach.Usual());
        assertThat(session.restart()).isEqualTo(new Restart.Off());
        assertThat(session.password()).isEmpty();
    }

    @Test
    void eachFieldHasItsPlace() {
        PeerConfig session =
                session("{name: r, myASN: 64513, localASN: 64999, dynamicASN: external, peerAddress: 2001:db8::1,"
                        + " peerPort: 1179, holdTime: 9s, keepaliveTime: 2s, connectTime: 7s, routerID: 192.0.2.77,"
                        + " sourceAddress: 2001:db8::2, ebgpMultiHop: true, enableGracefulRestart: true, vrf: red,"
                        + " dualStackAddressFamily: true}");
        assertThat(session.localAs()).isEqualTo(64999);
        assertThat(session.peerAs()).isEqualTo(new PeerAs.External());
        assertThat(session.port()).isEqualTo(1179);
        assertThat(session.times().hold()).isEqualTo(Duration.ofSeconds(9));
        assertThat(session.times().keepalive()).contains(Duration.ofSeconds(2));
        assertThat(session.times().connectRetry()).isEqualTo(Duration.ofSeconds(7));
        assertThat(session.routerId()).isEqualTo(Ip.parse("192.0.2.77"));
        assertThat(session.localAddress()).contains(Ip.parse("2001:db8::2"));
        assertThat(session.reach()).isEqualTo(new Reach.Multihop(255));
        assertThat(session.restart()).isEqualTo(new Restart.Graceful(Duration.ofMinutes(2), false));
        assertThat(session.device()).contains("red");
        assertThat(session.families()).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
        assertThat(session.extendedNextHop()).isTrue();
    }

    @Test
    void whatOnlyClarionOffersHasItsPlace() {
        PeerConfig session = session("{name: r, myASN: 64513, peerASN: 64512, peerAddress: 192.0.2.1, passive: true,"
                + " ttlSecurityHops: 2, role: rs-client, enableGracefulRestart: true, longLivedStaleTime: 1h}");
        assertThat(session.passive()).isTrue();
        assertThat(session.reach()).isEqualTo(new Reach.Security(2));
        assertThat(session.role()).contains(Role.RS_CLIENT);
        assertThat(session.restart())
                .isEqualTo(new Restart.LongLived(Restart.DEFAULT_TIME, Duration.ofHours(1), false));
    }

    @Test
    void whoIsToDialNeedsSomebodyWhoListens() {
        List<BgpPeer> passive = peers("{name: r, myASN: 64513, peerASN: 64512, peerAddress: 192.0.2.1, passive: true}");
        assertThat(PeerSessions.of(passive, ROUTER_ID, NAMESPACE, false, Map.of())
                        .obstacles()
                        .get("r"))
                .contains("--bgp-listen");
        assertThat(PeerSessions.of(passive, ROUTER_ID, NAMESPACE, true, Map.of())
                        .obstacles())
                .isEmpty();
    }

    @Test
    void aPeerOnAnInterfaceIsUnnumbered() {
        PeerConfig session = session("{name: r, myASN: 64513, dynamicASN: external, interface: eth2}");
        assertThat(session.place()).isEqualTo(new PeerPlace.Interface("eth2"));
        assertThat(session.families()).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
    }

    @Test
    void withoutItsPasswordThereIsNoSession() {
        String entry =
                "{name: r, myASN: 64513, peerASN: 64512, peerAddress: 192.0.2.1, passwordSecret: {name: secret-r}}";
        assertThat(PeerSessions.secrets(peers(entry))).containsExactly("secret-r");
        assertThat(sessions(Map.of(), entry).sessions()).isEmpty();
        assertThat(sessions(Map.of(), entry).obstacles().get("r"))
                .contains("secret-r")
                .contains("not known");
        assertThat(sessions(Map.of("secret-r", PeerPasswords.Held.NOTHING), entry)
                        .obstacles()
                        .get("r"))
                .contains("basic-auth");
        Password password = Password.of("word");
        assertThat(sessions(Map.of("secret-r", new PeerPasswords.Held(Optional.of(password))), entry)
                        .sessions()
                        .values())
                .extracting(PeerConfig::password)
                .containsExactly(Optional.of(password));
    }

    @Test
    void onlySecretsOfTheRightKindHoldAPassword() {
        assertThat(held("kubernetes.io/basic-auth", "password", "word")).contains(Password.of("word"));
        assertThat(held("Opaque", "password", "word")).isEmpty();
        assertThat(held("kubernetes.io/basic-auth", "username", "word")).isEmpty();
        assertThat(held("kubernetes.io/basic-auth", "password", "")).isEmpty();
        assertThat(held("kubernetes.io/basic-auth", "password", "x".repeat(81))).isEmpty();
    }

    private static Optional<Password> held(String type, String entry, String text) {
        Secret secret = new SecretBuilder()
                .withType(type)
                .addToData(entry, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .build();
        return PeerPasswords.Held.of(secret).password();
    }

    @Test
    void whatDoesNotGoTogetherConcernsThatPeerOnly() {
        BgpPeer right = peers("{name: right, myASN: 64513, peerASN: 64512, peerAddress: 192.0.2.1}")
                .getFirst();
        BgpPeer wrong = new BgpPeer(
                "wrong",
                64513,
                new RemoteAs.Fixed(64512),
                OptionalLong.empty(),
                new Neighbor.OnInterface("eth2"),
                Optional.of(Ip.parse("192.0.2.2")),
                179,
                BgpPeer.DEFAULT_HOLD_TIME,
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
        PeerSessions sessions = PeerSessions.of(List.of(wrong, right), ROUTER_ID, NAMESPACE, true, Map.of());
        assertThat(sessions.sessions()).containsOnlyKeys("right");
        assertThat(sessions.obstacles()).containsOnlyKeys("wrong");
    }

    @Test
    void routesCarryTheirMarksAndThoseThatGoAreTheLastChoice() {
        Prefix prefix = Prefix.parse("203.0.113.7/32");
        SortedMap<Prefix, BgpRoute> routes = new TreeMap<>(Map.of(
                prefix,
                new BgpRoute(
                        prefix,
                        200,
                        Set.of(
                                new dev.clarion.config.Community.Standard(64512, 7),
                                new dev.clarion.config.Community.Large(64512, 1, 2)))));
        assertThat(told(routes))
                .containsExactly(new Route(
                        prefix,
                        Optional.empty(),
                        new PathAttributes(
                                OptionalLong.of(200),
                                Set.of(new Community.Standard(64512, 7), new Community.Large(64512, 1, 2)))));
        routes.put(prefix, new BgpRoute(prefix, 0, Set.of(), 3, false));
        assertThat(told(routes))
                .as("3 endpoints are 3 Mbit/s")
                .containsExactly(new Route(
                        prefix,
                        Optional.empty(),
                        new PathAttributes(OptionalLong.empty(), Set.of(), OptionalLong.of(375_000))));
        routes.put(prefix, new BgpRoute(prefix, 200, Set.of(), 0, true));
        assertThat(told(routes))
                .containsExactly(new Route(
                        prefix,
                        Optional.empty(),
                        new PathAttributes(OptionalLong.of(0), Set.of(Community.GRACEFUL_SHUTDOWN))));
    }

    private static Set<Route> told(SortedMap<Prefix, BgpRoute> routes) {
        PeerConfig session = session("{name: r, myASN: 64513, peerASN: 64512, peerAddress: 192.0.2.1}");
        return Wishes.bgp(
                        new TreeMap<>(Map.of("r", routes, "unknown", routes)),
                        new TreeMap<>(Map.of("r", session)),
                        false,
                        true)
                .peers()
                .getFirst()
                .routes();
    }
}
