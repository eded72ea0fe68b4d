package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Octets beside the message that they are, tried both ways. */
class MessageVectorsTest {
    private static final WireContext EBGP = new WireContext(true, true);
    private static final WireContext EBGP_TWO_OCTETS = new WireContext(false, true);
    private static final WireContext IBGP = new WireContext(true, false);
    private static final WireContext IBGP_TWO_OCTETS = new WireContext(false, false);
    private static final WireContext ENHANCED = new WireContext(true, true, true, true);

    private static final String ORIGIN_IGP = "40 01 01 00";

    static Stream<Arguments> vectors() {
        return Stream.of(sessions(), routes(), attributes()).flatMap(vectors -> vectors);
    }

    private static Stream<Arguments> sessions() {
        return Stream.of(
                vector("KEEPALIVE", EBGP, Hex.message(4, ""), new Keepalive()),
                vector(
                        "OPEN with the capabilities we send",
                        EBGP,
                        Hex.message(1, "04 fc01 005a ac1e000b 10 02 0e 01 04 0001 00 01 02 00 41 04 0000fc01"),
                        Open.of(
                                64_513,
                                90,
                                Ip.parse("172.30.0.11"),
                                List.of(
                                        new Capability.MultiProtocol(Family.IPV4_UNICAST),
                                        new Capability.CanRouteRefresh()))),
                vector(
                        "OPEN of an AS that needs four octets",
                        EBGP,
                        Hex.message(1, "04 5ba0 0000 0a000001 0e 02 0c 01 04 0002 00 01 41 04 fa56ea00"),
                        Open.of(
                                4_200_000_000L,
                                0,
                                Ip.parse("10.0.0.1"),
                                List.of(new Capability.MultiProtocol(Family.IPV6_UNICAST)))),
                vector(
                        "OPEN without optional parameters, as old routers send it",
                        EBGP,
                        Hex.message(1, "04 fc00 00b4 0a000001 00"),
                        new Open(64_512, 180, Ip.parse("10.0.0.1"), List.of())),
                vector(
                        "OPEN with a capability nobody has told us of",
                        EBGP,
                        Hex.message(1, "04 fc00 00b4 0a000001 07 02 05 49 03 010203"),
                        new Open(
                                64_512,
                                180,
                                Ip.parse("10.0.0.1"),
                                List.of(new Capability.Other(73, Bytes.of((byte) 1, (byte) 2, (byte) 3))))),
                vector(
                        "NOTIFICATION hold timer expired",
                        EBGP,
                        Hex.message(3, "04 00"),
                        Notification.of(BgpError.HOLD_TIMER_EXPIRED)),
                vector(
                        "NOTIFICATION unsupported version with data",
                        EBGP,
                        Hex.message(3, "02 01 0004"),
                        Notification.of(BgpError.UNSUPPORTED_VERSION, Bytes.of((byte) 0, (byte) 4))),
                vector(
                        "ROUTE-REFRESH for IPv6 unicast",
                        EBGP,
                        Hex.message(5, "0002 00 01"),
                        new RouteRefresh(Family.IPV6_UNICAST, RouteRefresh.REQUEST)),
                vector(
                        "OPEN with all that is new since",
                        EBGP,
                        Hex.message(
                                1,
                                "04 fc00 00b4 0a000001 32 02 30 05 06 0001 0001 0002 06 00"
                                        + "40 0a c078 0001 01 80 0002 01 00 46 00"
                                        + "47 0e 0001 01 80 015180 0002 01 00 000000"
                                        + "41 04 0000fc00 80 00"),
                        new Open(
                                64_512,
                                180,
                                Ip.parse("10.0.0.1"),
                                List.of(
                                        ExtendedNextHop.IPV4_OVER_IPV6,
                                        new Capability.ExtendedMessage(),
                                        new GracefulRestart(
                                                true,
                                                true,
                                                120,
                                                List.of(
                                                        new GracefulRestart.Kept(Family.IPV4_UNICAST, true),
                                                        new GracefulRestart.Kept(Family.IPV6_UNICAST, false))),
                                        new Capability.EnhancedRefresh(),
                                        new LongLivedRestart(List.of(
                                                new LongLivedRestart.Kept(Family.IPV4_UNICAST, true, 86_400),
                                                new LongLivedRestart.Kept(Family.IPV6_UNICAST, false, 0))),
                                        new Capability.FourOctetAs(64_512),
                                        new Capability.Other(128, Bytes.EMPTY)))),
                vector(
                        "OPEN of a customer that says so, and what nobody can be",
                        EBGP,
                        Hex.message(1, "04 fc00 00b4 0a000001 08 02 06 09 01 03 09 01 ff"),
                        new Open(
                                64_512,
                                180,
                                Ip.parse("10.0.0.1"),
                                List.of(new Capability.OfRole(3), new Capability.OfRole(255)))),
                vector(
                        "UPDATE of a route for customers only",
                        EBGP,
                        Hex.message(2, "0000 0015 40 01 01 00 40 02 00 40 03 04 0a000001 c0 23 04 fa56ea00 00"),
                        new Update(
                                List.of(),
                                List.of(
                                        Origin.IGP,
                                        AsPath.EMPTY,
                                        new NextHop(Ip.parse("10.0.0.1")),
                                        new OnlyToCustomer(4_200_000_000L)),
                                prefixes("0.0.0.0/0"))),
                vector(
                        "OPEN of a speaker that only knows what End-of-RIB means",
                        EBGP,
                        Hex.message(1, "04 fc00 00b4 0a000001 06 02 04 40 02 0000"),
                        new Open(
                                64_512,
                                180,
                                Ip.parse("10.0.0.1"),
                                List.of(new GracefulRestart(false, false, 0, List.of())))),
                vector(
                        "NOTIFICATION shutdown with words",
                        EBGP,
                        Hex.message(3, "06 02 0a 62796520 66c3bc72 20 33"),
                        Notification.shutdown("bye f\u00fcr 3")),
                vector(
                        "NOTIFICATION hard reset around a shutdown",
                        EBGP,
                        Hex.message(3, "06 09 06 02 03 627965"),
                        Notification.shutdown("bye").hardReset()),
                vector(
                        "ROUTE-REFRESH begins",
                        ENHANCED,
                        Hex.message(5, "0001 01 01"),
                        new RouteRefresh(Family.IPV4_UNICAST, RouteRefresh.BEGIN)),
                vector(
                        "ROUTE-REFRESH ends",
                        ENHANCED,
                        Hex.message(5, "0002 02 01"),
                        new RouteRefresh(Family.IPV6_UNICAST, RouteRefresh.END)),
                vector(
                        "ROUTE-REFRESH of a subtype to come",
                        EBGP,
                        Hex.message(5, "0001 ff 01"),
                        new RouteRefresh(Family.IPV4_UNICAST, 255)));
    }

    private static Stream<Arguments> routes() {
        return Stream.of(
                vector(
                        "UPDATE announcing two IPv4 prefixes to an eBGP peer",
                        EBGP,
                        Hex.update(
                                "", ORIGIN_IGP + "40 02 06 02 01 0000fc01 40 03 04 ac1e000b", "20 cb00710a 18 cb0072"),
                        new Update(
                                List.of(),
                                List.of(Origin.IGP, AsPath.of(64_513), new NextHop(Ip.parse("172.30.0.11"))),
                                prefixes("203.0.113.10/32", "203.0.114.0/24"))),
                vector(
                        "UPDATE to an iBGP peer: empty path, local preference",
                        IBGP,
                        Hex.update("", ORIGIN_IGP + "40 02 00 40 03 04 0a000001 40 05 04 00000064", "00"),
                        new Update(
                                List.of(),
                                List.of(
                                        Origin.IGP,
                                        AsPath.EMPTY,
                                        new NextHop(Ip.parse("10.0.0.1")),
                                        new LocalPref(100)),
                                prefixes("0.0.0.0/0"))),
                vector(
                        "UPDATE to a peer with two-octet AS numbers, the real path beside it",
                        EBGP_TWO_OCTETS,
                        Hex.update(
                                "",
                                ORIGIN_IGP + "40 02 04 02 01 5ba0 40 03 04 0a000001 c0 11 06 02 01 00010000",
                                "08 0a"),
                        new Update(
                                List.of(),
                                List.of(
                                        Origin.IGP,
                                        AsPath.of(Open.AS_TRANS),
                                        new NextHop(Ip.parse("10.0.0.1")),
                                        new As4Path(AsPath.of(65_536).segments())),
                                prefixes("10.0.0.0/8"))),
                vector(
                        "UPDATE announcing an IPv6 prefix",
                        EBGP,
                        Hex.update(
                                "",
                                "80 0e 26 0002 01 10 fd300000000000000000000000000011 00 80 20010db8011300000000000000000001"
                                        + ORIGIN_IGP + "40 02 06 02 01 0000fc01",
                                ""),
                        new Update(
                                List.of(),
                                List.of(
                                        new MpReach(
                                                Family.IPV6_UNICAST,
                                                Ip.parse("fd30::11"),
                                                Optional.empty(),
                                                prefixes("2001:db8:113::1/128")),
                                        Origin.IGP,
                                        AsPath.of(64_513)),
                                List.of())),
                vector(
                        "UPDATE with a link-local next hop beside the global one",
                        EBGP,
                        Hex.update(
                                "",
                                "80 0e 2a 0002 01 20 fd300000000000000000000000000011 fe800000000000000000000000000011 00"
                                        + "20 20010db8" + ORIGIN_IGP + "40 02 00",
                                ""),
                        new Update(
                                List.of(),
                                List.of(
                                        new MpReach(
                                                Family.IPV6_UNICAST,
                                                Ip.parse("fd30::11"),
                                                Optional.of(Ip.parse("fe80::11")),
                                                prefixes("2001:db8::/32")),
                                        Origin.IGP,
                                        AsPath.EMPTY),
                                List.of())),
                vector(
                        "UPDATE announcing an IPv4 prefix by way of IPv6",
                        EBGP,
                        Hex.update(
                                "",
                                "80 0e 2a 0001 01 20 fd300000000000000000000000000011 fe800000000000000000000000000011 00"
                                        + "20 cb00710a" + ORIGIN_IGP + "40 02 00",
                                ""),
                        new Update(
                                List.of(),
                                List.of(
                                        new MpReach(
                                                Family.IPV4_UNICAST,
                                                Ip.parse("fd30::11"),
                                                Optional.of(Ip.parse("fe80::11")),
                                                prefixes("203.0.113.10/32")),
                                        Origin.IGP,
                                        AsPath.EMPTY),
                                List.of())),
                vector(
                        "UPDATE announcing an IPv4 prefix in MP_REACH, by way of IPv4",
                        EBGP,
                        Hex.update("", "80 0e 0e 0001 01 04 0a000001 00 20 cb00710a" + ORIGIN_IGP + "40 02 00", ""),
                        new Update(
                                List.of(),
                                List.of(
                                        new MpReach(
                                                Family.IPV4_UNICAST,
                                                Ip.parse("10.0.0.1"),
                                                Optional.empty(),
                                                prefixes("203.0.113.10/32")),
                                        Origin.IGP,
                                        AsPath.EMPTY),
                                List.of())),
                vector(
                        "UPDATE with a family that we do not read",
                        EBGP,
                        Hex.update("", "80 0e 05 0019 46 00 00 80 0f 03 0019 46" + ORIGIN_IGP + "40 02 00", ""),
                        new Update(
                                List.of(),
                                List.of(
                                        new OpaqueAttribute(0x80, 14, Bytes.of(Hex.bytes("0019460000"))),
                                        new OpaqueAttribute(0x80, 15, Bytes.of(Hex.bytes("001946"))),
                                        Origin.IGP,
                                        AsPath.EMPTY),
                                List.of())),
                vector(
                        "UPDATE withdrawing IPv4 prefixes",
                        EBGP,
                        Hex.update("20 cb00710a 09 0a80", "", ""),
                        new Update(prefixes("203.0.113.10/32", "10.128.0.0/9"), List.of(), List.of())),
                vector(
                        "UPDATE withdrawing an IPv6 prefix",
                        EBGP,
                        Hex.update("", "80 0f 08 0002 01 20 20010db8", ""),
                        new Update(
                                List.of(),
                                List.of(new MpUnreach(Family.IPV6_UNICAST, prefixes("2001:db8::/32"))),
                                List.of())),
                vector("End-of-RIB for IPv4", EBGP, Hex.update("", "", ""), Update.endOfRib(Family.IPV4_UNICAST)),
                vector(
                        "End-of-RIB for IPv6",
                        EBGP,
                        Hex.update("", "80 0f 03 0002 01", ""),
                        Update.endOfRib(Family.IPV6_UNICAST)));
    }

    private static Stream<Arguments> attributes() {
        return Stream.of(
                vector(
                        "UPDATE with what a transit route may carry",
                        EBGP,
                        Hex.update(
                                "",
                                "40 01 01 02 40 02 10 02 02 0000fc00 00000001 01 01 00000005 40 03 04 0a000001"
                                        + "80 04 04 0000000a c0 08 04 fffff029 c0 20 0c 000000010000000200000003",
                                "10 0a00"),
                        new Update(
                                List.of(),
                                List.of(
                                        Origin.INCOMPLETE,
                                        new AsPath(List.of(
                                                new AsPath.Segment(false, List.of(64_512L, 1L)),
                                                new AsPath.Segment(true, List.of(5L)))),
                                        new NextHop(Ip.parse("10.0.0.1")),
                                        new MultiExitDisc(10),
                                        new Communities(List.of(0xffff_f029L)),
                                        new LargeCommunities(List.of(new LargeCommunities.Value(1, 2, 3)))),
                                prefixes("10.0.0.0/16"))),
                vector(
                        "UPDATE with every tag there is",
                        EBGP,
                        Hex.update(
                                "",
                                ORIGIN_IGP + "40 02 00 40 03 04 0a000001 c0 08 08 ffff0000 ffffff01"
                                        + "c0 10 10 0002fc0000000064 4004fc004cbebc20"
                                        + "c0 20 18 fffffffffffffffffffffffe 000000000000000000000000",
                                "00"),
                        new Update(
                                List.of(),
                                List.of(
                                        Origin.IGP,
                                        AsPath.EMPTY,
                                        new NextHop(Ip.parse("10.0.0.1")),
                                        new Communities(List.of(0xffff_0000L, 0xffff_ff01L)),
                                        new ExtendedCommunities(
                                                List.of(0x0002_fc00_0000_0064L, 0x4004_fc00_4cbe_bc20L)),
                                        new LargeCommunities(List.of(
                                                new LargeCommunities.Value(0xffff_ffffL, 0xffff_ffffL, 0xffff_fffeL),
                                                new LargeCommunities.Value(0, 0, 0)))),
                                prefixes("0.0.0.0/0"))),
                vector(
                        "UPDATE of a reflected aggregate",
                        IBGP,
                        Hex.update(
                                "",
                                ORIGIN_IGP + "40 02 00 40 03 04 0a000001 40 05 04 00000064 40 06 00"
                                        + "c0 07 08 fa56ea00 0a000002 80 09 04 0a000003 80 0a 08 0a000004 0a000005",
                                "00"),
                        new Update(
                                List.of(),
                                List.of(
                                        Origin.IGP,
                                        AsPath.EMPTY,
                                        new NextHop(Ip.parse("10.0.0.1")),
                                        new LocalPref(100),
                                        new AtomicAggregate(),
                                        new Aggregator(4_200_000_000L, Ip.parse("10.0.0.2")),
                                        new OriginatorId(Ip.parse("10.0.0.3")),
                                        new ClusterList(List.of(Ip.parse("10.0.0.4"), Ip.parse("10.0.0.5")))),
                                prefixes("0.0.0.0/0"))),
                vector(
                        "UPDATE of an aggregate from a peer with two-octet AS numbers",
                        IBGP_TWO_OCTETS,
                        Hex.update(
                                "",
                                ORIGIN_IGP + "40 02 00 40 03 04 0a000001 40 05 04 00000064"
                                        + "c0 07 06 5ba0 0a000002 c0 12 08 fa56ea00 0a000002",
                                "00"),
                        new Update(
                                List.of(),
                                List.of(
                                        Origin.IGP,
                                        AsPath.EMPTY,
                                        new NextHop(Ip.parse("10.0.0.1")),
                                        new LocalPref(100),
                                        new Aggregator(Open.AS_TRANS, Ip.parse("10.0.0.2")),
                                        new As4Aggregator(4_200_000_000L, Ip.parse("10.0.0.2"))),
                                prefixes("0.0.0.0/0"))),
                vector(
                        "UPDATE whose communities take a length of two octets",
                        EBGP,
                        Hex.update(
                                "", ORIGIN_IGP + "40 02 00 40 03 04 0a000001 d0 08 0100" + "fde80001".repeat(64), "00"),
                        new Update(
                                List.of(),
                                List.of(
                                        Origin.IGP,
                                        AsPath.EMPTY,
                                        new NextHop(Ip.parse("10.0.0.1")),
                                        new Communities(Collections.nCopies(64, 0xfde8_0001L))),
                                prefixes("0.0.0.0/0"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void encodes(String name, WireContext context, byte[] octets, Message message) {
        assertThat(Bytes.of(message.encode(context))).isEqualTo(Bytes.of(octets));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void decodes(String name, WireContext context, byte[] octets, Message message) {
        assertThat(Messages.decode(octets, context)).isEqualTo(new Decoded.Accepted(message, List.of()));
    }

    private static Arguments vector(String name, WireContext context, byte[] octets, Message message) {
        return Arguments.of(name, context, octets, message);
    }

    static List<Prefix> prefixes(String... texts) {
        return Stream.of(texts).map(Prefix::parse).toList();
    }
}
