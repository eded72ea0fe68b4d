package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.PeerTimes;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.GracefulRestart;
import dev.clarion.bgp.wire.Header;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.Update;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A speaker that listens: its peer's connections, strangers, garbage, and two connections at once. */
class ListenerTest {
    private static final Prefix P1 = Prefix.parse("203.0.113.1/32");
    private static final String PEER = "127.0.0.2";
    private static final String STRANGER = "127.0.0.3";

    private final Recorder recorder = new Recorder();
    private final BgpSpeaker speaker =
            new BgpSpeaker(recorder, new BgpOptions(Optional.of(new BgpOptions.Listen(Ip.parse("127.0.0.1"), 0))));
    private final int port = speaker.listeningPort().orElseThrow();

    @AfterEach
    void close() {
        speaker.close();
    }

    @Test
    void aPeerThatDialsUsGetsItsRoutes() throws IOException {
        apply(1, "10.0.0.2");
        try (TestPeer peer = TestPeer.dial(PEER, port).establish(90)) {
            assertThat(peer.expectBesideKeepalives(Update.class).announced()).containsExactly(P1);
            assertThat(speaker.status().getFirst().state()).isEqualTo(FsmState.ESTABLISHED);
        }
        recorder.awaitCount(BgpReason.CONNECTION_LOST, 1);
        long failed = recorder.count(BgpReason.CONNECT_FAILED);
        recorder.awaitCount(BgpReason.CONNECT_FAILED, failed + 1); // It dials again itself.
    }

    @Test
    void aStrangerIsTurnedAway() throws IOException {
        apply(1, "10.0.0.2");
        try (TestPeer stranger = TestPeer.dial(STRANGER, port)) {
            assertThat(stranger.expect(Notification.class)).isEqualTo(Notification.of(BgpError.CONNECTION_REJECTED));
            assertThat(stranger.atEnd()).isTrue();
        }
    }

    @Test
    void randomBytesAreAnsweredAndClosedManyTimesOverAndAGoodSessionWorksAfterwards() throws IOException {
        apply(1, "10.0.0.2");
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[1 + random.nextInt(3_000)];
            random.nextBytes(noise);
            noise[0] = 0;
            try (TestPeer peer = dialUntilAnswered()) {
                peer.send(noise);
                assertThat(peer.expect(Notification.class))
                        .as("seed " + seed)
                        .isEqualTo(Notification.of(BgpError.CONNECTION_NOT_SYNCHRONIZED));
                assertThat(peer.atEnd()).isTrue();
            }
        }
        try (TestPeer peer = dialUntilAnswered()) {
            peer.send(peer.open(90));
            peer.expect(Keepalive.class);
            peer.send(new Keepalive());
            assertThat(peer.expectBesideKeepalives(Update.class).announced()).containsExactly(P1);
        }
    }

    /** While a failure is waited out, connections are closed without a word. */
    private TestPeer dialUntilAnswered() throws IOException {
        for (int attempt = 0; attempt < 10_000; attempt++) {
            Optional<TestPeer> peer = dialIfAnswered();
            if (peer.isPresent()) {
                return peer.get();
            }
        }
        throw new AssertionError("never answered");
    }

    /** A connection that is dropped at once may fail at any step, even the first. */
    private Optional<TestPeer> dialIfAnswered() throws IOException {
        TestPeer peer;
        try {
            peer = TestPeer.dial(PEER, port);
        } catch (IOException dropped) {
            return Optional.empty();
        }
        try {
            peer.expect(Open.class);
            return Optional.of(peer);
        } catch (IOException dropped) {
            peer.close();
            return Optional.empty();
        }
    }

    @Test
    void aPeerThatFailedIsNotLetInAgainBeforeItsTime() throws IOException {
        speaker.apply(new BgpIntent(List.of(new PeerIntent(
                peer(1, "10.0.0.2")
                        .but()
                        .times(PeerTimes.DEFAULT.withBackOff(
                                Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(30)))
                        .build(),
                Set.of()))));
        await().atMost(Duration.ofSeconds(20)).until(() -> !speaker.status().isEmpty());
        try (TestPeer peer = TestPeer.dial(PEER, port)) {
            peer.expect(Open.class);
            peer.send(Notification.of(BgpError.ADMINISTRATIVE_RESET));
            assertThat(peer.atEnd()).isTrue();
        }
        recorder.awaitCount(BgpReason.NOTIFICATION_RECEIVED, 1);
        for (int round = 0; round < 20; round++) {
            assertThat(dialIfAnswered()).isEmpty();
        }
        assertThat(speaker.status().getFirst().session().failures()).isEqualTo(1);
        assertThat(recorder.count(BgpReason.CONNECTED)).isEqualTo(1);
        // Somebody who has repaired the peer does not have to wait.
        speaker.reset("router", "");
        recorder.awaitCount(BgpReason.ADMIN_RESET, 1);
        try (TestPeer peer = TestPeer.dial(PEER, port)) {
            peer.expect(Open.class);
        }
    }

    @Test
    void nobodyOpensMoreThanAFewConnections() throws IOException {
        apply(1, "10.0.0.2");
        List<TestPeer> open = new ArrayList<>();
        int untold = 0;
        try {
            for (int i = 0; i < 20 * Doorkeeper.PER_SOURCE; i++) {
                try {
                    open.add(TestPeer.dial(STRANGER, port));
                } catch (IOException closed) {
                    untold++;
                }
            }
            for (TestPeer each : open) {
                untold += told(each) ? 0 : 1;
            }
            assertThat(untold).as("closed at once, without a word").isPositive();
            try (TestPeer peer = TestPeer.dial(PEER, port)) {
                peer.expect(Open.class);
            }
        } finally {
            for (TestPeer each : open) {
                each.close();
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (TestPeer later = TestPeer.dial(STRANGER, port)) {
                return told(later);
            }
        });
    }

    private static boolean told(TestPeer stranger) {
        try {
            stranger.expect(Notification.class);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void theDoorkeeperCountsPerSourceAndStrangersInAll() {
        Doorkeeper keeper = new Doorkeeper();
        Ip one = Ip.parse("192.0.2.1");
        for (int i = 0; i < Doorkeeper.PER_SOURCE; i++) {
            assertThat(keeper.admits(one, false)).isTrue();
        }
        assertThat(keeper.admits(one, false)).isFalse();
        keeper.leaves(one, false);
        assertThat(keeper.admits(one, false)).isTrue();
        for (int i = 0; i < Doorkeeper.STRANGERS; i++) {
            assertThat(keeper.admits(Ip.ofV4(0x0a00_0000 + i), true)).isTrue();
        }
        assertThat(keeper.admits(Ip.parse("10.1.0.0"), true)).isFalse();
        assertThat(keeper.admits(Ip.parse("10.1.0.0"), false)).as("a peer").isTrue();
        keeper.leaves(Ip.parse("10.0.0.1"), true);
        assertThat(keeper.admits(Ip.parse("10.1.0.1"), true)).isTrue();
    }

    @Test
    void aPeerThatRestartsGracefullyIsTakenAtItsWordWhenItComesAgain() throws IOException {
        apply(1, "10.0.0.2");
        try (TestPeer before = TestPeer.dial(PEER, port)) {
            before.expect(Open.class);
            before.send(restartable());
            before.expect(Keepalive.class);
            before.send(new Keepalive());
            before.expectBesideKeepalives(Update.class);
            try (TestPeer after = TestPeer.dial(PEER, port).establish(90)) {
                assertThat(after.expectBesideKeepalives(Update.class).announced())
                        .containsExactly(P1);
            }
            assertThat(recorder.count(BgpReason.PEER_RESTARTED)).isEqualTo(1);
        }
    }

    @Test
    void aSecondConnectionOfAPeerThatDoesNotRestartCollides() throws IOException {
        apply(1, "10.0.0.2");
        try (TestPeer first = TestPeer.dial(PEER, port).establish(90)) {
            first.expectBesideKeepalives(Update.class);
            try (TestPeer second = TestPeer.dial(PEER, port)) {
                assertThat(second.expect(Notification.class)).isEqualTo(Notification.of(BgpError.CONNECTION_COLLISION));
            }
            assertThat(speaker.status().getFirst().state()).isEqualTo(FsmState.ESTABLISHED);
        }
    }

    private static Open restartable() {
        return Open.of(
                TestPeer.AS,
                90,
                Ip.parse("10.9.9.9"),
                List.of(
                        new Capability.MultiProtocol(Family.IPV4_UNICAST),
                        new GracefulRestart(
                                false, false, 60, List.of(new GracefulRestart.Kept(Family.IPV4_UNICAST, true)))));
    }

    @Test
    void aHeaderThatPromisesTooMuchIsRefusedBeforeAnyOfItIsKept() throws IOException {
        apply(1, "10.0.0.2");
        try (TestPeer peer = TestPeer.dial(PEER, port)) {
            peer.expect(Open.class);
            byte[] header = new Keepalive().encode(TestPeer.CONTEXT);
            header[16] = (byte) 0xff;
            peer.send(header);
            assertThat(peer.expect(Notification.class).error()).contains(BgpError.BAD_MESSAGE_LENGTH);
        }
        assertThat(Header.MAX_MESSAGE).isEqualTo(4096);
    }

    @Test
    void messagesMayArriveOctetByOctet() throws IOException {
        apply(1, "10.0.0.2");
        try (TestPeer peer = TestPeer.dial(PEER, port)) {
            peer.expect(Open.class);
            for (byte octet : peer.open(90).encode(TestPeer.CONTEXT)) {
                peer.send(new byte[] {octet});
            }
            peer.expect(Keepalive.class);
        }
    }

    @Test
    void ofTwoConnectionsThePeersIsDroppedWhenOurIdentifierIsHigher() throws IOException {
        try (ServerSocket listener = TestPeer.listener(PEER)) {
            apply(listener.getLocalPort(), "200.0.0.2");
            try (TestPeer ours = TestPeer.accept(listener);
                    TestPeer theirs = TestPeer.dial(PEER, port)) {
                ours.expect(Open.class);
                ours.send(ours.open(90));
                ours.expect(Keepalive.class);
                theirs.expect(Open.class);
                theirs.send(theirs.open(90));
                assertThat(theirs.expect(Notification.class)).isEqualTo(Notification.of(BgpError.CONNECTION_COLLISION));
                ours.send(new Keepalive());
                assertThat(ours.expectBesideKeepalives(Update.class).announced())
                        .containsExactly(P1);
            }
        }
    }

    @Test
    void ofTwoConnectionsOursIsDroppedWhenThePeersIdentifierIsHigher() throws IOException {
        try (ServerSocket listener = TestPeer.listener(PEER)) {
            apply(listener.getLocalPort(), "1.0.0.2");
            try (TestPeer ours = TestPeer.accept(listener);
                    TestPeer theirs = TestPeer.dial(PEER, port)) {
                ours.expect(Open.class);
                ours.send(ours.open(90));
                ours.expect(Keepalive.class);
                theirs.expect(Open.class);
                theirs.send(theirs.open(90));
                theirs.expect(Keepalive.class);
                assertThat(ours.expectBesideKeepalives(Notification.class))
                        .isEqualTo(Notification.of(BgpError.CONNECTION_COLLISION));
                theirs.send(new Keepalive());
                assertThat(theirs.expectBesideKeepalives(Update.class).announced())
                        .containsExactly(P1);
                assertThat(recorder.count(BgpReason.ESTABLISHED)).isEqualTo(1);
            }
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        BgpOptions taken = new BgpOptions(Optional.of(new BgpOptions.Listen(Ip.parse("127.0.0.1"), port)));
        assertThatThrownBy(() -> new BgpSpeaker(BgpListener.NONE, taken))
                .isInstanceOf(BgpException.class)
                .hasMessageContaining("cannot listen for BGP on 127.0.0.1 port " + port);
    }

    private void apply(int peerPort, String routerId) {
        speaker.apply(new BgpIntent(List.of(new PeerIntent(peer(peerPort, routerId), Set.of(Route.of(P1))))));
        await().atMost(Duration.ofSeconds(20)).until(() -> !speaker.status().isEmpty());
    }

    private static PeerConfig peer(int peerPort, String routerId) {
        Duration moment = Duration.ofMillis(1);
        return PeerConfig.at("router", Ip.parse(PEER), 64_513, new PeerAs.Exactly(TestPeer.AS), Ip.parse(routerId))
                .port(peerPort)
                .times(PeerTimes.DEFAULT.withBackOff(moment, moment, Duration.ofSeconds(30)))
                .build();
    }
}
