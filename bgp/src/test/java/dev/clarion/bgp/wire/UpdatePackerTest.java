package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdatePackerTest {
    private static final int COUNT = 10_000;

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void tenThousandPrefixesFillTheirMessages(IpFamily family) {
        for (WireContext context : List.of(new WireContext(true, true), new WireContext(false, false))) {
            UpdatePacker packer = new UpdatePacker(Family.unicast(family), context, 4_200_000_000L);
            List<Prefix> prefixes = mixed(family);
            check(packer.announce(hop(family), OptionalLong.empty(), prefixes), context, prefixes, false);
            check(packer.withdraw(prefixes), context, prefixes, true);
        }
    }

    private static void check(List<Update> updates, WireContext context, List<Prefix> prefixes, boolean withdrawn) {
        int mostPerPrefix = Prefixes.encodedLength(prefixes.getFirst());
        List<Prefix> seen = new ArrayList<>();
        for (Update update : updates) {
            byte[] octets = update.encode(context);
            assertThat(octets.length).isLessThanOrEqualTo(Header.MAX_MESSAGE);
            if (!update.equals(updates.getLast())) {
                assertThat(octets.length).isGreaterThan(Header.MAX_MESSAGE - mostPerPrefix - 2);
            }
            assertThat(Messages.decode(octets, context)).isEqualTo(new Decoded.Accepted(update, List.of()));
            seen.addAll(prefixesOf(update, withdrawn));
        }
        assertThat(seen).isEqualTo(prefixes);
    }

    private static List<Prefix> prefixesOf(Update update, boolean withdrawn) {
        Stream<Prefix> multiProtocol = update.attributes().stream().flatMap(attribute -> switch (attribute) {
            case MpReach reach when !withdrawn -> reach.prefixes().stream();
            case MpUnreach unreach when withdrawn -> unreach.prefixes().stream();
            case Attribute _ -> Stream.empty();
        });
        List<Prefix> fields = withdrawn ? update.withdrawn() : update.announced();
        return Stream.concat(fields.stream(), multiProtocol).toList();
    }

    @Test
    void anExternalPeerGetsOurAsAndNoLocalPreference() {
        UpdatePacker packer = new UpdatePacker(Family.IPV4_UNICAST, new WireContext(true, true), 64_513);
        assertThat(packer.announce(
                        hop(IpFamily.IPV4),
                        OptionalLong.of(7),
                        mixed(IpFamily.IPV4).subList(0, 1)))
                .singleElement()
                .satisfies(update -> assertThat(update.attributes())
                        .containsExactly(Origin.IGP, AsPath.of(64_513), new NextHop(hop(IpFamily.IPV4))));
    }

    @Test
    void anInternalPeerGetsLocalPreferenceAndNoAs() {
        UpdatePacker packer = new UpdatePacker(Family.IPV4_UNICAST, new WireContext(true, false), 64_513);
        assertThat(packer.announce(
                        hop(IpFamily.IPV4),
                        OptionalLong.of(7),
                        mixed(IpFamily.IPV4).subList(0, 1)))
                .singleElement()
                .satisfies(update -> assertThat(update.attributes())
                        .containsExactly(Origin.IGP, AsPath.EMPTY, new NextHop(hop(IpFamily.IPV4)), new LocalPref(7)));
    }

    /** Host routes and shorter prefixes, so that messages end at every distance from their limit. */
    private static List<Prefix> mixed(IpFamily family) {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> Prefix.containing(address(family, i), family.bits() - 8 * (i % 4)))
                .toList();
    }

    private static Ip address(IpFamily family, int number) {
        return switch (family) {
            case IPV4 -> Ip.ofV4(0x0a00_0000 + number * 7);
            case IPV6 -> Ip.ofV6(0x2001_0db8_0000_0000L, number);
        };
    }

    private static Ip hop(IpFamily family) {
        return switch (family) {
            case IPV4 -> Ip.parse("172.30.0.11");
            case IPV6 -> Ip.parse("fd30::11");
        };
    }
}
