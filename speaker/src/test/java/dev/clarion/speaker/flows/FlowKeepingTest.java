package dev.clarion.speaker.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.announcement.flows.Flow;
import dev.clarion.announcement.flows.FlowReason;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SegmentAddress;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowKeepingTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Ip SERVICE = Ip.parse("10.9.0.200");

    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final SplittableRandom random = new SplittableRandom(5);
    private volatile double loss;

    /** A node with a store in memory, beside others on one segment whose datagrams get lost. */
    private final class Node implements FlowKeeper.Outlet {
        private final String name;
        private final Ip address;
        private final Memory store = new Memory();
        private final List<String> told = new CopyOnWriteArrayList<>();
        private volatile Set<Ip> dead = Set.of();
        private volatile Set<Ip> services = Set.of(SERVICE);
        private final FlowKeeping keeper = new FlowKeeping(store, this::around);

        Node(String name, String address) {
            this.name = name;
            this.address = Ip.parse(address);
            nodes.put(name, this);
        }

        private Surroundings around() {
            Segment segment = new Segment(
                    "eth0", Mac.of(7), true, Segment.Gateway.UNKNOWN, List.of(SegmentAddress.parse(address + "/24")));
            return new Surroundings(List.of(segment), services, dead);
        }

        Node start() {
            keeper.answerTo(this);
            await().atMost(SOON).until(() -> !told.isEmpty());
            return this;
        }

        @Override
        public void able(boolean able) {
            told.add("able " + able);
        }

        @Override
        public void post(String node, long move, byte[] content) {
            Node target = nodes.get(node);
            if (target == null) {
                return;
            }
            synchronized (random) {
                for (int copies = loss == 0 ? 1 : random.nextInt(3); copies > 0; copies--) {
                    if (random.nextDouble() >= loss) {
                        target.keeper.delivered(name, move, content);
                    }
                }
            }
        }

        @Override
        public void settled(long move, int found, int kept) {
            told.add("settled " + move + " " + kept + "/" + found);
        }
    }

    /** A kernel that only remembers. */
    private static final class Memory implements FlowStore {
        private final Set<Flow> tracked = new HashSet<>();
        private final Map<Flow, Ip> relayed = new HashMap<>();
        private Optional<String> obstacle = Optional.empty();
        private boolean refuses;

        synchronized void open(Flow... flows) {
            tracked.addAll(List.of(flows));
        }

        synchronized Map<Flow, Ip> sentOn() {
            return Map.copyOf(relayed);
        }

        @Override
        public Optional<String> obstacle() {
            return obstacle;
        }

        @Override
        public void adopt() {}

        @Override
        public synchronized Set<Flow> tracked(Set<Ip> addresses, int most) {
            return tracked.stream()
                    .filter(flow -> addresses.contains(flow.address()))
                    .collect(Collectors.toSet());
        }

        @Override
        public synchronized Map<Ip, Set<Flow>> relayed() {
            Map<Ip, Set<Flow>> byHome = new TreeMap<>();
            relayed.forEach((flow, home) ->
                    byHome.computeIfAbsent(home, first -> new HashSet<>()).add(flow));
            return byHome;
        }

        @Override
        public synchronized Loaded relay(String interfaceName, Ip home, Collection<Flow> flows) throws IOException {
            if (refuses) {
                throw new IOException("no");
            }
            assertThat(interfaceName).isEqualTo("eth0");
            flows.forEach(flow -> relayed.put(flow, home));
            return new Loaded(FlowReason.KEPT, flows.size());
        }

        @Override
        public synchronized void release(Collection<Flow> flows) {
            relayed.keySet().removeAll(flows);
        }

        @Override
        public synchronized void forget(Ip home) {
            relayed.values().removeIf(home::equals);
        }

        @Override
        public void tidy() {}
    }

    private static Flow flow(int client) {
        return new Flow(6, Ip.parse("10.0." + (client >> 8) + "." + (client & 0xff)), 1_000, SERVICE, 80);
    }

    @AfterEach
    void end() {
        nodes.values().forEach(node -> node.keeper.close());
    }

    private static Map<Flow, Ip> at(Ip home, Flow... flows) {
        Map<Flow, Ip> map = new LinkedHashMap<>();
        List.of(flows).forEach(flow -> map.put(flow, home));
        return map;
    }

    private void awaitTold(Node node, String what) {
        await().atMost(SOON).untilAsserted(() -> assertThat(node.told).contains(what));
    }

    @Test
    void manyConnectionsArriveThoughDatagramsGetLostAndComeTwice() {
        loss = 0.3;
        Node a = new Node("a", "10.9.0.11").start();
        Node b = new Node("b", "10.9.0.12").start();
        List<Flow> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(flow(i));
        }
        a.store.open(many.toArray(Flow[]::new));
        a.keeper.keep(7, List.of(SERVICE), "b");
        awaitTold(a, "settled 7 5000/5000");
        assertThat(b.store.sentOn()).hasSize(5_000).containsEntry(flow(0), a.address);
        assertThat(b.keeper.relayed()).isEqualTo(5_000);
    }

    @Test
    void whatBeginsAfterTheFirstLookIsToldLater() {
        Node a = new Node("a", "10.9.0.11").start();
        Node b = new Node("b", "10.9.0.12").start();
        a.keeper.keep(1, List.of(SERVICE), "b");
        awaitTold(a, "settled 1 0/0");
        a.store.open(flow(1));
        await().atMost(SOON).untilAsserted(() -> assertThat(b.store.sentOn()).isEqualTo(at(a.address, flow(1))));
    }

    @Test
    void aConnectionHasItsHomeWhereItBeganAlsoAfterTwoMovesAndComesHome() {
        Node a = new Node("a", "10.9.0.11").start();
        Node b = new Node("b", "10.9.0.12").start();
        Node c = new Node("c", "10.9.0.13").start();
        a.store.open(flow(1));
        a.keeper.keep(1, List.of(SERVICE), "b");
        awaitTold(a, "settled 1 1/1");
        // An entry of earlier times in the kernel of the second owner must not draw the connection to it.
        b.store.open(flow(1), flow(2));
        b.keeper.keep(2, List.of(SERVICE), "c");
        awaitTold(b, "settled 2 2/2");
        Map<Flow, Ip> expected = at(a.address, flow(1));
        expected.put(flow(2), b.address);
        assertThat(c.store.sentOn()).isEqualTo(expected);
        c.keeper.keep(3, List.of(SERVICE), "a");
        awaitTold(c, "settled 3 2/2");
        assertThat(a.store.sentOn()).isEqualTo(at(b.address, flow(2)));
        // And one that a relays is handled there once it has come home.
        c.store.open(flow(3));
        c.keeper.keep(4, List.of(SERVICE), "a");
        awaitTold(c, "settled 4 3/3");
        assertThat(a.store.sentOn()).containsEntry(flow(3), c.address);
        a.keeper.keep(5, List.of(SERVICE), "c");
        awaitTold(a, "settled 5 3/3");
        assertThat(c.store.sentOn()).doesNotContainKey(flow(3)).containsEntry(flow(1), a.address);
    }

    @Test
    void onlyConnectionsToServicesAndOfNeighboursAreTaken() {
        Node a = new Node("a", "10.9.0.11").start();
        Node b = new Node("b", "10.9.0.12");
        b.services = Set.of();
        b.start();
        a.store.open(flow(1));
        a.keeper.keep(1, List.of(SERVICE), "b");
        awaitTold(a, "settled 1 0/1");
        Node far = new Node("far", "10.8.0.11").start();
        far.store.relayed.put(flow(2), far.address);
        b.services = Set.of(SERVICE);
        far.keeper.keep(2, List.of(SERVICE), "b");
        awaitTold(far, "settled 2 0/1");
        assertThat(b.store.sentOn()).isEmpty();
    }

    @Test
    void aKernelThatRefusesIsSaidToTheOldOwner() {
        Node a = new Node("a", "10.9.0.11").start();
        Node b = new Node("b", "10.9.0.12").start();
        b.store.refuses = true;
        a.store.open(flow(1));
        a.keeper.keep(1, List.of(SERVICE), "b");
        awaitTold(a, "settled 1 0/1");
    }

    @Test
    void aDeadNodesConnectionsAreForgotten() {
        Node a = new Node("a", "10.9.0.11").start();
        Node b = new Node("b", "10.9.0.12").start();
        a.store.open(flow(1));
        a.keeper.keep(1, List.of(SERVICE), "b");
        awaitTold(a, "settled 1 1/1");
        b.dead = Set.of(a.address);
        await().atMost(SOON).untilAsserted(() -> assertThat(b.store.sentOn()).isEmpty());
        await().atMost(SOON).untilAsserted(() -> assertThat(b.keeper.relayed()).isZero());
    }

    @Test
    void whatStandsInTheWayIsToldAndNothingIsTaken() {
        Node a = new Node("a", "10.9.0.11").start();
        Node b = new Node("b", "10.9.0.12");
        b.store.obstacle = Optional.of("no NET_ADMIN");
        b.start();
        assertThat(a.told).containsExactly("able true");
        assertThat(b.told).containsExactly("able false");
        assertThat(b.keeper.obstacle()).contains("no NET_ADMIN");
        a.store.open(flow(1));
        a.keeper.keep(1, List.of(SERVICE), "b");
        awaitTold(a, "settled 1 0/1");
        assertThat(b.store.sentOn()).isEmpty();
    }

    @Test
    void whatIsNoMessageChangesNothing() {
        Node b = new Node("b", "10.9.0.12").start();
        SplittableRandom bytes = new SplittableRandom(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] content = new byte[bytes.nextInt(60)];
            bytes.nextBytes(content);
            b.keeper.delivered("b", i, content);
        }
        Node a = new Node("a", "10.9.0.11").start();
        a.store.open(flow(1));
        a.keeper.keep(1, List.of(SERVICE), "b");
        awaitTold(a, "settled 1 1/1");
        assertThat(b.store.sentOn()).isEqualTo(at(a.address, flow(1)));
    }
}
