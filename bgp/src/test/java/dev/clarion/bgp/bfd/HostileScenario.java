package dev.clarion.bgp.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import dev.clarion.bgp.bfd.wire.Discard;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Our engine and a peer that does what daemons do not, or do not yet. */
final class HostileScenario {
    static final List<String> STEPS = List.of(
            "while another program has the port nothing is sent, and it is said why",
            "a session comes up by hand, and a poll is answered at once",
            "a peer in demand mode is sent nothing while both are up, and its polls are answered",
            "a peer that can receive nothing is sent nothing",
            "what is not ours is dropped, each for its reason, and no session is made",
            "packets that were farther away are dropped",
            "a flood of garbage takes no session down",
            "a local address and an interface that are missing are said, and used when they come");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "raw";
    private static final Ip PEER = Ip.parse("192.168.50.254");
    private static final int FLOOD = 100_000;

    private final Recorder recorder = new Recorder();
    private final BfdEngine engine = new BfdEngine(recorder, BfdOptions.ORDINARY);
    private final RawPeer peer;

    private HostileScenario() throws IOException, InterruptedException {
        peer = new RawPeer("192.168.50.254", "192.168.50.11");
    }

    /** Exits with 0 if every step held. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        HostileScenario scenario = new HostileScenario();
        Sandbox.steps(
                STEPS,
                List.of(
                        scenario::portTaken,
                        scenario::byHand,
                        scenario::demand,
                        scenario::deafPeer,
                        scenario::notOurs,
                        scenario::farther,
                        scenario::flood,
                        scenario::missing),
                () -> System.out.println(scenario.recorder + "\n" + scenario.engine.status()));
    }

    private void portTaken() throws IOException {
        try (DatagramChannel other = DatagramChannel.open().bind(new InetSocketAddress("0.0.0.0", 3784))) {
            engine.sessions(Map.of(KEY, BfdSessionConfig.singleHop(PEER, BfdProfile.DEFAULT)));
            await().atMost(PATIENCE).until(() -> recorder.problems().get(KEY) == BfdProblem.PORT_TAKEN);
            assertThat(session().counters().sent()).isZero();
            assertThat(other.isOpen()).isTrue();
            assertThat(session().sourcePort()).isEmpty();
        }
        await().atMost(PATIENCE).until(() -> recorder.problems().isEmpty());
        await().atMost(PATIENCE).until(() -> peer.heard() != null);
    }

    private void byHand() throws IOException {
        ControlPacket first = hear();
        assertThat(first.state()).isEqualTo(BfdState.DOWN);
        assertThat(first.yourDiscriminator()).isZero();
        peer.say(RawPeer.packet(BfdState.DOWN, 0));
        await().atMost(PATIENCE).until(() -> session().state() == BfdState.INIT);
        assertThat(hear().yourDiscriminator()).isEqualTo(RawPeer.DISCRIMINATOR);
        peer.say(RawPeer.packet(BfdState.UP, session().discriminator(), true, false, false, 1_000_000));
        await().atMost(PATIENCE).until(() -> session().state() == BfdState.UP);
        await().atMost(PATIENCE).until(() -> hear().last());
        await().atMost(PATIENCE).until(() -> hear().poll());
        peer.say(RawPeer.packet(BfdState.UP, session().discriminator(), false, true, false, 1_000_000));
        await().atMost(PATIENCE).until(() -> !session().polling());
    }

    private void demand() throws IOException {
        peer.say(RawPeer.packet(BfdState.UP, session().discriminator(), false, false, true, 1_000_000));
        await().atMost(PATIENCE).until(() -> session().transmit().isZero());
        long sent = session().counters().sent();
        for (int polls = 1; polls <= 3; polls++) {
            peer.heard();
            peer.say(RawPeer.packet(BfdState.UP, session().discriminator(), true, false, true, 1_000_000));
            assertThat(hear().last()).isTrue();
            assertThat(session().counters().sent()).isEqualTo(sent + polls);
        }
        peer.say(RawPeer.packet(BfdState.UP, session().discriminator()));
        await().atMost(PATIENCE).until(() -> session().counters().sent() > sent + 4);
    }

    private void deafPeer() throws IOException {
        peer.say(RawPeer.packet(BfdState.UP, session().discriminator(), false, false, false, 0));
        await().atMost(PATIENCE).until(() -> session().transmit().isZero());
        peer.say(RawPeer.packet(BfdState.UP, session().discriminator()));
        await().atMost(PATIENCE).until(() -> !session().transmit().isZero());
    }

    private void notOurs() throws IOException, InterruptedException {
        int ours = session().discriminator();
        String mine = "%08x".formatted(RawPeer.DISCRIMINATOR);
        peer.say("00");
        awaitDropped(Discard.TRUNCATED, 1);
        peer.say("40 c0 03 18" + mine + "%08x".formatted(ours) + "000f4240 000f4240 00000000");
        awaitDropped(Discard.VERSION, 1);
        peer.say("20 c4 03 1c" + mine + "%08x".formatted(ours) + "000f4240 000f4240 00000000 01040161");
        awaitDropped(Discard.AUTHENTICATED, 1);
        peer.say(RawPeer.packet(BfdState.UP, 0));
        awaitDropped(Discard.YOUR_DISCRIMINATOR_ZERO, 1);
        peer.say(RawPeer.packet(BfdState.UP, ours + 1));
        awaitDropped(Discard.UNKNOWN_DISCRIMINATOR, 1);
        Sandbox.run("ip", "-n", "rtr", "addr", "add", "192.168.50.253/24", "dev", "lan0");
        try (RawPeer stranger = new RawPeer("192.168.50.253", "192.168.50.11")) {
            stranger.say(RawPeer.packet(BfdState.DOWN, 0));
            awaitDropped(Discard.STRANGER, 1);
            stranger.say(RawPeer.packet(BfdState.UP, ours));
            await().atMost(PATIENCE).until(() -> session().remoteState() == BfdState.UP);
            assertThat(stranger.heard()).as("nobody answers").isNull();
        }
        assertThat(session().counters().dropped()).as("those that named it").isEqualTo(2);
        assertThat(session().state()).isEqualTo(BfdState.UP);
        assertThat(engine.status().sessions()).hasSize(1);
    }

    private void farther() throws IOException {
        Sandbox.run("ip", "netns", "exec", "rtr", "sysctl", "-qw", "net.ipv4.ip_default_ttl=254");
        peer.say(RawPeer.packet(BfdState.DOWN, session().discriminator()));
        awaitDropped(Discard.NOT_FROM_THIS_LINK, 1);
        Sandbox.run("ip", "netns", "exec", "rtr", "sysctl", "-qw", "net.ipv4.ip_default_ttl=255");
        assertThat(session().state()).isEqualTo(BfdState.UP);
    }

    private void flood() throws IOException {
        long sent = session().counters().sent();
        byte[] garbage = new byte[] {0x20, 0x40, 3, 24, 0, 0, 0, 1, 9, 9, 9, 9, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0};
        for (int i = 0; i < FLOOD; i++) {
            peer.say(garbage);
        }
        peer.say(RawPeer.packet(BfdState.UP, session().discriminator(), true, false, false, 1_000_000));
        await().atMost(PATIENCE).until(() -> session().counters().sent() > sent + 2);
        long seen = engine.status().dropped().getOrDefault(Discard.UNKNOWN_DISCRIMINATOR, 0L);
        Sandbox.seen("a flood of %d: %d looked at, the rest dropped by the kernel".formatted(FLOOD, seen));
        assertThat(seen).isGreaterThan(1);
        assertThat(session().state()).isEqualTo(BfdState.UP);
        assertThat(session().counters().downs()).isZero();
    }

    private void missing() {
        engine.sessions(Map.of(
                "address",
                new BfdSessionConfig(
                        PEER,
                        Optional.of(Ip.parse("192.168.50.77")),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        BfdProfile.DEFAULT),
                "interface",
                new BfdSessionConfig(
                        PEER, Optional.empty(), Optional.of("eth7"), Optional.empty(), false, BfdProfile.DEFAULT)));
        await().atMost(PATIENCE)
                .until(() -> recorder.problems()
                        .equals(Map.of(
                                "address",
                                BfdProblem.LOCAL_ADDRESS_MISSING,
                                "interface",
                                BfdProblem.INTERFACE_MISSING)));
        Sandbox.run("ip", "addr", "add", "192.168.50.77/24", "dev", "eth0");
        await().atMost(PATIENCE).until(() -> !recorder.problems().containsKey("address"));
        Sandbox.run("ip", "link", "add", "eth7", "type", "veth", "peer", "name", "eth8");
        await().atMost(PATIENCE).until(() -> recorder.problems().get("interface") != BfdProblem.INTERFACE_MISSING);
        engine.close();
    }

    private void awaitDropped(Discard why, long times) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.status().dropped()).containsEntry(why, times));
    }

    private ControlPacket hear() {
        return await().atMost(PATIENCE).until(peer::heard, Objects::nonNull);
    }

    private BfdStatus.Session session() {
        return engine.status().sessions().getFirst();
    }
}
