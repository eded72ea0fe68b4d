package dev.clarion.linux.flows.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.linux.flows.wire.ServiceMap.News;
import dev.clarion.net.Ip;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Messages as the kernel sends them; that it does is shown by ServiceRulesIT. */
class ServiceMapTest {
    private static final int NEW_ELEMENTS = 0xa0c;
    private static final int DELETE_ELEMENTS = 0xa0e;

    private static List<Answer> answers(byte[] bytes) {
        return Answer.all(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
    }

    private static byte[] elements(int type, String table, String map, byte[]... keys) {
        RequestWriter writer = new RequestWriter()
                .message(type, 0, 0)
                .bytes((byte) 2, (byte) 0, (byte) 0x12, (byte) 0x34)
                .text(1, table)
                .text(2, map);
        int list = writer.nest(3);
        for (byte[] key : keys) {
            int element = writer.nest(1);
            int value = writer.nest(1);
            writer.attribute(1, key).end(value).end(element);
        }
        return writer.end(list).done();
    }

    private static byte[] key(String address, int protocol, int port) {
        byte[] bytes = Ip.parse(address).toBytes();
        return ByteBuffer.allocate(bytes.length + 8)
                .put(bytes)
                .put((byte) protocol)
                .put(new byte[3])
                .putShort((short) port)
                .array();
    }

    private static Optional<News> read(byte[] bytes) {
        assertThat(answers(bytes)).hasSize(1);
        return ServiceMap.read(answers(bytes).getFirst());
    }

    @Test
    void elementsThatComeAndGoAreRead() {
        byte[] four = key("203.0.113.7", 6, 80);
        byte[] six = key("2001:db8::7", 17, 65_535);
        Set<ServiceMap.Key> both = Set.of(
                new ServiceMap.Key(Ip.parse("203.0.113.7"), 6, 80),
                new ServiceMap.Key(Ip.parse("2001:db8::7"), 17, 65_535));
        assertThat(read(elements(NEW_ELEMENTS, "kube-proxy", "service-ips", four, six)))
                .contains(new News.Added(ServiceMap.SERVICES, both));
        assertThat(read(elements(DELETE_ELEMENTS, "kube-proxy", "service-ips", four, six)))
                .contains(new News.Removed(ServiceMap.SERVICES, both));
        assertThat(read(elements(NEW_ELEMENTS, "kube-proxy", "service-ips", new byte[3], new byte[13], new byte[40])))
                .as("keys of another length")
                .contains(new News.Added(ServiceMap.SERVICES, Set.of()));
    }

    @Test
    void otherTablesAndMapsAreNotLookedAt() {
        byte[] four = key("203.0.113.7", 6, 80);
        assertThat(read(elements(NEW_ELEMENTS, "kube-proxy2", "service-ips", four)))
                .isEmpty();
        assertThat(read(elements(NEW_ELEMENTS, "kube-proxy", "firewall-ips", four)))
                .isEmpty();
        assertThat(read(elements(NEW_ELEMENTS, "kube-proxy", "no-endpoint-services", new byte[0])))
                .contains(new News.Added(ServiceMap.WITHOUT_ENDPOINT, Set.of()));
        assertThat(read(elements(0xa06, "kube-proxy", "service-ips", four)))
                .as("a rule")
                .isEmpty();
    }

    @Test
    void theTransactionIsCounted() {
        assertThat(ServiceMap.generation(answers(elements(NEW_ELEMENTS, "kube-proxy", "service-ips"))
                        .getFirst()))
                .isEqualTo((short) 0x1234);
    }

    @Test
    void whateverTheBytesAreNothingIsThrown() {
        byte[] whole =
                elements(NEW_ELEMENTS, "kube-proxy", "service-ips", key("203.0.113.7", 6, 80), key("::1", 6, 80));
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int j = random.nextInt(8); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            answers(bytes).forEach(ServiceMap::read);
        }
    }
}
