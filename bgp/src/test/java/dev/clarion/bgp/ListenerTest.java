package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.wire.BgpError;
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
        await().atMost(Duration.ofSeconds(20))
                .until(() -> speaker.status().getFirst().state() != FsmState.ESTABLISHED);
        long dials = recorder.count(BgpReason.STARTED);
        assertThat(dials).as("it dials again itself").isEqualTo(2);
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
            try (TestPeer peer = TestPeer.dial(PEER, port)) {
                peer.expect(Open.class);
                peer.send(noise);
                assertThat(peer.expect(Notification.class))
                        .as("seed " + seed)
                        .isEqualTo(Notification.of(BgpError.CONNECTION_NOT_SYNCHRONIZED));
                assertThat(peer.atEnd()).isTrue();
            }
        }
        try (TestPeer peer = TestPeer.dial(PEER, port)) {
            peer.establish(90);
            assertThat(peer.expectBesideKeepalives(Update.class).announced()).containsExactly(P1);
        }
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
        PeerConfig config = new PeerConfig(
                "router",
                Ip.parse(PEER),
                peerPort,
                64_513,
                TestPeer.AS,
                Ip.parse(routerId),
                Duration.ofSeconds(90),
                Optional.empty());
        speaker.apply(new BgpIntent(List.of(new PeerIntent(config, Set.of(Route.of(P1))))));
        await().atMost(Duration.ofSeconds(20)).until(() -> !speaker.status().isEmpty());
    }
}
