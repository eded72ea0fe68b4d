package dev.clarion.linux.flows.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.linux.flows.wire.Steering.Hop;
import dev.clarion.linux.flows.wire.Steering.Route;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is written and what is read have the same form; that the kernel agrees is shown by FlowIT. */
class FlowWireTest {
    private static final Ip FOUR = Ip.parse("10.9.0.200");
    private static final Ip SIX = Ip.parse("fd09::200");

    private static List<Answer> answers(byte[] bytes) {
        return Answer.all(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
    }

    /** An entry as the kernel sends it, with a reply and other attributes around what is looked for. */
    private static byte[] entry(int protocol, Ip client, int clientPort, Ip address, int port, int tcpState) {
        RequestWriter writer = new RequestWriter().message(0x100, 2, 9).bytes((byte) 2, (byte) 0, (byte) 0, (byte) 0);
        tuple(writer, 2, 6, address, 1, client, 2);
        tuple(writer, 1, protocol, client, clientPort, address, port);
        writer.network(3, 0x18e);
        if (tcpState >= 0) {
            int info = writer.nest(4);
            int tcp = writer.nest(1);
            writer.attribute(1, (byte) tcpState).end(tcp).end(info);
        }
        return writer.done();
    }

    private static void tuple(RequestWriter writer, int type, int protocol, Ip from, int fromPort, Ip to, int toPort) {
        boolean four = from.family() == IpFamily.IPV4;
        int tuple = writer.nest(type);
        int ip = writer.nest(1);
        writer.attribute(four ? 1 : 3, from.toBytes())
                .attribute(four ? 2 : 4, to.toBytes())
                .end(ip);
        int ports = writer.nest(2);
        writer.attribute(1, (byte) protocol)
                .attribute(2, (byte) (fromPort >> 8), (byte) fromPort)
                .attribute(3, (byte) (toPort >> 8), (byte) toPort)
                .end(ports)
                .end(tuple);
    }

    private static List<Flow> read(Conntrack conntrack, byte[] bytes) {
        return answers(bytes).stream()
                .flatMap(answer -> conntrack.read(answer).stream())
                .toList();
    }

    @Test
    void connectionsToTheAddressesAreReadAndNoOthers() {
        Conntrack conntrack = new Conntrack(Set.of(FOUR, SIX));
        Ip client = Ip.parse("10.0.0.1");
        assertThat(read(conntrack, entry(6, client, 40_000, FOUR, 80, 3)))
                .containsExactly(new Flow(6, client, 40_000, FOUR, 80));
        assertThat(read(conntrack, entry(17, Ip.parse("fd00::1"), 1, SIX, 65_535, -1)))
                .containsExactly(new Flow(17, Ip.parse("fd00::1"), 1, SIX, 65_535));
        assertThat(read(conntrack, entry(6, FOUR, 1, client, 2, 3)))
                .as("from the address")
                .isEmpty();
        assertThat(read(conntrack, entry(1, client, 1, FOUR, 2, -1))).as("ICMP").isEmpty();
        for (int state = 0; state < 12; state++) {
            assertThat(read(conntrack, entry(6, client, 1, FOUR, 2, state)).isEmpty())
                    .as("TCP state %d", state)
                    .isEqualTo(state == 7 || state == 8);
        }
    }

    @Test
    void elementsAreReadAsTheyAreWritten() {
        for (IpFamily family : IpFamily.values()) {
            Ip address = family == IpFamily.IPV4 ? FOUR : SIX;
            Map<Flow, Integer> flows = new LinkedHashMap<>();
            Ip client = address;
            for (int i = 0; i < RelayTable.AT_ONCE; i++) {
                client = client.next();
                flows.put(new Flow(i % 2 == 0 ? 6 : 132, client, 65_535 - i, address, i), 0x2c01 + i % 255);
            }
            RelayTable.Transaction change = RelayTable.change(family, Set.of(), flows, 5);
            Map<Flow, Integer> read = new HashMap<>();
            answers(change.bytes()).forEach(answer -> RelayTable.read(answer, family, read));
            assertThat(read).isEqualTo(flows);
            IpFamily other = family == IpFamily.IPV4 ? IpFamily.IPV6 : IpFamily.IPV4;
            Map<Flow, Integer> wrong = new HashMap<>();
            answers(change.bytes()).forEach(answer -> RelayTable.read(answer, other, wrong));
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void aTransactionIsOneBatchInWhichEachMessageIsAcknowledged() {
        RelayTable.Transaction create = new RelayTable(300_000).create(5);
        List<Answer> messages = answers(create.bytes());
        assertThat(messages.getFirst().type()).isEqualTo(0x10);
        assertThat(messages.getFirst().sequence()).isEqualTo(create.first()).isEqualTo(5);
        assertThat(messages.getLast().type()).isEqualTo(0x11);
        assertThat(messages.get(messages.size() - 2).sequence()).isEqualTo(create.last());
        assertThat(messages.subList(1, messages.size() - 1))
                .allMatch(message -> message.type() >> 8 == 10 && (message.flags() & 4) != 0);
        assertThat(answers(RelayTable.delete(5).bytes()))
                .extracting(Answer::type)
                .containsExactly(0x10, 0xa02, 0x11);
    }

    @Test
    void rulesAndRoutesAreKnownAgainAndThoseOfOthersAreNot() {
        for (IpFamily family : IpFamily.values()) {
            for (int number : List.of(1, 255)) {
                Steering steering = new Steering(number, family);
                Hop hop = new Hop(7, family == IpFamily.IPV4 ? FOUR : SIX);
                byte[] rule = steering.addRule(1);
                byte[] route = steering.route(hop, 1);
                assertThat(Steering.readRule(answers(rule).getFirst(), family)).contains(steering);
                assertThat(Steering.readRoute(answers(route).getFirst(), family))
                        .contains(new Route(steering, hop));
                assertThat(Steering.readRule(answers(route).getFirst(), family)).isEmpty();
                assertThat(Steering.readRoute(answers(rule).getFirst(), family)).isEmpty();
                assertThat(Steering.numberOf(steering.mark())).contains(number);
            }
        }
        byte[] rule = new Steering(3, IpFamily.IPV4).addRule(1);
        // Whatever byte of its priority, mark, table or maker is another, it is another's.
        int touched = 0;
        for (int i = 28; i < rule.length; i++) {
            byte[] others = rule.clone();
            others[i] ^= 0x10;
            boolean same = answers(others).stream()
                    .flatMap(answer -> Steering.readRule(answer, IpFamily.IPV4).stream())
                    .anyMatch(new Steering(3, IpFamily.IPV4)::equals);
            touched += same ? 0 : 1;
        }
        assertThat(touched).isGreaterThanOrEqualTo(4 + 4 + 4 + 1);
        byte[] route = new Steering(3, IpFamily.IPV4).route(new Hop(7, FOUR), 1);
        route[16 + 5] = 4;
        assertThat(Steering.readRoute(answers(route).getFirst(), IpFamily.IPV4))
                .as("made by hand")
                .isEmpty();
    }

    @Test
    void marksAreOfTheirRangeAndTouchNoBitOfKubeProxy() {
        for (int number = 1; number <= Steering.MAX; number++) {
            assertThat(new Steering(number, IpFamily.IPV4).mark() & 0xffffc000).isZero();
        }
        for (int mark : List.of(0, 0x2c00, 0x2d01, 0x4000, 0x12c01)) {
            assertThat(Steering.numberOf(mark)).as("%x", mark).isEmpty();
        }
        assertThatThrownBy(() -> new Steering(0, IpFamily.IPV4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Steering(256, IpFamily.IPV4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusalsAndAcknowledgementsAndEndsAreToldApart() {
        byte[] refused = new RequestWriter().message(2, 0, 4).number(-17).done();
        assertThat(answers(refused).getFirst().error()).contains(17);
        byte[] done = new RequestWriter().message(3, 0x10, 4).number(0).done();
        assertThat(answers(done).getFirst().error()).contains(0);
        assertThat(answers(done).getFirst().done()).isTrue();
        assertThat(answers(done).getFirst().interrupted()).isTrue();
        assertThat(answers(entry(6, FOUR, 1, FOUR, 2, 3)).getFirst().error()).isEmpty();
    }

    @Test
    void noLengthIsTrusted() {
        long seed = 20_261_121;
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> good = new ArrayList<>(List.of(
                entry(6, FOUR, 1, FOUR, 2, 3),
                new Steering(1, IpFamily.IPV4).addRule(1),
                new Steering(1, IpFamily.IPV6).route(new Hop(1, SIX), 1),
                RelayTable.change(IpFamily.IPV4, Set.of(), Map.of(new Flow(6, FOUR, 1, FOUR, 2), 0x2c01), 1)
                        .bytes()));
        Map<Flow, Integer> into = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes;
            if (i % 4 == 0) {
                bytes = new byte[random.nextInt(120)];
                random.nextBytes(bytes);
            } else {
                bytes = good.get(random.nextInt(good.size())).clone();
                for (int n = random.nextInt(1, 4); n > 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            for (Answer answer : answers(bytes)) {
                answer.error();
                new Conntrack(Set.of(FOUR)).read(answer);
                for (IpFamily family : IpFamily.values()) {
                    Steering.readRule(answer, family);
                    Steering.readRoute(answer, family);
                    RelayTable.read(answer, family, into);
                }
            }
        }
        assertThat(into).as("seed %d", seed).isNotEmpty();
    }
}
