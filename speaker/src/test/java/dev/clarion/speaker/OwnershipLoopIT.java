package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.membership.Member;
import dev.clarion.announcement.ownership.Snapshot;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import dev.clarion.speaker.flows.FlowKeeper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three ownership threads that talk by UDP on addresses of loopback; nothing here asks how fast anything is. */
@Timeout(600)
class OwnershipLoopIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final HeartbeatKeys KEY = LoopNode.keys(Map.of("key", "a"));
    private static final Mac STRANGER = Mac.parse("02:ff:00:00:00:01");

    private final Lan lan = new Lan("127.78.1.0");
    private final List<LoopNode> nodes = new ArrayList<>();
    private final Set<Ip> services = new TreeSet<>();
    private int udp;

    @BeforeEach
    void three() throws IOException {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress("127.77.1.1", 0))) {
            udp = free.getLocalPort();
        }
        make(i -> "n" + (1 + i % 3));
    }

    /** Three nodes, none of which runs yet, with twelve addresses. */
    private void make(IntFunction<String> owners) {
        nodes.clear();
        services.clear();
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            members.add(new Member("n" + i, Ip.parse("127.77.1." + i)));
        }
        List<OwnershipRecord> records = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Ip address = Ip.parse("127.78.1." + (100 + i));
            services.add(address);
            records.add(new OwnershipRecord(address, owners.apply(i), 7, 0, false));
        }
        for (Member member : members) {
            int number = nodes.size() + 1;
            nodes.add(new LoopNode(
                    member.node(),
                    member.address(),
                    lan.port(member.node(), number),
                    udp,
                    members,
                    KEY,
                    new Snapshot(records, Map.of(), true)));
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        for (LoopNode node : nodes) {
            node.close();
        }
        lan.close();
    }

    private void startAll() throws IOException {
        for (LoopNode node : nodes) {
            node.start(services);
        }
        await().atMost(SOON).untilAsserted(this::settled);
    }

    /** Every address has one owner whom all agree on, and is answered for with that one's hardware address. */
    private void settled() {
        for (Ip address : services) {
            assertThat(lan.answers(address)).as("who answers for %s", address).hasSize(1);
        }
        assertThat(tables()).as("tables").hasSize(1);
        // While one asks who owns what, others answer in its name.
        assertThat(nodes)
                .filteredOn(LoopNode::runs)
                .extracting(node -> node.loop().state().core().state())
                .as("states")
                .doesNotContain(NodeState.JOINING);
    }

    private Set<Map<Ip, String>> tables() {
        Set<Map<Ip, String>> tables = new HashSet<>();
        for (LoopNode node : nodes) {
            if (node.runs()) {
                tables.add(owners(node));
            }
        }
        return tables;
    }

    private Map<Ip, String> owners(LoopNode node) {
        Map<Ip, String> owners = new HashMap<>();
        for (OwnershipRecord record : node.loop().state().core().records().values()) {
            if (services.contains(record.address())) {
                owners.put(record.address(), record.owner());
            }
        }
        return owners;
    }

    private Map<Ip, Mac> answers() {
        Map<Ip, Mac> answers = new HashMap<>();
        services.forEach(
                address -> lan.answers(address).stream().findFirst().ifPresent(mac -> answers.put(address, mac)));
        return answers;
    }

    private long owned(LoopNode by, LoopNode node) {
        return owners(by).values().stream().filter(node.name::equals).count();
    }

    @Test
    void aNodeThatDiesLosesItsAddressesAndTheOthersKeepTheirs() throws Exception {
        startAll();
        LoopNode dead = nodes.getFirst();
        LoopNode other = nodes.get(1);
        Map<Ip, String> before = owners(other);
        assertThat(before).containsOnlyKeys(services);
        assertThat(owned(other, dead)).isPositive();
        dead.kill(true);
        await().atMost(SOON).untilAsserted(() -> {
            settled();
            assertThat(owned(other, dead)).isZero();
        });
        owners(other).forEach((address, owner) -> {
            if (!dead.name.equals(before.get(address))) {
                assertThat(owner).as("owner of %s", address).isEqualTo(before.get(address));
            }
        });
    }

    @Test
    void aSpeakerThatRestartsIsStoodInForWithItsOwnHardwareAddressAndNothingMoves() throws Exception {
        startAll();
        LoopNode away = nodes.get(1);
        LoopNode other = nodes.getFirst();
        Map<Ip, String> owners = owners(other);
        Map<Ip, Mac> answers = answers();
        assertThat(answers).containsValue(away.port.mac);
        away.stopForRestart();
        await().atMost(SOON).untilAsserted(() -> assertThat(answers()).isEqualTo(answers));
        assertThat(owners(other)).isEqualTo(owners);
        away.start(services);
        await().atMost(SOON).untilAsserted(() -> {
            settled();
            assertThat(answers()).isEqualTo(answers);
            assertThat(away.loop().state().core().answers().own().values()).anyMatch(own -> !own.isEmpty());
        });
        assertThat(owners(other)).isEqualTo(owners);
        assertThat(owners(away)).isEqualTo(owners);
    }

    @Test
    void aKilledSpeakerOnALivingKernelKeepsItsAddresses() throws Exception {
        startAll();
        LoopNode away = nodes.get(2);
        LoopNode other = nodes.getFirst();
        Map<Ip, String> owners = owners(other);
        Map<Ip, Mac> answers = answers();
        away.kill(false);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(other.loop().state().core().answers().inName().size()
                            + nodes.get(1)
                                    .loop()
                                    .state()
                                    .core()
                                    .answers()
                                    .inName()
                                    .size())
                    .as("somebody stands in")
                    .isPositive();
            assertThat(answers()).isEqualTo(answers);
        });
        assertThat(owners(other)).isEqualTo(owners);
    }

    @Test
    void aNodeThatLeavesHandsOverAndThenOwnsNothing() throws Exception {
        startAll();
        LoopNode leaving = nodes.getFirst();
        LoopNode other = nodes.get(1);
        assertThat(leaving.loop().drain(SOON)).as("handed over in time").isTrue();
        Ip client = Ip.parse("127.78.1.99");
        services.forEach(address -> leaving.port.straggler(address, client));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(nodes)
                        .as("a new owner tells who still asks the old one")
                        .anyMatch(node -> node.port.toldHosts().contains(client)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(owned(other, leaving)).isZero());
        leaving.loop().leave(SOON);
        await().atMost(SOON).untilAsserted(this::settled);
        assertThat(leaving.told()).anyMatch(what -> what.startsWith("moving"));
    }

    @Test
    void whatFailsIsToldAndTheLoopGoesOn() throws Exception {
        startAll();
        LoopNode node = nodes.getFirst();
        node.loop().watched(new AbstractMap<>() {
            @Override
            public Set<Entry<String, Set<Ip>>> entrySet() {
                throw new IllegalStateException("on purpose");
            }
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(node.told()).anyMatch(what -> what.startsWith("defect")));
        assertThat(node.loop().drain(SOON)).as("handed over in time").isTrue();
        await().atMost(SOON).untilAsserted(this::settled);
    }

    @Test
    void addressesAreSpreadEvenlyWhenSomebodyAsks() throws Exception {
        make(i -> "n1");
        startAll();
        LoopNode full = nodes.getFirst();
        assertThat(owned(full, full)).isEqualTo(12);
        nodes.forEach(node -> node.loop().rebalance());
        await().atMost(SOON).untilAsserted(() -> {
            settled();
            assertThat(nodes).allSatisfy(node -> assertThat(owned(full, node)).isBetween(3L, 5L));
        });
    }

    @Test
    void connectionsAreAskedForBeforeAnAddressMovesAndWhatBecameOfThemIsTold() throws Exception {
        Map<String, FakeKeeper> keepers = new HashMap<>();
        for (LoopNode node : nodes) {
            FakeKeeper keeper = new FakeKeeper();
            keepers.put(node.name, keeper);
            node.keepBy(keeper);
        }
        startAll();
        LoopNode leaving = nodes.getFirst();
        assertThat(leaving.loop().drain(SOON)).as("handed over in time").isTrue();
        assertThat(leaving.told())
                .filteredOn(what -> what.startsWith("committed"))
                .isNotEmpty()
                .allMatch(what -> what.endsWith("flows KEPT"));
        assertThat(keepers.values().stream().flatMap(keeper -> keeper.heard.stream()))
                .contains("n1 says list")
                .anyMatch(what -> what.endsWith(" says loaded"));
        Set<Ip> kept = new TreeSet<>();
        keepers.values().forEach(keeper -> kept.addAll(keeper.asked));
        assertThat(kept).as("every address that moved").hasSize(4);
        assertThat(leaving.loop().surroundings().services()).isEqualTo(services);
        assertThat(leaving.loop().surroundings().segments()).isNotEmpty();
        assertThat(leaving.loop().surroundings().dead()).isEmpty();
        leaving.kill(true);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(nodes.get(1).loop().surroundings().dead()).isNotEmpty());
    }

    /** Tells the other end, and is told. */
    private static final class FakeKeeper implements FlowKeeper {
        private final Set<Ip> asked = new ConcurrentSkipListSet<>();
        private final Set<String> heard = new ConcurrentSkipListSet<>();
        private volatile Optional<Outlet> outlet = Optional.empty();

        @Override
        public void answerTo(Outlet next) {
            outlet = Optional.of(next);
            next.able(true);
        }

        @Override
        public void keep(long move, List<Ip> addresses, String to) {
            asked.addAll(addresses);
            say(to, move, "list");
        }

        private void say(String node, long move, String word) {
            outlet.ifPresent(to -> to.post(node, move, word.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void delivered(String from, long move, byte[] content) {
            String word = new String(content, StandardCharsets.US_ASCII);
            heard.add(from + " says " + word);
            if (word.equals("list")) {
                say(from, move, "loaded");
            } else {
                outlet.ifPresent(to -> to.settled(move, 3, 3));
            }
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        public int relayed() {
            return 0;
        }

        @Override
        public void close() {}
    }

    @Test
    void keysAreRotatedWithoutAnyoneBeingMissed() throws Exception {
        startAll();
        Map<Ip, String> owners = owners(nodes.getFirst());
        nodes.forEach(node -> node.rotate(LoopNode.keys(Map.of("key", "a", "next", "b"))));
        nodes.forEach(node -> node.rotate(LoopNode.keys(Map.of("key", "b", "previous", "a"))));
        nodes.forEach(node -> node.rotate(LoopNode.keys(Map.of("key", "b"))));
        nodes.forEach(node -> node.loop().interfaces(node.port.segments()));
        await().during(Duration.ofSeconds(3)).atMost(SOON).untilAsserted(this::settled);
        assertThat(owners(nodes.getFirst())).isEqualTo(owners);
    }

    @Test
    void aStrangersDatagramsAreCountedAndDropped() throws Exception {
        startAll();
        LoopNode node = nodes.getFirst();
        Map<Ip, String> owners = owners(node);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int length : List.of(0, 3, 100, 1400, 1401, 1900)) {
                byte[] bytes = new byte[length];
                if (length > 1) {
                    // The mark that ours begin with.
                    bytes[0] = (byte) 0xc1;
                    bytes[1] = (byte) 0xa0;
                }
                socket.send(new DatagramPacket(bytes, length, new InetSocketAddress(node.address.toString(), udp)));
            }
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(node.count(DropReason.TOO_SHORT)).isEqualTo(2);
            assertThat(node.count(DropReason.UNKNOWN_KEY)).isEqualTo(2);
            assertThat(node.count(DropReason.TOO_LONG)).isEqualTo(2);
        });
        assertThat(owners(node)).isEqualTo(owners);
        await().atMost(SOON).untilAsserted(this::settled);
    }

    @Test
    void anAddressThatAForeignHostHasIsNotAnsweredForUntilItIsFree() throws Exception {
        Ip taken = Ip.parse("127.78.1.120");
        services.add(taken);
        lan.foreign(taken, STRANGER);
        for (LoopNode node : nodes) {
            node.start(services);
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(nodes.stream().flatMap(node -> node.told().stream()))
                    .anyMatch(what -> what.startsWith("quarantined " + taken + " " + STRANGER));
            for (Ip address : services) {
                assertThat(lan.answers(address)).as("%s", address).hasSize(address.equals(taken) ? 0 : 1);
            }
        });
    }

    @Test
    void aForeignHostThatUsesAnOwnedAddressIsToldOfAndDefendedAgainst() throws Exception {
        startAll();
        Ip address = services.iterator().next();
        LoopNode owner = nodes.stream()
                .filter(node -> lan.answers(address).contains(node.port.mac))
                .findFirst()
                .orElseThrow();
        owner.port.conflict(address, STRANGER);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(owner.port.defended()).isEqualTo(1));
        assertThat(owner.told()).contains("conflict " + address + " " + STRANGER);
        await().atMost(SOON).untilAsserted(this::settled);
    }
}
