package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdatePackerTest {
    private static final int COUNT = 10_000;
    private static final Ip V4_HOP = Ip.parse("172.30.0.11");
    private static final Ip V6_HOP = Ip.parse("fd30::11");

    private static final List<WireContext> CONTEXTS = List.of(
            new WireContext(true, true), new WireContext(false, false), new WireContext(true, true, true, true));

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void tenThousandPrefixesFillTheirMessages(IpFamily family) {
        for (WireContext context : CONTEXTS) {
            for (Ip hop : family == IpFamily.IPV4 ? List.of(V4_HOP, V6_HOP) : List.of(V6_HOP)) {
                UpdatePacker packer = new UpdatePacker(context);
                Announcement announcement = announcement(Family.unicast(family), hop, context);
                Queue<Prefix> toAnnounce = new ArrayDeque<>(mixed(family));
                List<Update> updates = new ArrayList<>();
                while (!toAnnounce.isEmpty()) {
                    updates.add(announcement.update(packer.take(announcement, toAnnounce)));
                }
                check(updates, context, mixed(family), false);

                Queue<Prefix> toWithdraw = new ArrayDeque<>(mixed(family));
                updates.clear();
                while (!toWithdraw.isEmpty()) {
                    List<Prefix> taken = packer.takeWithdrawn(Family.unicast(family), toWithdraw);
                    updates.add(UpdatePacker.withdrawal(Family.unicast(family), taken));
                }
                check(updates, context, mixed(family), true);
            }
        }
    }

    private static void check(List<Update> updates, WireContext context, List<Prefix> prefixes, boolean withdrawn) {
        int longest = context.longest(MessageType.UPDATE);
        int mostPerPrefix = Prefixes.encodedLength(prefixes.getFirst());
        List<Prefix> seen = new ArrayList<>();
        for (Update update : updates) {
            byte[] octets = update.encode(context);
            assertThat(octets.length).isLessThanOrEqualTo(longest);
            if (!update.equals(updates.getLast())) {
                assertThat(octets.length).isGreaterThan(longest - mostPerPrefix - 2);
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
    void attributesThatFillTheMessageLeaveNoRoom() {
        WireContext plain = new WireContext(true, true);
        Announcement long4k = tagged(1_010);
        assertThat(new UpdatePacker(plain).room(long4k)).isPositive().isLessThan(20);
        assertThat(new UpdatePacker(plain).room(tagged(2_000))).isNegative();
        assertThat(new UpdatePacker(plain).take(tagged(2_000), new ArrayDeque<>(mixed(IpFamily.IPV4))))
                .isEmpty();
        assertThat(new UpdatePacker(new WireContext(true, true, true, false)).room(tagged(2_000)))
                .isPositive();
    }

    private static Announcement tagged(int communities) {
        return new Announcement(
                Family.IPV4_UNICAST,
                V4_HOP,
                Optional.empty(),
                List.of(new Communities(LongStream.range(0, communities).boxed().toList()), AsPath.EMPTY, Origin.IGP));
    }

    @Test
    void attributesGoOutInAscendingOrderAndMpReachBeforeAllOfThem() {
        List<Prefix> one = mixed(IpFamily.IPV4).subList(0, 1);
        WireContext internal = new WireContext(false, false);
        assertThat(announcement(Family.IPV4_UNICAST, V4_HOP, internal)
                        .update(one)
                        .attributes())
                .extracting(Attribute::type)
                .containsExactly(1, 2, 3, 5, 17);
        assertThat(announcement(Family.IPV4_UNICAST, V6_HOP, internal)
                        .update(one)
                        .attributes())
                .extracting(Attribute::type)
                .containsExactly(14, 1, 2, 5, 17);
    }

    private static Announcement announcement(Family family, Ip hop, WireContext context) {
        List<Attribute> attributes = new ArrayList<>();
        if (!context.external()) {
            attributes.add(new LocalPref(100));
        }
        if (!context.fourOctetAs()) {
            attributes.add(new As4Path(AsPath.of(4_200_000_000L).segments()));
        }
        attributes.add(AsPath.of(64_513));
        attributes.add(Origin.IGP);
        return new Announcement(family, hop, Optional.empty(), attributes);
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
}
