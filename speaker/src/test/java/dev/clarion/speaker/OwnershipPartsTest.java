package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.TrafficPolicy;
import dev.clarion.announcement.heartbeat.Datagrams;
import dev.clarion.announcement.heartbeat.Decoded;
import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Hello;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SegmentAddress;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.membership.Member;
import dev.clarion.announcement.ownership.Snapshot;
import dev.clarion.arpndp.L2Intent;
import dev.clarion.arpndp.ProbeResult;
import dev.clarion.kube.ObjectKey;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import dev.clarion.net.Prefix;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipPartsTest {
    private static final Ip ADDRESS = Ip.parse("192.168.50.200");
    private static final Mac FOREIGN = Mac.parse("02:ff:00:00:00:01");
    private static final Envelope HELLO = new Envelope("n1", new Session(1, 2), Session.NONE, 1, new Hello());

    @TempDir
    private Path directory = Path.of(".");

    // What is told.

    private static DecisionLog.Standing standing(AnnouncementReason reason, String owner) {
        return new DecisionLog.Standing(
                reason, Optional.of(owner).filter(name -> !name.isEmpty()), new TreeSet<>(Set.of("eth1")));
    }

    @Test
    void anotherWordInTheAnnotationAsksAndTheOneThatStoodThereDoesNot() {
        FreshWord word = new FreshWord();
        assertThat(word.asks(Optional.of("monday"))).as("from before this run").isFalse();
        assertThat(word.asks(Optional.of("monday"))).as("the same").isFalse();
        assertThat(word.asks(Optional.of("tuesday"))).as("another").isTrue();
        assertThat(word.asks(Optional.empty())).as("removed").isFalse();
        assertThat(word.asks(Optional.of("tuesday"))).as("written again").isTrue();

        FreshWord fresh = new FreshWord();
        fresh.asks(Optional.empty());
        assertThat(fresh.asks(Optional.of("monday"))).as("the first word ever").isTrue();
    }

    @Test
    void anOwnerWhoseSpeakerIsAwayForAMomentIsNoNewsAndANewOwnerIs() {
        DecisionLog.Standing mine = standing(AnnouncementReason.ANNOUNCED, "n1");
        DecisionLog.Standing asking = standing(AnnouncementReason.SPEAKER_AWAY, "n1");
        assertThat(asking.sameOwnerAs(mine)).isTrue();
        assertThat(mine.sameOwnerAs(asking)).isTrue();
        assertThat(standing(AnnouncementReason.STANDS_IN, "n2")
                        .sameOwnerAs(standing(AnnouncementReason.OTHER_NODE_OWNS, "n2")))
                .isTrue();
        assertThat(mine.sameOwnerAs(null)).as("the first").isFalse();
        assertThat(standing(AnnouncementReason.OTHER_NODE_OWNS, "n2").sameOwnerAs(mine))
                .as("another owner")
                .isFalse();
        assertThat(standing(AnnouncementReason.NO_LOCAL_ENDPOINT, "n1").sameOwnerAs(mine))
                .as("withdrawn for a reason that stays")
                .isFalse();
        assertThat(standing(AnnouncementReason.SPEAKER_AWAY, "")
                        .sameOwnerAs(standing(AnnouncementReason.STANDS_IN, "")))
                .as("nobody owns it")
                .isFalse();
    }

    // Keys.

    private static HeartbeatKeys secret(String data) {
        String yaml = "metadata: {name: clarion-heartbeat}\ndata: " + data;
        return HeartbeatKeys.from(new KubernetesSerialization().unmarshal(yaml, Secret.class))
                .orElse(HeartbeatKeys.NONE);
    }

    private static boolean understands(HeartbeatKeys reader, HeartbeatKeys writer) {
        return Datagrams.decode(Datagrams.encode(HELLO, writer.ring()), reader.ring()) instanceof Decoded.Accepted;
    }

    @Test
    void theEntryKeySignsAndEveryEntryIsAccepted() {
        String a = "MDEyMzQ1Njc4OWFiY2RlZg==";
        String b = "MTEyMzQ1Njc4OWFiY2RlZg==";
        HeartbeatKeys old = secret("{key: " + a + "}");
        HeartbeatKeys both = secret("{a-name-before: " + b + ", key: " + a + "}");
        HeartbeatKeys swapped = secret("{key: " + b + ", previous: " + a + "}");
        assertThat(understands(old, both)).as("what signs is the entry key").isTrue();
        assertThat(understands(both, swapped)).isTrue();
        assertThat(understands(swapped, old)).isTrue();
        assertThat(understands(old, swapped)).isFalse();
        assertThat(both).isNotEqualTo(swapped).isEqualTo(secret("{key: " + a + ", a-name-before: " + b + "}"));
    }

    @Test
    void whatIsNoKeyIsLeftOutAndNoKeyIsEverPrinted() {
        assertThat(secret("{key: c2hvcnQ=}").usable()).isFalse();
        assertThat(secret("{}").usable()).isFalse();
        HeartbeatKeys one = secret("{key: MDEyMzQ1Njc4OWFiY2RlZg==, other: '!!!'}");
        assertThat(one.usable()).isTrue();
        assertThat(one.toString()).isEqualTo("1 keys");
    }

    @Test
    void theMountedSecretIsReadWhereTheWatchKnowsNoneAndAKnownKeyStays() throws IOException {
        KeySource source = new KeySource(directory);
        assertThat(source.read(Map.of()).usable()).isFalse();
        Files.createDirectory(directory.resolve("..data"));
        Files.write(directory.resolve("key"), "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        HeartbeatKeys mounted = source.read(Map.of());
        assertThat(mounted.usable()).isTrue();
        HeartbeatKeys watched = secret("{key: MTEyMzQ1Njc4OWFiY2RlZg==}");
        Map<String, HeartbeatKeys> snapshot = Map.of("clarion-heartbeat", watched);
        assertThat(source.read(snapshot)).isEqualTo(watched).isNotEqualTo(mounted);
        assertThat(source.read(Map.of("x", watched))).isEqualTo(watched);
        assertThat(source.read(new TreeMap<String, HeartbeatKeys>()))
                .as("the Secret is deleted")
                .isEqualTo(watched);
    }

    // What is kept on the node.

    private static Known known() {
        return new Known(
                Map.of(
                        new ObjectKey("shop", "web"),
                        new ServiceRecord(
                                new ServiceKey("shop", "web"),
                                "u1",
                                Optional.of("clarion.dev/loadbalancer"),
                                List.of(ADDRESS, Ip.parse("fd50::200")),
                                Optional.empty(),
                                TrafficPolicy.LOCAL,
                                Map.of("app", "web: \"x\""),
                                Optional.of("dns"))),
                Map.of(
                        new ObjectKey("shop", "web-1"),
                        new SliceRecord(
                                new ServiceKey("shop", "web"),
                                "IPv6",
                                new EndpointFacts(true, Set.of("n1", "n2"), Set.of("n2"), Map.of("n1", 7)))),
                Map.of(
                        ObjectKey.ofCluster("n1"),
                        new NodeRecord(
                                new NodeFacts("n1", true, false, true, true, Map.of("zone", "a")),
                                "u2",
                                Optional.of(Ip.parse("10.0.0.1")),
                                Optional.of(Ip.parse("fd00::1")),
                                true,
                                false,
                                false,
                                Optional.of("monday")),
                        ObjectKey.ofCluster("n2"),
                        new NodeRecord(
                                new NodeFacts("n2", false, false, false),
                                "u3",
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                false,
                                false,
                                Optional.empty())),
                Optional.of("generation: 7\nipAddressPools: []\n"),
                new TreeSet<>(Set.of("n1", "n2", "gone")));
    }

    private static Kept owners() {
        Snapshot snapshot = new Snapshot(
                List.of(
                        new OwnershipRecord(ADDRESS, "n1", 1_774_000_000_000L << 8, 1_774_000_000_000L, false),
                        new OwnershipRecord(Ip.parse("fd50::200"), "n2", 1, 0, true)),
                Map.of(
                        "n2",
                        List.of(new Segment(
                                "eth1",
                                FOREIGN,
                                true,
                                Segment.Gateway.UNKNOWN,
                                List.of(
                                        SegmentAddress.parse("192.168.50.12/24"),
                                        SegmentAddress.parse("fd50::12/64"))))),
                true);
        return new Kept(snapshot, new TreeMap<>(Map.of(ADDRESS, new FirstUse.Foreign("eth1", FOREIGN, 0))));
    }

    @Test
    void whatIsKeptIsReadBackAsItWasAndNobodyElseMayReadIt() throws IOException {
        Path state = directory.resolve("a/state");
        NodeMemory memory = new NodeMemory(state, "n1", () -> Optional.of(known()), Optional::empty, Optional::empty);
        memory.start();
        memory.close(Optional.of(owners()));
        assertThat(memory.problem()).isEmpty();
        assertThat(NodeMemory.known(state, "n1")).contains(known());
        assertThat(NodeMemory.owners(state, "n1")).isEqualTo(owners());
        assertThat(Files.getPosixFilePermissions(state))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE);
        try (var files = Files.list(state)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("n1-cluster.json", "n1-owners.json");
        }
    }

    @Test
    void whatWasCutOrMangledCountsAsNothingKept() throws IOException {
        assertThat(NodeMemory.known(directory, "n1")).isEmpty();
        assertThat(NodeMemory.owners(directory, "n1")).isEqualTo(Kept.NOTHING);
        for (String mangled : List.of(
                "", "{", "[]", "{\"records\":7}", "{\"clean\":true,\"records\":[{}],\"nodes\":[],\"foreign\":[]}")) {
            Files.writeString(directory.resolve("n1-cluster.json"), mangled);
            Files.writeString(directory.resolve("n1-owners.json"), mangled);
            assertThat(NodeMemory.known(directory, "n1")).as(mangled).isEmpty();
            assertThat(NodeMemory.owners(directory, "n1")).as(mangled).isEqualTo(Kept.NOTHING);
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedIsToldAndNothingMore() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        NodeMemory memory = new NodeMemory(file, "n1", () -> Optional.of(known()), Optional::empty, Optional::empty);
        memory.start();
        memory.close(Optional.of(owners()));
        assertThat(memory.problem()).hasValueSatisfying(why -> assertThat(why).contains("nothing can be kept"));
    }

    @Test
    void membersAreTheNodesThatHaveASpeakerAndAnAddress() {
        assertThat(known().members("n9")).containsExactly(new Member("n1", Ip.parse("fd00::1")));
        Known nobody = new Known(Map.of(), Map.of(), known().nodes(), Optional.empty(), new TreeSet<>());
        assertThat(nobody.members("n1"))
                .as("this node is one in any case")
                .containsExactly(new Member("n1", Ip.parse("fd00::1")));
    }

    // First use.

    private static final class Asked implements SegmentPort {
        int probes;

        @Override
        public void apply(L2Intent intent) {}

        @Override
        public void answerUntil(long nanoTime) {}

        @Override
        public void announceAgain(Set<Ip> addresses) {}

        @Override
        public void tell(String interfaceName, Ip address, Ip host) {}

        @Override
        public boolean probe(String interfaceName, Ip address) {
            probes++;
            return true;
        }

        @Override
        public boolean probeKernel(String interfaceName, Ip target) {
            return true;
        }

        @Override
        public void defend(String interfaceName, Ip address) {}

        @Override
        public Set<Ip> gateways(String interfaceName) {
            return Set.of();
        }
    }

    /** A probe is answered to all, so one that goes on for ever is a second answer to everybody's questions. */
    @Test
    void whatAFellowHasAfterAllIsAskedForNoMore() {
        Asked asked = new Asked();
        FirstUse firstUse = new FirstUse(asked);
        firstUse.begin("eth1", List.of(ADDRESS), 0);
        firstUse.probed("eth1", ADDRESS, new ProbeResult.Foreign(Mac.parse("02:00:00:00:00:02")), true, 1);
        firstUse.keep(ADDRESS::equals);
        assertThat(firstUse.holds(ADDRESS))
                .as("while it is ours, and the other one may yield")
                .isTrue();

        firstUse.keep(address -> false);
        assertThat(firstUse.holds(ADDRESS)).isFalse();
        assertThat(firstUse.due()).isEmpty();
        assertThat(firstUse.turn(FirstUse.FELLOWS_AGAIN * 3)).isFalse();
        assertThat(asked.probes).isEqualTo(1);
    }

    @Test
    void anAddressIsHeldBackUntilTheSegmentSaysThatItIsFree() {
        Asked asked = new Asked();
        FirstUse firstUse = new FirstUse(asked);
        firstUse.begin("eth1", List.of(ADDRESS), 0);
        assertThat(firstUse.holds(ADDRESS)).isTrue();
        assertThat(asked.probes).isEqualTo(1);
        assertThat(firstUse.probed("eth1", ADDRESS, new ProbeResult.Unknown(), false, 1))
                .isFalse();
        assertThat(firstUse.holds(ADDRESS)).isTrue();
        assertThat(firstUse.turn(FirstUse.AGAIN)).isFalse();
        assertThat(asked.probes).as("asked again").isEqualTo(2);
        assertThat(firstUse.probed("eth1", ADDRESS, new ProbeResult.Free(), false, 2))
                .isTrue();
        assertThat(firstUse.idle()).isTrue();
    }

    @Test
    void aSegmentThatCannotBeAskedHoldsNothingBackForEver() {
        FirstUse firstUse = new FirstUse(new Asked());
        firstUse.begin("eth1", List.of(ADDRESS), 0);
        assertThat(firstUse.turn(FirstUse.PATIENCE - 1)).isFalse();
        assertThat(firstUse.turn(FirstUse.PATIENCE)).isTrue();
        assertThat(firstUse.holds(ADDRESS)).isFalse();
    }

    @Test
    void aForeignHostsAddressIsInQuarantineUntilItIsFree() {
        Asked asked = new Asked();
        FirstUse firstUse = new FirstUse(asked);
        firstUse.begin("eth1", List.of(ADDRESS), 0);
        assertThat(firstUse.probed("eth1", ADDRESS, new ProbeResult.Foreign(FOREIGN), false, 0))
                .isTrue();
        assertThat(firstUse.quarantined()).containsOnlyKeys(ADDRESS);
        assertThat(firstUse.turn(FirstUse.QUARANTINE_AGAIN)).isFalse();
        assertThat(asked.probes).as("asked again after a minute").isEqualTo(2);
        assertThat(firstUse.probed("eth1", ADDRESS, new ProbeResult.Free(), false, 1))
                .isTrue();
        assertThat(firstUse.quarantined()).isEmpty();
    }

    @Test
    void aMembersAnswerDelaysAndQuarantinesNothing() {
        FirstUse firstUse = new FirstUse(new Asked());
        firstUse.begin("eth1", List.of(ADDRESS), 0);
        assertThat(firstUse.probed("eth1", ADDRESS, new ProbeResult.Foreign(FOREIGN), true, 5))
                .isFalse();
        assertThat(firstUse.quarantined()).isEmpty();
        assertThat(firstUse.holds(ADDRESS)).isTrue();
        assertThat(firstUse.retain(address -> false)).as("its Service is gone").isTrue();
        assertThat(firstUse.idle()).isTrue();
    }

    // Sockets.

    @Test
    void datagramsArriveAtTheAddressTheyWereSentToAndWhatIsTooLongIsSeenToBe() throws IOException {
        int port = freePort();
        try (HeartbeatTransport one = new HeartbeatTransport(port);
                HeartbeatTransport other = new HeartbeatTransport(port)) {
            one.bind(bound("127.79.1.1", "127.79.2.1"));
            other.bind(bound("127.79.1.2"));
            assertThat(one.incomplete() || other.incomplete()).isFalse();
            assertThat(other.send(Ip.parse("127.79.2.1"), new byte[1500])).isTrue();
            TreeMap<Ip, Integer> got = new TreeMap<>();
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (got.isEmpty() && System.nanoTime() - end < 0) {
                one.await(TimeUnit.MILLISECONDS.toNanos(100));
                one.receive((bytes, at) -> {
                    got.put(at, bytes.length);
                    assertThat(Datagrams.decode(
                                    bytes, LoopNode.keys(Map.of("key", "a")).ring()))
                            .isEqualTo(new Decoded.Dropped(DropReason.TOO_LONG));
                });
            }
            assertThat(got).isEqualTo(Map.of(Ip.parse("127.79.2.1"), 1500));
            other.bind(new TreeMap<>());
            assertThat(other.send(Ip.parse("127.79.2.1"), new byte[1]))
                    .as("no address to send from")
                    .isFalse();
        }
    }

    @Test
    void anAddressThatCannotBeListenedOnIsToldAndTriedAgain() throws IOException {
        int port = freePort();
        try (HeartbeatTransport one = new HeartbeatTransport(port);
                HeartbeatTransport other = new HeartbeatTransport(port)) {
            one.bind(bound("127.79.3.1"));
            other.bind(bound("127.79.3.1", "127.79.3.2"));
            assertThat(other.problems()).containsOnlyKeys(Ip.parse("127.79.3.1"));
            one.bind(new TreeMap<>());
            other.bind(bound("127.79.3.1", "127.79.3.2"));
            assertThat(other.incomplete()).isFalse();
        }
    }

    @Test
    void aKernelRefusesAConnectionAndSoSaysThatItLives() throws IOException {
        try (HeartbeatTransport transport = new HeartbeatTransport(freePort())) {
            int[] answers = new int[1];
            transport.knock(Ip.parse("127.79.4.1"), () -> answers[0]++);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (answers[0] == 0 && System.nanoTime() - end < 0) {
                transport.await(TimeUnit.MILLISECONDS.toNanos(100));
                transport.receive((bytes, at) -> {});
            }
            assertThat(answers).containsExactly(1);
        }
        assertThat(Knocks.isAnswer(new ConnectException("Connection refused"))).isTrue();
        assertThat(Knocks.isAnswer(new ConnectException("Connection timed out")))
                .isFalse();
        assertThat(Knocks.isAnswer(new NoRouteToHostException("No route to host")))
                .isFalse();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static SortedMap<Ip, Prefix> bound(String... addresses) {
        TreeMap<Ip, Prefix> all = new TreeMap<>();
        for (String address : addresses) {
            all.put(Ip.parse(address), Prefix.containing(Ip.parse(address), 24));
        }
        return all;
    }
}
