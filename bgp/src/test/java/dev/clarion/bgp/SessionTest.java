package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.Feature;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.PeerTimes;
import dev.clarion.bgp.fsm.Restart;
import dev.clarion.bgp.fsm.TimerKind;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.GracefulRestart;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.Update;
import dev.clarion.bgp.wire.UpdatePacker;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a session: settings changed under it, peers that misbehave, restarts, BFD, words. */
class SessionTest {
    private static final Prefix P1 = Prefix.parse("203.0.113.1/32");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String BOOT = "0b3c0c1e-1f5c-4f2c-9a51-6a2a6f1f7a10";

    private final Recorder recorder = new Recorder();
    private final BgpSpeaker speaker = new BgpSpeaker(recorder);

    @AfterEach
    void close() {
        speaker.close();
    }

    @Test
    void settingsThatNeedNoNewSessionComeIntoForceUnderTheOldOne() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            PeerConfig config = at(listener).build();
            apply(config);
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                PeerTimes times = config.times()
                        .withKeepalive(Optional.of(Duration.ofSeconds(1)))
                        .withHold(Duration.ofSeconds(30));
                apply(config.but()
                        .times(times)
                        .reach(new Reach.Multihop(9))
                        .passive(true)
                        .restart(new Restart.Graceful(Restart.DEFAULT_TIME, false))
                        .build());
                await().atMost(SOON)
                        .until(() -> status().session().socket().ttl().orElse(0) == 9);
                SessionStatus session = status().session();
                assertThat(session.pending()).containsExactlyInAnyOrder(PeerField.HOLD_TIME, PeerField.RESTART);
                assertThat(session.agreement())
                        .hasValueSatisfying(
                                agreed -> assertThat(agreed.holdTime()).isEqualTo(Duration.ofSeconds(90)));
                assertThat(session.timers().get(TimerKind.KEEPALIVE)).isLessThanOrEqualTo(Duration.ofSeconds(1));
                peer.expect(Keepalive.class);
                assertThat(status().state()).isEqualTo(FsmState.ESTABLISHED);
                assertThat(recorder.count(BgpReason.CONFIG_CHANGED)).isZero();
            }
        }
    }

    @Test
    void whatWaitsForTheNextOpenIsInIt() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            PeerConfig config = at(listener).build();
            apply(config);
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                apply(config.but().holdTime(Duration.ofSeconds(30)).build());
                await().atMost(SOON).until(() -> !status().session().pending().isEmpty());
                peer.reset();
            }
            try (TestPeer again = TestPeer.accept(listener)) {
                assertThat(again.expect(Open.class).holdTime()).isEqualTo(30);
                assertThat(status().session().pending()).isEmpty();
            }
        }
    }

    @Test
    void aPasswordIsChangedOnBothSidesWhileTheSessionGoesOn() {
        try (Pair pair = new Pair(one -> one.password(Password.of("first")), SOON)) {
            pair.awaitRoutes(1);
            assertThat(pair.dialler.status().getFirst().session().socket().signed())
                    .isTrue();
            assertThat(pair.listening.status().getFirst().session().socket().signed())
                    .isTrue();
            pair.change(one -> one.password(Password.of("second")), 2);
            pair.awaitRoutes(2);
            assertThat(pair.dialled.count(BgpReason.ESTABLISHED)).isEqualTo(1);
            assertThat(pair.accepted.count(BgpReason.ESTABLISHED)).isEqualTo(1);
            // The listener has the new one, too: a new session comes up with it.
            pair.dialler.reset("peer", "");
            pair.accepted.awaitCount(BgpReason.ESTABLISHED, 2);
        }
    }

    @Test
    void sidesWithDifferentPasswordsNeverMeet() throws IOException {
        BgpOptions listen = new BgpOptions(Optional.of(new BgpOptions.Listen(Ip.parse("127.0.0.1"), 0)));
        Recorder passive = new Recorder();
        try (BgpSpeaker strict = new BgpSpeaker(passive, listen)) {
            PeerConfig peer = PeerConfig.at(
                            "peer",
                            Ip.parse("127.0.0.4"),
                            64_513,
                            new PeerAs.Exactly(TestPeer.AS),
                            Ip.parse("10.0.0.2"))
                    .passive(true)
                    .password(Password.of("secret"))
                    .build();
            strict.apply(new BgpIntent(List.of(new PeerIntent(peer, Set.of()))));
            await().atMost(SOON).until(() -> !strict.status().isEmpty());
            int port = strict.listeningPort().orElseThrow();
            PeerConfig dialling = PeerConfig.at(
                            "peer",
                            Ip.parse("127.0.0.1"),
                            TestPeer.AS,
                            new PeerAs.Exactly(64_513),
                            Ip.parse("10.0.0.3"))
                    .localAddress(Ip.parse("127.0.0.4"))
                    .port(port)
                    .times(PeerTimes.DEFAULT.withConnectRetry(Duration.ofSeconds(1)))
                    .build();
            apply(dialling);
            recorder.awaitCount(BgpReason.CONNECT_TIMED_OUT, 1);
            apply(dialling.but().password(Password.of("guess")).build());
            recorder.awaitCount(BgpReason.STARTED, 2);
            recorder.awaitCount(BgpReason.CONNECT_TIMED_OUT, recorder.count(BgpReason.CONNECT_TIMED_OUT) + 1);
            assertThat(passive.count(BgpReason.CONNECTED)).isZero();
            apply(dialling.but().password(Password.of("secret")).build());
            recorder.awaitCount(BgpReason.ESTABLISHED, 1);
        }
    }

    @Test
    void aConnectionThatBeganWithoutAPasswordIsNotGivenOne() throws SocketFault {
        EpollSocketChannel unsigned = new EpollSocketChannel();
        try {
            Ip peer = Ip.parse("192.0.2.1");
            Md5.inherit(unsigned, peer, Optional.empty());
            assertThatThrownBy(() -> Md5.inherit(unsigned, peer, Optional.of(Password.of("secret"))))
                    .isInstanceOfSatisfying(
                            SocketFault.class,
                            fault -> assertThat(fault.reason()).isEqualTo(BgpReason.PASSWORD_REFUSED));
            assertThat(Md5.remove(unsigned, peer)).as("left without one").isFalse();
        } finally {
            unsigned.unsafe().closeForcibly();
        }
    }

    @Test
    void bothSidesWithTtlSecurityMeet() {
        try (Pair pair = new Pair(one -> one.reach(new Reach.Security(1)), SOON)) {
            pair.awaitRoutes(1);
            assertThat(pair.dialler.status().getFirst().session().socket().leastTtl())
                    .hasValue(255);
        }
    }

    @Test
    void aPeerThatStopsReadingIsLeftWhenTheSendHoldTimeIsOver() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            listener.setReceiveBufferSize(4096);
            PeerConfig config = at(listener)
                    .times(PeerTimes.DEFAULT
                            .withHold(Duration.ofSeconds(6))
                            .withSendHold(Optional.of(Duration.ofSeconds(7))))
                    .build();
            // Each fills a message, for its marks and a next hop of its own: more than the kernel will keep for us.
            Set<Community> marks = IntStream.range(0, 300)
                    .mapToObj(i -> new Community.Large(64_513, 1, i))
                    .collect(Collectors.toSet());
            Set<Route> many = IntStream.range(0, 1_200)
                    .mapToObj(i -> new Route(
                            Prefix.host(Ip.ofV4(0x0b00_0000 + i)),
                            Optional.of(Ip.ofV4(0x0a00_0001 + i)),
                            PathAttributes.DEFAULT.with(marks)))
                    .collect(Collectors.toSet());
            speaker.apply(new BgpIntent(List.of(new PeerIntent(config, many))));
            // Without a hold time the peer may be as silent as it likes: what ends the session is that it takes
            // nothing.
            try (TestPeer peer = TestPeer.accept(listener)) {
                peer.establish(0);
                recorder.awaitCount(BgpReason.SEND_HOLD_TIMER_EXPIRED, 1);
                assertThat(status().counters().prefixesAnnounced()).isLessThan(many.size());
            }
        }
    }

    @Test
    void aFloodOfRoutesIsCountedAndDroppedWhileOurKeepalivesGoOn() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            PeerTimes times = PeerTimes.DEFAULT.withKeepalive(Optional.of(Duration.ofSeconds(1)));
            apply(at(listener).times(times).build());
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                List<Prefix> withdrawn = IntStream.range(0, 700)
                        .mapToObj(i -> Prefix.host(Ip.ofV4(0x0b00_0000 + i)))
                        .toList();
                byte[] update =
                        UpdatePacker.withdrawal(Family.IPV4_UNICAST, withdrawn).encode(TestPeer.CONTEXT);
                int updates = 300;
                for (int i = 0; i < updates; i++) {
                    peer.send(update);
                }
                peer.expect(Keepalive.class);
                await().atMost(SOON).until(() -> status().counters().updatesReceived() == updates);
                assertThat(status().state()).isEqualTo(FsmState.ESTABLISHED);
                assertThat(status().sent()).containsExactly(P1);
            }
        }
    }

    @Test
    void anAsNumberThatWasLearnedIsShownWithEverythingElseThatWasAgreedOn() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            apply(at(listener).peerAs(new PeerAs.External()).build());
            try (TestPeer peer = TestPeer.accept(listener).establish(60)) {
                peer.expectBesideKeepalives(Update.class);
                Agreed agreed = status().session().agreement().orElseThrow();
                assertThat(agreed.peerAs()).isEqualTo(TestPeer.AS);
                assertThat(agreed.external()).isTrue();
                assertThat(agreed.peerRouterId()).isEqualTo(Ip.parse("10.9.9.9"));
                assertThat(agreed.holdTime()).isEqualTo(Duration.ofSeconds(60));
                assertThat(agreed.features()).containsExactlyInAnyOrder(Feature.FOUR_OCTET_AS, Feature.ROUTE_REFRESH);
                assertThat(status().session().timers())
                        .containsKeys(TimerKind.HOLD, TimerKind.KEEPALIVE, TimerKind.STABLE);
                assertThat(status().session().reason()).isEqualTo(BgpReason.ESTABLISHED);
            }
        }
    }

    @Test
    void lastWordsAreShownAndOursAreSent() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            PeerTimes quick =
                    PeerTimes.DEFAULT.withBackOff(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofSeconds(30));
            apply(at(listener).times(quick).build());
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.send(Notification.shutdown("rack 7 moves\u0007"));
                recorder.awaitCount(BgpReason.NOTIFICATION_RECEIVED, 1);
                assertThat(status().session().lastReceived())
                        .hasValueSatisfying(said ->
                                assertThat(said.words()).isEqualTo("administrative shutdown (6/2): rack 7 moves"));
            }
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                speaker.reset("router", "try again");
                assertThat(peer.expectBesideKeepalives(Notification.class)).isEqualTo(Notification.reset("try again"));
                recorder.awaitCount(BgpReason.ADMIN_RESET, 1);
                assertThat(status().session().lastSent())
                        .hasValueSatisfying(
                                said -> assertThat(said.words()).isEqualTo("administrative reset (6/4): try again"));
            }
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                Thread.ofVirtual().start(() -> speaker.stop(StopMode.SHUTDOWN, "node n1 is drained"));
                assertThat(peer.expectBesideKeepalives(Update.class).withdrawn())
                        .containsExactly(P1);
                assertThat(peer.expectBesideKeepalives(Notification.class))
                        .isEqualTo(Notification.shutdown("node n1 is drained"));
            }
        }
    }

    @Test
    void bfdEndsASessionByCeaseAndSwitchedOffItDoesNot() throws IOException {
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            apply(at(listener).bfdProfile("fast").build());
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                speaker.bfdUp("router");
                speaker.bfdAdminDown("router");
                await().atMost(SOON).until(() -> status().session().bfd() == BfdState.ADMIN_DOWN);
                assertThat(status().state()).isEqualTo(FsmState.ESTABLISHED);
                speaker.bfdDown("router", "control detection time expired");
                speaker.bfdDown("router", "control detection time expired");
                assertThat(peer.expectBesideKeepalives(Notification.class))
                        .isEqualTo(Notification.of(BgpError.BFD_DOWN));
                recorder.awaitCount(BgpReason.BFD_DOWN, 1);
                assertThat(status().session().bfd()).isEqualTo(BfdState.DOWN);
            }
            // While it stays down to BFD, BGP may find that the path works.
            try (TestPeer peer = TestPeer.accept(listener).establish(90)) {
                peer.expectBesideKeepalives(Update.class);
                assertThat(recorder.count(BgpReason.BFD_DOWN)).isEqualTo(1);
            }
        }
    }

    @Test
    void aRestartedProcessSaysSoAndMarksTheEndOfRoutesOnlyWhenItKnowsAll() throws IOException {
        List<RestartRecord> kept = new CopyOnWriteArrayList<>();
        try (ServerSocket listener = TestPeer.listener("127.0.0.1")) {
            PeerConfig config = at(listener)
                    .restart(new Restart.Graceful(Duration.ofSeconds(77), false))
                    .build();
            PeerIntent intent = new PeerIntent(config, Set.of(Route.of(P1)));
            try (BgpSpeaker first = new BgpSpeaker(keeping(kept), options(Optional.empty()))) {
                first.apply(new BgpIntent(List.of(intent)));
                try (TestPeer peer = TestPeer.accept(listener)) {
                    GracefulRestart said =
                            peer.expect(Open.class).gracefulRestart().orElseThrow();
                    assertThat(said.restarted()).isFalse();
                    assertThat(said.families()).noneMatch(GracefulRestart.Kept::forwarding);
                    assertThat(said.seconds()).isEqualTo(77);
                    finish(peer);
                    assertThat(peer.expectBesideKeepalives(Update.class).announced())
                            .containsExactly(P1);
                    assertThat(peer.expectBesideKeepalives(Update.class))
                            .isEqualTo(Update.endOfRib(Family.IPV4_UNICAST));
                    await().atMost(SOON).until(() -> !kept.isEmpty());
                    Thread.ofVirtual().start(first::close);
                    assertThat(peer.atEnd()).as("closed without a word").isTrue();
                }
            }
            String file = kept.getLast().encode();
            try (BgpSpeaker second = new BgpSpeaker(keeping(kept), options(RestartRecord.decode(file)))) {
                second.apply(new BgpIntent(List.of(intent), false));
                try (TestPeer peer = TestPeer.accept(listener)) {
                    GracefulRestart said =
                            peer.expect(Open.class).gracefulRestart().orElseThrow();
                    assertThat(said.restarted()).isTrue();
                    assertThat(said.families()).allMatch(GracefulRestart.Kept::forwarding);
                    finish(peer);
                    assertThat(peer.expectBesideKeepalives(Update.class).announced())
                            .containsExactly(P1);
                    assertThat(second.status().getFirst().session().restart()).isEqualTo(RestartVerdict.RESTARTED);
                    // Only now everything is known, and nothing had been said of an end before.
                    Prefix other = Prefix.parse("203.0.113.2/32");
                    second.apply(new BgpIntent(
                            List.of(new PeerIntent(config, Set.of(Route.of(P1), Route.of(other)))), true));
                    assertThat(peer.expectBesideKeepalives(Update.class).announced())
                            .containsExactly(other);
                    assertThat(peer.expectBesideKeepalives(Update.class))
                            .isEqualTo(Update.endOfRib(Family.IPV4_UNICAST));
                    Thread.ofVirtual().start(() -> second.stop(StopMode.SHUTDOWN));
                    peer.expectBesideKeepalives(Update.class);
                    peer.expectBesideKeepalives(Notification.class);
                }
            }
            await().atMost(SOON).until(() -> kept.getLast().sessions().isEmpty());
        }
    }

    private static void finish(TestPeer peer) throws IOException {
        peer.send(Open.of(
                TestPeer.AS,
                90,
                Ip.parse("10.9.9.9"),
                List.of(
                        new Capability.MultiProtocol(Family.IPV4_UNICAST),
                        new GracefulRestart(false, false, 0, List.of()))));
        peer.expect(Keepalive.class);
        peer.send(new Keepalive());
    }

    private static BgpOptions options(Optional<RestartRecord> before) {
        return new BgpOptions(Optional.empty(), new RestartFacts(BOOT, before), Neighbors.NONE);
    }

    private static BgpListener keeping(List<RestartRecord> kept) {
        return new BgpListener() {
            @Override
            public void stateChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail) {}

            @Override
            public void restartRecordChanged(RestartRecord record) {
                kept.add(record);
            }
        };
    }

    private static PeerBuilder at(ServerSocket listener) {
        return PeerConfig.at(
                        "router",
                        Ip.ofBytes(listener.getInetAddress().getAddress()),
                        64_513,
                        new PeerAs.Exactly(TestPeer.AS),
                        Ip.parse("10.0.0.2"))
                .port(listener.getLocalPort());
    }

    private void apply(PeerConfig config) {
        speaker.apply(new BgpIntent(List.of(new PeerIntent(config, Set.of(Route.of(P1))))));
        await().atMost(SOON).until(() -> !speaker.status().isEmpty());
    }

    private PeerStatus status() {
        return speaker.status().getFirst();
    }

    /** Two of our speakers, of which one dials and the other waits, on addresses of loopback. */
    private static final class Pair implements AutoCloseable {
        private static final Ip LISTENS = Ip.parse("127.0.0.1");
        private static final Ip DIALS = Ip.parse("127.0.0.5");

        private final Recorder accepted = new Recorder();
        private final Recorder dialled = new Recorder();
        private final BgpSpeaker listening =
                new BgpSpeaker(accepted, new BgpOptions(Optional.of(new BgpOptions.Listen(LISTENS, 0))));
        private final BgpSpeaker dialler = new BgpSpeaker(dialled);
        private final Duration patience;

        Pair(UnaryOperator<PeerBuilder> both, Duration patience) {
            this.patience = patience;
            change(both, 1);
        }

        void change(UnaryOperator<PeerBuilder> both, int routes) {
            PeerBuilder waiting = PeerConfig.at("peer", DIALS, 64_513, new PeerAs.Exactly(64_512), Ip.parse("10.0.0.2"))
                    .passive(true);
            listening.apply(
                    new BgpIntent(List.of(new PeerIntent(both.apply(waiting).build(), Set.of()))));
            await().atMost(patience).until(() -> !listening.status().isEmpty());
            PeerBuilder dialling = PeerConfig.at(
                            "peer", LISTENS, 64_512, new PeerAs.Exactly(64_513), Ip.parse("10.0.0.1"))
                    .localAddress(DIALS)
                    .port(listening.listeningPort().orElseThrow());
            Set<Route> wanted = IntStream.range(0, routes)
                    .mapToObj(i -> Route.of(Prefix.host(Ip.ofV4(0xcb00_7101 + i))))
                    .collect(Collectors.toSet());
            dialler.apply(
                    new BgpIntent(List.of(new PeerIntent(both.apply(dialling).build(), wanted))));
        }

        void awaitRoutes(int updates) {
            await().atMost(patience)
                    .until(() -> listening.status().getFirst().counters().updatesReceived() >= updates);
        }

        @Override
        public void close() {
            dialler.close();
            listening.close();
        }
    }
}
