package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.MpReach;
import dev.clarion.bgp.wire.NextHop;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A speaker on real sockets of the loopback interface; the peer's part is played by the test. */
class BgpSpeakerTest {
    private static final Prefix P1 = Prefix.parse("203.0.113.1/32");
    private static final Prefix P2 = Prefix.parse("203.0.113.2/32");
    private static final Prefix V6 = Prefix.parse("2001:db8:113::1/128");

    private final Recorder recorder = new Recorder();
    private final BgpSpeaker speaker = new BgpSpeaker(recorder);

    @AfterEach
    void close() {
        speaker.close();
    }

    @Test
    void announcesReplacesAndWithdrawsOverOneSession() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            PeerConfig config = config("router", listener, 90);
            apply(config, Route.of(P1));
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                Update first = peer.expectBesideKeepalives(Update.class);
                assertThat(first.announced()).containsExactly(P1);
                assertThat(first.attributes()).contains(new NextHop(Ip.parse("127.0.0.1")));

                apply(config, new Route(P1, Optional.of(Ip.parse("192.0.2.7"))), Route.of(P2));
                Set<Prefix> seen = new HashSet<>();
                while (seen.size() < 2) {
                    Update update = peer.expectBesideKeepalives(Update.class);
                    assertThat(update.withdrawn()).isEmpty();
                    seen.addAll(update.announced());
                }
                assertThat(seen).containsExactlyInAnyOrder(P1, P2);

                apply(config, Route.of(P2));
                assertThat(peer.expectBesideKeepalives(Update.class).withdrawn())
                        .containsExactly(P1);
                assertThat(status().sent()).containsExactly(P2);
                assertThat(status().counters().sessionsEstablished()).isEqualTo(1);
                assertThat(recorder.count(BgpReason.ESTABLISHED)).isEqualTo(1);
            }
        }
    }

    @Test
    void theSameIntentAgainSaysNothing() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            PeerConfig config = config("router", listener, 90);
            apply(config, Route.of(P1));
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                for (int i = 0; i < 50; i++) {
                    apply(config, Route.of(P1));
                    assertThat(status().counters().updatesSent()).isEqualTo(1);
                }
                apply(config);
                assertThat(peer.expectBesideKeepalives(Update.class).withdrawn())
                        .containsExactly(P1);
            }
        }
    }

    @Test
    void anIpv6SessionCarriesIpv6AndNamesWhatItCannotCarry() throws IOException {
        try (ServerSocket listener = TestPeer.listener("::1")) {
            apply(config("router", listener, 90), Route.of(P1), Route.of(V6));
            try (TestPeer peer = TestPeer.accept(listener)) {
                assertThat(peer.expect(Open.class).families()).containsExactly(Family.IPV6_UNICAST);
                peer.send(peer.open(90));
                peer.expect(Keepalive.class);
                peer.send(new Keepalive());
                assertThat(peer.expectBesideKeepalives(Update.class).attributes())
                        .contains(new MpReach(Family.IPV6_UNICAST, Ip.parse("::1"), Optional.empty(), List.of(V6)));
                assertThat(status().sent()).containsExactly(V6);
                assertThat(status().unsendable()).isEqualTo(Map.of(P1, Unsendable.FAMILY_NOT_NEGOTIATED));
                assertThat(status().sent(IpFamily.IPV6)).containsExactly(V6);
                assertThat(status().sent(IpFamily.IPV4)).isEmpty();
            }
        }
    }

    @Test
    void aRouteRefreshBringsEverythingAgain() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            apply(config("router", listener, 90), Route.of(P1));
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                Update first = peer.expectBesideKeepalives(Update.class);
                peer.send(new RouteRefresh(Family.IPV4_UNICAST, 0));
                assertThat(peer.expectBesideKeepalives(Update.class)).isEqualTo(first);
            }
        }
    }

    @Test
    void tenThousandRoutesGoOutWhileThePeerIsSlowToRead() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            Set<Prefix> wanted = IntStream.range(0, 10_000)
                    .mapToObj(i -> Prefix.host(Ip.ofV4(0x0a00_0000 + i)))
                    .collect(Collectors.toUnmodifiableSet());
            apply(config("router", listener, 90), wanted.stream().map(Route::of).toArray(Route[]::new));
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                Set<Prefix> seen = new HashSet<>();
                int updates = 0;
                while (seen.size() < wanted.size()) {
                    seen.addAll(peer.expectBesideKeepalives(Update.class).announced());
                    updates++;
                }
                assertThat(seen).isEqualTo(wanted);
                assertThat(updates).isLessThanOrEqualTo(wanted.size() / 200);
            }
        }
    }

    @Test
    void keepalivesFlowAndASilentPeerIsLeftWhenTheHoldTimeIsOver() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            apply(config("router", listener, 3), Route.of(P1));
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                peer.expect(Keepalive.class);
                assertThat(peer.expectBesideKeepalives(Notification.class))
                        .isEqualTo(Notification.of(BgpError.HOLD_TIMER_EXPIRED));
                assertThat(peer.atEnd()).isTrue();
            }
            recorder.awaitCount(BgpReason.HOLD_TIMER_EXPIRED, 1);
            assertThat(status().lastError())
                    .hasValueSatisfying(error -> assertThat(error).contains("silent"));
            assertThat(status().sent()).isEmpty();
        }
    }

    @Test
    void aLostSessionIsDialledAgainAndHearsTheRoutesAgain() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            apply(config("router", listener, 90), Route.of(P1));
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                peer.reset();
            }
            try (TestPeer again = TestPeer.accept(listener).establish(90)) {
                assertThat(again.expectBesideKeepalives(Update.class).announced())
                        .containsExactly(P1);
            }
        }
    }

    @Test
    void aChangedPeerGetsANewSessionAndItsNeighbourNoticesNothing() throws IOException {
        try (ServerSocket one = TestPeer.listener("127.0.0.1");
                ServerSocket two = TestPeer.listener("127.0.0.1")) {
            PeerConfig first = config("one", one, 90);
            PeerConfig second = config("two", two, 90);
            speaker.apply(new BgpIntent(List.of(intent(first, P1), intent(second, P1))));
            try (TestPeer changed = TestPeer.accept(one).establish(90);
                    TestPeer kept = TestPeer.accept(two).establish(90)) {
                recorder.awaitCount(BgpReason.ESTABLISHED, 2);
                speaker.apply(new BgpIntent(List.of(
                        intent(first.but().routerId(Ip.parse("10.0.0.3")).build(), P1), intent(second, P1))));
                changed.expectBesideKeepalives(Update.class);
                assertThat(changed.expectBesideKeepalives(Notification.class))
                        .isEqualTo(Notification.of(BgpError.OTHER_CONFIGURATION_CHANGE));
                try (TestPeer anew = TestPeer.accept(one)) {
                    assertThat(anew.expect(Open.class).routerId()).isEqualTo(Ip.parse("10.0.0.3"));
                }
                speaker.apply(new BgpIntent(List.of(intent(second, P1, P2))));
                kept.expectBesideKeepalives(Update.class);
                assertThat(kept.expectBesideKeepalives(Update.class).announced())
                        .containsExactly(P2);
                assertThat(recorder.count(BgpReason.DECONFIGURED)).isEqualTo(1);
            }
        }
    }

    @Test
    void aShutdownWithdrawsThenCeasesAndARestartJustEnds() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            apply(config("router", listener, 90), Route.of(P1));
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                speakerStops(speaker, StopMode.SHUTDOWN);
                assertThat(peer.expectBesideKeepalives(Update.class).withdrawn())
                        .containsExactly(P1);
                assertThat(peer.expect(Notification.class))
                        .isEqualTo(Notification.of(BgpError.ADMINISTRATIVE_SHUTDOWN));
                assertThat(peer.atEnd()).isTrue();
            }
            try (BgpSpeaker next = new BgpSpeaker(recorder)) {
                next.apply(new BgpIntent(List.of(intent(config("router", listener, 90), P1))));
                try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                    peer.expectBesideKeepalives(Update.class);
                    speakerStops(next, StopMode.RESTART);
                    assertThat(peer.atEnd()).isTrue();
                }
            }
        }
    }

    @Test
    void garbageFromAPeerIsAnsweredAndTheNextGoodSessionWorks() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            apply(config("router", listener, 90), Route.of(P1));
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                byte[] noise = new byte[1 << 16];
                Arrays.fill(noise, (byte) 0x42);
                peer.send(noise);
                assertThat(peer.expectBesideKeepalives(Notification.class))
                        .isEqualTo(Notification.of(BgpError.CONNECTION_NOT_SYNCHRONIZED));
                assertThat(peer.atEnd()).isTrue();
            }
            try (TestPeer again = TestPeer.accept(listener).establish(90)) {
                assertThat(again.expectBesideKeepalives(Update.class).announced())
                        .containsExactly(P1);
            }
        }
    }

    @Test
    void aListenerThatThrowsHarmsNoSession() throws IOException {
        BgpListener failing = (peer, from, to, reason, detail) -> {
            throw new IllegalStateException("on purpose");
        };
        try (BgpSpeaker stubborn = new BgpSpeaker(failing);
                ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            stubborn.apply(new BgpIntent(List.of(intent(config("router", listener, 90), P1))));
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                assertThat(peer.expectBesideKeepalives(Update.class).announced())
                        .containsExactly(P1);
            }
        }
    }

    @Test
    void listeningIsOffUnlessAskedFor() {
        assertThat(speaker.listeningPort()).isEqualTo(OptionalInt.empty());
    }

    private static void speakerStops(BgpSpeaker speaker, StopMode mode) {
        Thread.ofVirtual().start(() -> speaker.stop(mode));
    }

    private void apply(PeerConfig config, Route... routes) {
        speaker.apply(new BgpIntent(List.of(new PeerIntent(config, Set.of(routes)))));
    }

    private PeerStatus status() {
        await().atMost(Duration.ofSeconds(20)).until(() -> !speaker.status().isEmpty());
        return speaker.status().getFirst();
    }

    private static PeerIntent intent(PeerConfig config, Prefix... prefixes) {
        return new PeerIntent(config, Arrays.stream(prefixes).map(Route::of).collect(Collectors.toSet()));
    }

    static PeerConfig config(String name, ServerSocket listener, int holdTime) {
        return new PeerConfig(
                name,
                Ip.ofBytes(listener.getInetAddress().getAddress()),
                listener.getLocalPort(),
                64_513,
                TestPeer.AS,
                Ip.parse("10.0.0.2"),
                Duration.ofSeconds(holdTime),
                Optional.empty());
    }

    @Test
    void aPeerThatRefusesIsShownAsActiveWithTheReason() throws IOException {
        int port;
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            port = listener.getLocalPort();
            apply(config("router", listener, 90));
            TestPeer.accept(listener).close();
        }
        assertThat(port).isPositive();
        recorder.awaitCount(BgpReason.CONNECT_FAILED, 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> status().state() == FsmState.ACTIVE);
        assertThat(status().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("refused"));
    }
}
