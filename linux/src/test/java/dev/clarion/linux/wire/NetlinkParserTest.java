package dev.clarion.linux.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.linux.wire.NetlinkMessage.AddressMessage;
import dev.clarion.linux.wire.NetlinkMessage.DefaultRoute;
import dev.clarion.linux.wire.NetlinkMessage.Done;
import dev.clarion.linux.wire.NetlinkMessage.Failure;
import dev.clarion.linux.wire.NetlinkMessage.LinkMessage;
import dev.clarion.linux.wire.NetlinkMessage.NextHop;
import dev.clarion.linux.wire.NetlinkMessage.Other;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of the kernel, built here byte by byte to include/uapi/linux/{netlink,rtnetlink,if_link,if_addr}.h. */
class NetlinkParserTest {

    private static final long SEED = 0x11e7_11aaL;
    private static final byte[] LINK = message(
            16,
            0,
            7,
            join(
                    // family, padding, type 1 (Ethernet), index 5, flags UP | LOWER_UP, change mask
                    integers(1 << 16, 5, 0x1_0001, 0),
                    attribute(3, "eth0\0".getBytes(StandardCharsets.US_ASCII)),
                    attribute(1, HexFormat.of().parseHex("02000000000a")),
                    attribute(10, integers(9)),
                    attribute(0x8000 | 26, new byte[12])));
    private static final byte[] ADDRESS = message(
            20,
            0x10,
            8,
            join(
                    new byte[] {2, 24, 0, 0},
                    integers(5),
                    attribute(1, new byte[] {10, 0, 0, 2}),
                    attribute(2, new byte[] {10, 0, 0, 1})));

    private static final byte[] ROUTE = message(
            24,
            0,
            8,
            join(
                    new byte[] {2, 0, 0, 0, (byte) 254, 3, 0, 1},
                    integers(0),
                    attribute(4, integers(5)),
                    attribute(5, new byte[] {10, 9, 0, 1}),
                    attribute(9, join(new byte[] {16, 0, 0, 0}, integers(6), attribute(5, new byte[] {10, 9, 0, 2})))));

    @Test
    void aLinkIsReadWithNameAddressFlagsAndMaster() {
        LinkMessage link = (LinkMessage) only(LINK);
        assertThat(link)
                .isEqualTo(new LinkMessage(
                        7,
                        false,
                        false,
                        5,
                        0x1_0001,
                        "eth0",
                        Optional.of(Mac.parse("02:00:00:00:00:0a")),
                        OptionalInt.of(9),
                        "",
                        "",
                        false));
        assertThat(link.broadcast()).isFalse();
        assertThat(link.up()).isTrue();
        assertThat(link.carrier()).isTrue();
        assertThat(link.loopback()).isFalse();
        assertThat(link.noArp()).isFalse();
    }

    @Test
    void aLinkThatIsGoneIsDeleted() {
        byte[] gone = LINK.clone();
        ByteBuffer.wrap(gone).order(ByteOrder.nativeOrder()).putShort(4, (short) 17);
        assertThat(((LinkMessage) only(gone)).deleted()).isTrue();
    }

    @Test
    void whatKindOfDeviceItIsAndWhatItsMasterIsAreRead() {
        byte[] info = join(
                attribute(1, "vlan\0".getBytes(StandardCharsets.US_ASCII)),
                attribute(2, new byte[8]),
                attribute(4, "bond\0".getBytes(StandardCharsets.US_ASCII)));
        byte[] message = message(
                16,
                0,
                7,
                join(integers(1 << 16, 5, 0x1_0003, 0), attribute(10, integers(9)), attribute(0x8000 | 18, info)));
        LinkMessage link = (LinkMessage) only(message);
        assertThat(link.kind()).isEqualTo("vlan");
        assertThat(link.slaveKind()).isEqualTo("bond");
        assertThat(link.broadcast()).isTrue();
        assertThat(link.notifyPeers()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "2, false", "3, true", "4, true", "5, false"})
    void aFailoverAndAMigrationAreEventsOfWhichNeighboursShouldHear(int event, boolean notify) {
        byte[] message = message(16, 0, 0, join(integers(1 << 16, 5, 1, 0), attribute(44, integers(event))));
        assertThat(((LinkMessage) only(message)).notifyPeers()).isEqualTo(notify);
    }

    @Test
    void aDefaultRouteIsReadWithItsGateway() {
        byte[] message = message(
                24, 0, 8, join(route(2, 0, 1), attribute(5, new byte[] {10, 9, 0, 1}), attribute(4, integers(5))));
        assertThat(only(message))
                .isEqualTo(new DefaultRoute(8, false, false, List.of(new NextHop(5, Ip.parse("10.9.0.1")))));
    }

    @Test
    void eachNextHopOfASharedDefaultRouteIsRead() {
        byte[] first = join(hop(28, 5), attribute(5, Ip.parse("fe80::1").toBytes()));
        byte[] second = join(hop(20, 6), attribute(18, new byte[] {2, 0, 10, 9, 1, 1}));
        byte[] message = message(25, 0x10, 8, join(route(10, 0, 1), attribute(9, join(first, second))));
        assertThat(only(message))
                .isEqualTo(new DefaultRoute(
                        8,
                        true,
                        true,
                        List.of(new NextHop(5, Ip.parse("fe80::1")), new NextHop(6, Ip.parse("10.9.1.1")))));
    }

    @Test
    void aNextHopWithAnImpossibleLengthEndsTheList() {
        byte[] hop = join(hop(200, 5), attribute(5, new byte[] {10, 9, 0, 1}));
        byte[] message = message(24, 0, 8, join(route(2, 0, 1), attribute(9, hop)));
        assertThat(only(message)).isEqualTo(new DefaultRoute(8, false, false, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"24, 1", "0, 7", "0, 2"})
    void otherRoutesAreNotRead(int destinationLength, int type) {
        byte[] message =
                message(24, 0, 8, join(route(2, destinationLength, type), attribute(5, new byte[] {10, 9, 0, 1})));
        assertThat(only(message)).isEqualTo(new Other(8, 24));
    }

    /** {@code struct rtmsg}. */
    private static byte[] route(int family, int destinationLength, int type) {
        return join(
                new byte[] {(byte) family, (byte) destinationLength, 0, 0, (byte) 254, 3, 0, (byte) type}, integers(0));
    }

    /** {@code struct rtnexthop}. */
    private static byte[] hop(int length, int index) {
        byte[] header = new byte[4];
        ByteBuffer.wrap(header).order(ByteOrder.nativeOrder()).putShort(0, (short) length);
        return join(header, integers(index));
    }

    @Test
    void anAddressIsTheLocalOneAndNotThePeers() {
        assertThat(only(ADDRESS)).isEqualTo(new AddressMessage(8, false, true, 5, Ip.parse("10.0.0.1"), 24));
    }

    @Test
    void anIpv6AddressIsRead() {
        byte[] message = message(
                21,
                0,
                0,
                join(
                        new byte[] {10, 64, 0, 0},
                        integers(5),
                        attribute(1, Ip.parse("fd09::11").toBytes())));
        assertThat(only(message)).isEqualTo(new AddressMessage(0, true, false, 5, Ip.parse("fd09::11"), 64));
    }

    @Test
    void severalMessagesOfADatagramAreReadInOrder() {
        byte[] done = message(3, 0, 9, integers(0));
        byte[] failure = message(2, 0, 9, integers(-1));
        byte[] other = message(28, 0, 9, new byte[3]);
        NetlinkParser.Parsed parsed = parse(join(LINK, other, failure, done));
        assertThat(parsed.malformed()).isZero();
        assertThat(parsed.messages()).hasSize(4).endsWith(new Other(9, 28), new Failure(9, 1), new Done(9, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, Integer.MAX_VALUE, -1})
    void aMessageWithAnImpossibleLengthEndsTheDatagram(int length) {
        byte[] broken = LINK.clone();
        ByteBuffer.wrap(broken).order(ByteOrder.nativeOrder()).putInt(0, length);
        NetlinkParser.Parsed parsed = parse(join(ADDRESS, broken, ADDRESS));
        assertThat(parsed.messages()).hasSize(1);
        assertThat(parsed.malformed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 200})
    void anAttributeWithAnImpossibleLengthSpoilsItsMessageOnly(int length) {
        byte[] broken = LINK.clone();
        ByteBuffer.wrap(broken).order(ByteOrder.nativeOrder()).putShort(32, (short) length);
        NetlinkParser.Parsed parsed = parse(join(broken, ADDRESS));
        assertThat(parsed.messages()).hasSize(1);
        assertThat(parsed.malformed()).isEqualTo(1);
    }

    @Test
    void aPrefixLongerThanTheAddressIsMalformed() {
        byte[] broken = ADDRESS.clone();
        broken[17] = 33;
        assertThat(parse(broken).malformed()).isEqualTo(1);
    }

    @Test
    void whateverTheBytesAreNothingIsThrown() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = join(LINK, ADDRESS, ROUTE, message(2, 0, 1, integers(-19)));
            for (int damage = random.nextInt(1, 5); damage > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            try {
                NetlinkParser.Parsed parsed = NetlinkParser.parse(bytes, length);
                assertThat(parsed.messages().size() + parsed.malformed()).isLessThanOrEqualTo(length / 16 + 1);
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + SEED + " round " + round + ": "
                                + HexFormat.of().formatHex(Arrays.copyOf(bytes, length)),
                        e);
            }
        }
    }

    @Test
    void requestsAreTheBytesOfTheKernelsHeaders() {
        ByteBuffer links = ByteBuffer.wrap(NetlinkRequest.LINKS.encode(3)).order(ByteOrder.nativeOrder());
        assertThat(links.getInt(0)).isEqualTo(32).isEqualTo(links.limit());
        assertThat(links.getShort(4)).isEqualTo((short) 18);
        assertThat(links.getShort(6)).isEqualTo((short) 0x301);
        assertThat(links.getInt(8)).isEqualTo(3);
        ByteBuffer addresses =
                ByteBuffer.wrap(NetlinkRequest.ADDRESSES.encode(4)).order(ByteOrder.nativeOrder());
        assertThat(addresses.getInt(0)).isEqualTo(24).isEqualTo(addresses.limit());
        assertThat(addresses.getShort(4)).isEqualTo((short) 22);
        ByteBuffer routes = ByteBuffer.wrap(NetlinkRequest.ROUTES.encode(5)).order(ByteOrder.nativeOrder());
        assertThat(routes.getInt(0)).isEqualTo(28).isEqualTo(routes.limit());
        assertThat(routes.getShort(4)).isEqualTo((short) 26);
    }

    private static NetlinkMessage only(byte[] datagram) {
        NetlinkParser.Parsed parsed = parse(datagram);
        assertThat(parsed.malformed()).isZero();
        assertThat(parsed.messages()).hasSize(1);
        return parsed.messages().getFirst();
    }

    private static NetlinkParser.Parsed parse(byte[] datagram) {
        return NetlinkParser.parse(datagram, datagram.length);
    }

    private static byte[] message(int type, int flags, int sequence, byte[] body) {
        byte[] header = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(16 + body.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .array();
        return padded(join(header, body));
    }

    private static byte[] attribute(int type, byte[] value) {
        byte[] header = ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putShort((short) (4 + value.length))
                .putShort((short) type)
                .array();
        return padded(join(header, value));
    }

    private static byte[] integers(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.nativeOrder());
        Arrays.stream(values).forEach(buffer::putInt);
        return buffer.array();
    }

    private static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
