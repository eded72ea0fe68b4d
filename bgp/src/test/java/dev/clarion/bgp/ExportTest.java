package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.fsm.Role;
import dev.clarion.bgp.wire.Announcement;
import dev.clarion.bgp.wire.As4Path;
import dev.clarion.bgp.wire.AsPath;
import dev.clarion.bgp.wire.Attribute;
import dev.clarion.bgp.wire.Communities;
import dev.clarion.bgp.wire.ExtendedCommunities;
import dev.clarion.bgp.wire.LargeCommunities;
import dev.clarion.bgp.wire.LinkBandwidth;
import dev.clarion.bgp.wire.LocalPref;
import dev.clarion.bgp.wire.NextHop;
import dev.clarion.bgp.wire.OnlyToCustomer;
import dev.clarion.bgp.wire.Origin;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a route on its way to a peer: next hop and attributes, or a reason. */
class ExportTest {
    private static final Prefix P4 = Prefix.parse("203.0.113.1/32");
    private static final Prefix P6 = Prefix.parse("2001:db8:113::1/128");
    private static final Ip HERE4 = Ip.parse("172.30.0.11");
    private static final Ip PEER4 = Ip.parse("172.30.0.1");
    private static final Ip HERE6 = Ip.parse("fd30::11");
    private static final Ip PEER6 = Ip.parse("fd30::1");
    private static final Ip LINK = Ip.parse("fe80::11");
    private static final Ip PEER_LINK = Ip.parse("fe80::1");
    private static final Ip CHOSEN4 = Ip.parse("198.51.100.1");
    private static final Ip CHOSEN6 = Ip.parse("2001:db8:51::1");

    private static final WireContext EBGP = new WireContext(true, true);
    private static final WireContext IBGP = new WireContext(true, false);

    private static final NextHops NODE = new NextHops(Optional.of(HERE4), Optional.of(HERE6));
    private static final NextHops CHOSEN = new NextHops(Optional.of(CHOSEN4), Optional.of(CHOSEN6));

    /** Session and route family, what is known and agreed, and the next hops or the reason. */
    static Stream<Arguments> nextHops() {
        Segment alone = Segment.UNKNOWN;
        Segment shared = new Segment(NODE, Optional.of(LINK));
        Segment beyond = new Segment(NODE, Optional.empty());
        Segment linkOnly = new Segment(NextHops.NONE, Optional.of(LINK));
        return Stream.of(
                row("IPv4 over IPv4: our end", over4(alone), NextHops.NONE, P4, hop(HERE4)),
                row("IPv4 over IPv4: what the owner chose", over4(shared), CHOSEN, P4, hop(CHOSEN4)),
                row("IPv6 over IPv4, nothing known", over4(alone), NextHops.NONE, P6, Unsendable.NO_NEXT_HOP),
                row("IPv6 over IPv4: the interface's address", over4(beyond), NextHops.NONE, P6, hop(HERE6)),
                row("IPv6 over IPv4, on the segment", over4(shared), NextHops.NONE, P6, hop(HERE6, LINK)),
                row("IPv6 over IPv4: what the owner chose", over4(shared), CHOSEN, P6, hop(CHOSEN6)),
                row("IPv6 over IPv4, link-local only", over4(linkOnly), NextHops.NONE, P6, Unsendable.NO_NEXT_HOP),
                row("IPv6 over IPv6: our end", over6(alone, false), NextHops.NONE, P6, hop(HERE6)),
                row("IPv6 over IPv6, on the segment", over6(shared, false), NextHops.NONE, P6, hop(HERE6, LINK)),
                row("IPv6 over IPv6: what the owner chose", over6(shared, false), CHOSEN, P6, hop(CHOSEN6)),
                row("IPv4 over IPv6, nothing known", over6(alone, false), NextHops.NONE, P4, Unsendable.NO_NEXT_HOP),
                row("IPv4 over IPv6: the interface's address", over6(shared, false), NextHops.NONE, P4, hop(HERE4)),
                row("IPv4 over IPv6: what the owner chose", over6(alone, false), CHOSEN, P4, hop(CHOSEN4)),
                row("IPv4 over IPv6, agreed", over6(shared, true), NextHops.NONE, P4, hop(HERE6, LINK)),
                row("IPv4 over IPv6, agreed, several hops away", over6(alone, true), NextHops.NONE, P4, hop(HERE6)),
                row("IPv4 over IPv6, agreed, yet chosen", over6(shared, true), CHOSEN, P4, hop(CHOSEN4)),
                row("IPv6 over link-local, no address", overLink(alone, true), NextHops.NONE, P6, hop(LINK, LINK)),
                row("IPv6 over link-local", overLink(shared, true), NextHops.NONE, P6, hop(HERE6, LINK)),
                row("IPv6 over link-local, chosen", overLink(shared, true), CHOSEN, P6, hop(CHOSEN6, LINK)),
                row("IPv4 over link-local, agreed", overLink(alone, true), NextHops.NONE, P4, hop(LINK, LINK)),
                row("IPv4 over link-local", overLink(shared, false), NextHops.NONE, P4, hop(HERE4)),
                row(
                        "IPv4 over link-local, nothing known",
                        overLink(alone, false),
                        NextHops.NONE,
                        P4,
                        Unsendable.NO_NEXT_HOP));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nextHops")
    void theNextHopIsOneThatThePeerCanUse(
            String name, SessionFacts facts, NextHops chosen, Prefix prefix, Object expected) {
        Set<Route> routes = Set.of(Route.of(prefix));
        Export export = Export.of(ExportPolicy.of(facts, chosen, false, routes), routes);
        if (expected instanceof Hop hop) {
            assertThat(export.unsendable()).isEmpty();
            Announcement said = said(export, prefix);
            assertThat(new Hop(said.nextHop(), said.linkLocal())).isEqualTo(hop);
            assertThat(said.family().addresses()).contains(prefix.family());
            boolean inFields = prefix.family() == IpFamily.IPV4 && hop.address().family() == IpFamily.IPV4;
            assertThat(said.attributes().contains(new NextHop(hop.address()))).isEqualTo(inFields);
        } else {
            assertThat(export.unsendable()).isEqualTo(Map.of(prefix, expected));
            assertThat(export.announced()).isEmpty();
        }
    }

    @Test
    void aFamilyThatIsNotExchangedIsNotAnnounced() {
        SessionFacts facts = facts(Set.of(IpFamily.IPV4), EBGP, HERE4, PEER4, Segment.UNKNOWN, false);
        Export export = export(facts, false, Route.of(P4), Route.of(P6));
        assertThat(export.announced()).containsOnlyKeys(P4);
        assertThat(export.unsendable()).isEqualTo(Map.of(P6, Unsendable.FAMILY_NOT_NEGOTIATED));
    }

    @Test
    void aRoutesOwnNextHopMustSuitIt() {
        SessionFacts plain = over6(Segment.UNKNOWN, false);
        assertThat(export(plain, false, via(P4, CHOSEN6)).unsendable())
                .containsEntry(P4, Unsendable.NEXT_HOP_OF_OTHER_FAMILY);
        assertThat(export(plain, false, via(P6, CHOSEN4)).unsendable())
                .containsEntry(P6, Unsendable.NEXT_HOP_OF_OTHER_FAMILY);
        SessionFacts agreed = over6(Segment.UNKNOWN, true);
        assertThat(said(export(agreed, false, via(P4, CHOSEN6)), P4).nextHop()).isEqualTo(CHOSEN6);
        assertThat(export(agreed, false, via(P6, CHOSEN4)).unsendable())
                .containsEntry(P6, Unsendable.NEXT_HOP_OF_OTHER_FAMILY);
        assertThat(export(plain, false, via(P6, PEER6)).unsendable()).containsEntry(P6, Unsendable.NEXT_HOP_IS_PEER);
    }

    @Test
    void anExternalPeerGetsOurAsAndNoLocalPreference() {
        assertThat(attributes(EBGP, false, new PathAttributes(OptionalLong.of(7))))
                .containsExactly(Origin.IGP, AsPath.of(4_200_000_000L), new NextHop(HERE4));
    }

    @Test
    void anInternalPeerGetsLocalPreferenceAndNoAs() {
        assertThat(attributes(IBGP, false, new PathAttributes(OptionalLong.of(7))))
                .containsExactly(Origin.IGP, AsPath.EMPTY, new NextHop(HERE4), new LocalPref(7));
        assertThat(attributes(IBGP, false, PathAttributes.DEFAULT)).contains(new LocalPref(100));
    }

    @Test
    void anOldPeerGetsTheLongAsNumberBesideThePath() {
        AsPath path = AsPath.of(4_200_000_000L);
        assertThat(attributes(new WireContext(false, true), false, PathAttributes.DEFAULT))
                .containsExactly(Origin.IGP, path, new NextHop(HERE4), new As4Path(path.segments()));
        assertThat(attributes(new WireContext(false, false), false, PathAttributes.DEFAULT))
                .noneMatch(As4Path.class::isInstance);
    }

    @Test
    void communitiesAreSortedAndEachOnce() {
        PathAttributes marked = new PathAttributes(
                OptionalLong.empty(),
                Set.of(
                        Community.NO_EXPORT,
                        new Community.Standard(1, 2),
                        Community.GRACEFUL_SHUTDOWN,
                        new Community.Extended(-1),
                        new Community.Extended(1),
                        new Community.Large(2, 0, 0),
                        new Community.Large(1, 4_294_967_295L, 1),
                        new Community.Large(1, 4_294_967_295L, 0)));
        assertThat(attributes(EBGP, false, marked).stream().skip(3))
                .containsExactly(
                        new Communities(List.of(0x0001_0002L, 0xffff_0000L, 0xffff_ff01L)),
                        new ExtendedCommunities(List.of(1L, -1L)),
                        new LargeCommunities(List.of(
                                new LargeCommunities.Value(1, 4_294_967_295L, 0),
                                new LargeCommunities.Value(1, 4_294_967_295L, 1),
                                new LargeCommunities.Value(2, 0, 0))));
        assertThat(attributes(EBGP, true, marked)).isEqualTo(attributes(EBGP, false, marked));
    }

    /** 0x48b71b00 is 375000 as a number of 32 bits; 4200000000 does not fit in two octets. */
    @Test
    void theBandwidthGoesToOtherAssInTheFormThatMayCrossTheBorder() {
        PathAttributes weighed =
                new PathAttributes(OptionalLong.empty(), Set.of(new Community.Extended(1)), OptionalLong.of(375_000));
        assertThat(attributes(EBGP, false, weighed))
                .contains(new ExtendedCommunities(List.of(1L, 0x0004_5ba0_48b7_1b00L)));
        assertThat(attributes(IBGP, true, weighed))
                .contains(new ExtendedCommunities(List.of(1L, 0x4004_5ba0_48b7_1b00L)));
    }

    @Test
    void routesToCustomersAndPeersAreForTheirCustomersOnly() {
        SessionFacts plain = over4(Segment.UNKNOWN);
        SessionFacts marking = new SessionFacts(
                plain.families(),
                plain.context(),
                plain.localAs(),
                true,
                plain.local(),
                plain.peer(),
                plain.segment(),
                false,
                false);
        assertThat(said(export(marking, false, Route.of(P4)), P4).attributes())
                .last()
                .isEqualTo(new OnlyToCustomer(4_200_000_000L));
        assertThat(said(export(plain, false, Route.of(P4)), P4).attributes())
                .noneMatch(OnlyToCustomer.class::isInstance);
        assertThat(Stream.of(Role.values()).filter(Role::marksOnlyToCustomer))
                .containsExactly(Role.PROVIDER, Role.RS, Role.PEER);
    }

    @Test
    void aShortAsNumberStandsInTheBandwidthItself() {
        assertThat(LinkBandwidth.of(true, 64_513, 125_000)).isEqualTo(0x0004_fc01_47f4_2400L);
        assertThat(LinkBandwidth.of(false, 1, 0xffff_ffffL)).isEqualTo(0x4004_0001_4f80_0000L);
    }

    @Test
    void whoLeavesMarksTheRoutesAndIsTheLastResortOfItsOwnAs() {
        PathAttributes wishes = new PathAttributes(OptionalLong.of(200), Set.of(new Community.Standard(1, 2)));
        assertThat(attributes(EBGP, true, wishes))
                .contains(new Communities(List.of(0x0001_0002L, 0xffff_0000L)))
                .noneMatch(LocalPref.class::isInstance);
        assertThat(attributes(IBGP, true, wishes))
                .contains(new LocalPref(0), new Communities(List.of(0x0001_0002L, 0xffff_0000L)));
    }

    @Test
    void marksThatFillAMessageKeepTheirRouteBackAndNoOther() {
        Set<Community> many = IntStream.range(0, 1_100)
                .mapToObj(i -> new Community.Standard(1, i))
                .collect(Collectors.toSet());
        Route loaded = new Route(P4, Optional.empty(), new PathAttributes(OptionalLong.empty(), many));
        Prefix other = Prefix.parse("203.0.113.2/32");
        Export plain = export(over4(Segment.UNKNOWN), false, loaded, Route.of(other));
        assertThat(plain.unsendable()).isEqualTo(Map.of(P4, Unsendable.ATTRIBUTES_TOO_LONG));
        assertThat(plain.announced()).containsOnlyKeys(other);
        SessionFacts extended = facts(
                Set.of(IpFamily.IPV4), new WireContext(true, true, true, false), HERE4, PEER4, Segment.UNKNOWN, false);
        assertThat(export(extended, false, loaded).unsendable()).isEmpty();
    }

    @Test
    void equalPoliciesShareOneExportAndDifferingOnesDoNot() {
        Exports exports = new Exports();
        Set<Route> routes = Set.of(Route.of(P4), Route.of(P6));
        Set<Route> equal = Set.of(Route.of(P6), Route.of(P4));
        ExportPolicy policy = ExportPolicy.of(over4(Segment.UNKNOWN), NextHops.NONE, false, routes);
        SessionFacts neighbour =
                facts(Set.of(IpFamily.values()), EBGP, HERE4, Ip.parse("172.30.0.2"), Segment.UNKNOWN, false);
        Exports.Shared first = exports.of(policy, routes);
        assertThat(exports.of(ExportPolicy.of(neighbour, NextHops.NONE, false, equal), equal))
                .isSameAs(first);
        assertThat(exports.of(ExportPolicy.of(neighbour, NextHops.NONE, true, equal), equal))
                .isNotSameAs(first);
        assertThat(exports.of(policy, Set.of(Route.of(P4)))).isNotSameAs(first);
    }

    private static List<Attribute> attributes(WireContext context, boolean leaving, PathAttributes wishes) {
        SessionFacts facts = facts(Set.of(IpFamily.IPV4), context, HERE4, PEER4, Segment.UNKNOWN, false);
        Export export = export(facts, leaving, new Route(P4, Optional.empty(), wishes));
        return said(export, P4).attributes();
    }

    private static Announcement said(Export export, Prefix prefix) {
        return Objects.requireNonNull(export.announced().get(prefix));
    }

    private static Export export(SessionFacts facts, boolean leaving, Route... routes) {
        Set<Route> all = Set.of(routes);
        return Export.of(ExportPolicy.of(facts, NextHops.NONE, leaving, all), all);
    }

    private static Route via(Prefix prefix, Ip nextHop) {
        return new Route(prefix, Optional.of(nextHop));
    }

    private static SessionFacts over4(Segment segment) {
        return facts(Set.of(IpFamily.values()), EBGP, HERE4, PEER4, segment, false);
    }

    private static SessionFacts over6(Segment segment, boolean extendedNextHop) {
        return facts(Set.of(IpFamily.values()), EBGP, HERE6, PEER6, segment, extendedNextHop);
    }

    private static SessionFacts overLink(Segment segment, boolean extendedNextHop) {
        return facts(Set.of(IpFamily.values()), EBGP, LINK, PEER_LINK, segment, extendedNextHop);
    }

    private static SessionFacts facts(
            Set<IpFamily> families, WireContext context, Ip here, Ip peer, Segment segment, boolean extendedNextHop) {
        return new SessionFacts(families, context, 4_200_000_000L, false, here, peer, segment, extendedNextHop, false);
    }

    private static Arguments row(String name, SessionFacts facts, NextHops chosen, Prefix prefix, Object expected) {
        return Arguments.of(name, facts, chosen, prefix, expected);
    }

    private static Hop hop(Ip address) {
        return Hop.of(address);
    }

    private static Hop hop(Ip address, Ip linkLocal) {
        return new Hop(address, Optional.of(linkLocal));
    }
}
