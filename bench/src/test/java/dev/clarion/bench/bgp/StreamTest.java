package dev.clarion.bench.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bench.bgp.Heard.Kind;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamTest {
    private static final Ip NODE = Ip.parse("192.168.50.11");
    private static final Ip ROUTER = Ip.parse("192.168.50.254");
    private static final Ip NODE6 = Ip.parse("fd50::11");
    private static final Ip ROUTER6 = Ip.parse("fd50::254");
    private static final Prefix V4 = Prefix.parse("203.0.113.7/32");
    private static final Prefix V6 = Prefix.parse("2001:db8:113::7/128");

    private static final byte[] KEEPALIVE = message(4, "");
    /** RFC 4271 section 4.3: ORIGIN, AS_PATH, NEXT_HOP, and a prefix of 32 bits. */
    private static final byte[] ANNOUNCED =
            message(2, "0000" + "0014" + "40010100" + "4002060201" + "0000fc01" + "400304c0a8320b" + "20cb007107");

    private static final byte[] WITHDRAWN = message(2, "0005" + "20cb007107" + "0000");
    /** RFC 4760: MP_REACH_NLRI with its length in two octets. */
    private static final byte[] ANNOUNCED_V6 = message(
            2,
            "0000" + "0032" + "40010100" + "400200" + "900e0027" + "000201" + "10" + "fd500000000000000000000000000011"
                    + "00" + "80" + "20010db8011300000000000000000007" + "00");

    private static final byte[] WITHDRAWN_V6 =
            message(2, "0000" + "0017" + "800f14" + "000201" + "80" + "20010db8011300000000000000000007");

    private final List<Heard> heard = new ArrayList<>();
    private final Stream stream = new Stream(heard::add);

    private static byte[] message(int type, String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        ByteBuffer all = ByteBuffer.allocate(19 + body.length);
        all.put(HexFormat.of().parseHex("ff".repeat(16)));
        return all.putShort((short) all.capacity()).put((byte) type).put(body).array();
    }

    private static Packet packet(double at, int sequence, byte[] data) {
        return new Packet(at, NODE, 40_000, ROUTER, 179, sequence, 0x10, data);
    }

    private static Packet flag(double at, int sequence, int flags) {
        return new Packet(at, NODE, 40_000, ROUTER, 179, sequence, flags, new byte[0]);
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    private List<Kind> kinds() {
        return heard.stream().map(Heard::kind).toList();
    }

    @Test
    void aMessageIsAsOldAsTheSegmentWithItsLastByte() {
        stream.packet(flag(1, 99, Packet.SYN));
        stream.packet(packet(2, 100, Arrays.copyOf(ANNOUNCED, 30)));
        stream.packet(packet(3, 130, Arrays.copyOfRange(ANNOUNCED, 30, ANNOUNCED.length)));

        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().at()).isEqualTo(3);
        assertThat(heard.getFirst().announced()).containsExactly(V4);
        assertThat(heard.getFirst().from()).isEqualTo(NODE);
        assertThat(heard.getFirst().said()).contains("3=c0a8320b");
    }

    @Test
    void manyMessagesInOneSegmentAreEachHeard() {
        stream.packet(flag(1, 99, Packet.SYN));
        stream.packet(packet(2, 100, join(KEEPALIVE, ANNOUNCED, WITHDRAWN, KEEPALIVE)));

        assertThat(kinds()).containsExactly(Kind.KEEPALIVE, Kind.UPDATE, Kind.UPDATE, Kind.KEEPALIVE);
        assertThat(heard.get(2).withdrawn()).containsExactly(V4);
    }

    @Test
    void whatIsSentAgainIsHeardOnce() {
        stream.packet(flag(1, -1, Packet.SYN));
        stream.packet(packet(2, 0, ANNOUNCED));
        stream.packet(packet(3, 0, join(ANNOUNCED, KEEPALIVE)));

        assertThat(kinds()).containsExactly(Kind.UPDATE, Kind.KEEPALIVE);
    }

    @Test
    void aConnectionThatWasThereBeforeIsHeardFromItsNextMessageOn() {
        stream.packet(packet(1, 7, new byte[] {1, 2, 3}));
        stream.packet(packet(2, 10, KEEPALIVE));
        stream.packet(packet(3, 29, WITHDRAWN));

        assertThat(kinds()).containsExactly(Kind.KEEPALIVE, Kind.UPDATE);
        assertThat(stream.gaps()).isZero();
    }

    @Test
    void bytesThatTheCaptureMissedAreTold() {
        stream.packet(flag(1, 99, Packet.SYN));
        stream.packet(packet(2, 100, KEEPALIVE));
        stream.packet(packet(3, 300, KEEPALIVE));

        assertThat(stream.gaps()).isEqualTo(1);
        assertThat(kinds()).containsExactly(Kind.KEEPALIVE, Kind.KEEPALIVE);
    }

    @Test
    void theEndOfAConnectionIsHeard() {
        stream.packet(flag(1, 99, Packet.SYN));
        stream.packet(flag(2, 100, Packet.RST));

        assertThat(kinds()).containsExactly(Kind.GONE);
    }

    @Test
    void bothWaysOfIpv6RoutesAreRead() {
        stream.packet(flag(1, 99, Packet.SYN));
        stream.packet(packet(2, 100, join(ANNOUNCED_V6, WITHDRAWN_V6)));

        assertThat(heard.get(0).announced()).containsExactly(V6, Prefix.parse("::/0"));
        assertThat(heard.get(0).said()).contains("14=fd500000000000000000000000000011");
        assertThat(heard.get(1).withdrawn()).containsExactly(V6);
    }

    @Test
    void theEndOfTheRoutesIsNoRoute() {
        stream.packet(flag(1, 99, Packet.SYN));
        stream.packet(packet(2, 100, message(2, "00000000")));
        stream.packet(packet(3, 123, message(2, "00000006" + "800f03" + "000201")));

        assertThat(heard).hasSize(2).allMatch(Heard::endOfRib);
    }

    @Test
    void aRouterLearnsNothingFromWhatItHasAlready() {
        Ribs ribs = new Ribs(Set.of(ROUTER));
        Heard announced = Heard.message(1, NODE, ROUTER, ANNOUNCED);
        Heard withdrawn = Heard.message(1, NODE, ROUTER, WITHDRAWN);
        ribs.accept(announced);
        assertThat(ribs.of(Set.of(NODE))).containsExactly(V4);
        assertThat(ribs.redundant()).isZero();
        ribs.accept(announced);
        assertThat(ribs.redundant()).isEqualTo(1);
        ribs.accept(withdrawn);
        assertThat(ribs.redundant()).isEqualTo(1);
        assertThat(ribs.of(Set.of(NODE))).isEmpty();
        ribs.accept(withdrawn);
        assertThat(ribs.redundant()).isEqualTo(2);
        ribs.accept(announced);
        assertThat(ribs.redundant()).isEqualTo(2);
        assertThat(ribs.updates()).isEqualTo(5);
    }

    @Test
    void afterASessionEndedNothingIsRedundant() {
        Ribs ribs = new Ribs(Set.of(ROUTER));
        ribs.accept(Heard.message(1, NODE, ROUTER, ANNOUNCED));
        ribs.accept(Heard.of(2, NODE, ROUTER, Kind.OPEN));
        ribs.accept(Heard.message(3, NODE, ROUTER, ANNOUNCED));

        assertThat(ribs.redundant()).isZero();
        assertThat(ribs.resets()).isEqualTo(1);
    }

    @Test
    void whatTcpdumpWritesIsReadForBothFamilies() throws IOException {
        List<Packet> packets = new ArrayList<>();
        ByteBuffer pcap = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        pcap.putInt(0xa1b2c3d4).position(24);
        byte[] four = frame("0800", "45000000" + "0000000040060000" + "c0a8320b" + "c0a832fe", 20, 2, KEEPALIVE);
        byte[] six = frame(
                "86dd",
                "60000000" + "00000640" + "fd500000000000000000000000000011" + "fd500000000000000000000000000254",
                40,
                4,
                ANNOUNCED);
        // Shorter frames are filled up on an Ethernet.
        for (byte[] frame : List.of(Arrays.copyOf(four, four.length + 3), six)) {
            pcap.putInt(1_000)
                    .putInt(250_000)
                    .putInt(frame.length)
                    .putInt(frame.length)
                    .put(frame);
        }
        Packet.read(new ByteArrayInputStream(pcap.array(), 0, pcap.position()), packets::add);

        assertThat(packets).hasSize(2);
        assertThat(packets.get(0).at()).isEqualTo(1_000_250);
        assertThat(packets.get(0).from()).isEqualTo(NODE);
        assertThat(packets.get(0).toPort()).isEqualTo(179);
        assertThat(packets.get(0).sequence()).isEqualTo(0x01020304);
        assertThat(packets.get(0).data()).isEqualTo(KEEPALIVE);
        assertThat(packets.get(1).from()).isEqualTo(NODE6);
        assertThat(packets.get(1).to()).isEqualTo(ROUTER6);
        assertThat(packets.get(1).data()).isEqualTo(ANNOUNCED);
    }

    /** An Ethernet frame around a segment from port 40000 to port 179; the length of IP goes to {@code lengthAt} of its header. */
    private static byte[] frame(String type, String ip, int header, int lengthAt, byte[] data) {
        byte[] tcp = HexFormat.of().parseHex("9c4000b3" + "01020304" + "00000000" + "50100000" + "00000000");
        ByteBuffer all = ByteBuffer.allocate(14 + header + tcp.length + data.length);
        all.position(12);
        all.put(HexFormat.of().parseHex(type + ip)).put(tcp).put(data);
        int length = header == 20 ? all.capacity() - 14 : all.capacity() - 14 - header;
        return all.putShort(14 + lengthAt, (short) length).array();
    }
}
