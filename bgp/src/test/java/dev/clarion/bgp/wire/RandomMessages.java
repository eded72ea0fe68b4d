package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Messages as no speaker would send them, but could. */
final class RandomMessages {
    /** Everything that two speakers can agree on. */
    static final List<WireContext> CONTEXTS = Stream.of(true, false)
            .flatMap(four -> Stream.of(true, false)
                    .flatMap(external -> Stream.of(true, false)
                            .flatMap(extended -> Stream.of(true, false)
                                    .map(refresh -> new WireContext(four, external, extended, refresh)))))
            .toList();

    private static final long MAX_U32 = 0xffff_ffffL;

    private final SplittableRandom random;
    private final WireContext context;

    RandomMessages(SplittableRandom random, WireContext context) {
        this.random = random;
        this.context = context;
    }

    Message next() {
        return switch (random.nextInt(6)) {
            case 0 -> open();
            case 1 -> new Notification(u8(), u8(), bytes(random.nextInt(300)));
            case 2 -> new RouteRefresh(family(), u8());
            case 3 -> new Keepalive();
            default -> update();
        };
    }

    private Open open() {
        List<Capability> capabilities = list(random.nextInt(12), this::capability);
        return new Open(u16(), u16(), v4(), capabilities);
    }

    private Capability capability() {
        return switch (random.nextInt(10)) {
            case 0 -> new Capability.MultiProtocol(family());
            case 1 -> new Capability.CanRouteRefresh();
            case 2 -> new Capability.ExtendedMessage();
            case 3 -> new Capability.EnhancedRefresh();
            case 4 -> new Capability.FourOctetAs(u32());
            case 5 -> new ExtendedNextHop(list(random.nextInt(20), () -> new ExtendedNextHop.Pair(family(), u16())));
            case 6 ->
                new GracefulRestart(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextInt(GracefulRestart.MAX_SECONDS + 1),
                        list(random.nextInt(20), () -> new GracefulRestart.Kept(family(), random.nextBoolean())));
            case 7 ->
                new LongLivedRestart(list(
                        random.nextInt(20),
                        () -> new LongLivedRestart.Kept(
                                family(), random.nextBoolean(), random.nextInt(LongLivedRestart.MAX_SECONDS + 1))));
            case 8 -> new Capability.OfRole(u8());
            default -> new Capability.Other(random.nextInt(72, 256), bytes(random.nextInt(60)));
        };
    }

    private Update update() {
        // Few enough of everything for a message of ordinary length.
        List<Prefix> withdrawn = prefixes(IpFamily.IPV4, random.nextInt(60));
        if (random.nextInt(5) == 0) {
            return new Update(
                    withdrawn, List.of(new MpUnreach(Family.IPV6_UNICAST, prefixes(IpFamily.IPV6, 40))), List.of());
        }
        List<Prefix> announced = prefixes(IpFamily.IPV4, random.nextInt(60));
        List<Attribute> attributes = new ArrayList<>();
        if (random.nextBoolean()) {
            attributes.add(reach());
        }
        attributes.add(List.of(Origin.values()).get(random.nextInt(3)));
        attributes.add(new AsPath(segments(context.fourOctetAs())));
        attributes.add(new NextHop(v4()));
        maybe(attributes, () -> new MultiExitDisc(u32()));
        if (!context.external()) {
            attributes.add(new LocalPref(u32()));
            maybe(attributes, () -> new OriginatorId(v4()));
            maybe(attributes, () -> new ClusterList(list(random.nextInt(1, 5), this::v4)));
        }
        maybe(attributes, AtomicAggregate::new);
        maybe(attributes, () -> new Aggregator(as(context.fourOctetAs()), v4()));
        maybe(attributes, () -> new Communities(list(random.nextInt(1, 90), this::u32)));
        maybe(attributes, () -> new ExtendedCommunities(list(random.nextInt(1, 40), random::nextLong)));
        maybe(
                attributes,
                () -> new LargeCommunities(
                        list(random.nextInt(1, 30), () -> new LargeCommunities.Value(u32(), u32(), u32()))));
        maybe(attributes, () -> new OnlyToCustomer(u32()));
        if (!context.fourOctetAs()) {
            maybe(attributes, () -> new As4Path(segments(true)));
            maybe(attributes, () -> new As4Aggregator(as(true), v4()));
        }
        maybe(
                attributes,
                () -> new OpaqueAttribute(random.nextBoolean() ? 0xc0 : 0xe0, 99, bytes(random.nextInt(300))));
        return new Update(withdrawn, attributes, announced);
    }

    private MpReach reach() {
        IpFamily family = random.nextBoolean() ? IpFamily.IPV4 : IpFamily.IPV6;
        boolean four = family == IpFamily.IPV4 && random.nextBoolean();
        Optional<Ip> linkLocal = four || random.nextBoolean() ? Optional.empty() : Optional.of(v6());
        return new MpReach(
                Family.unicast(family), four ? v4() : v6(), linkLocal, prefixes(family, random.nextInt(1, 40)));
    }

    private List<AsPath.Segment> segments(boolean four) {
        return list(
                random.nextInt(3),
                () -> new AsPath.Segment(random.nextBoolean(), list(random.nextInt(1, 40), () -> as(four))));
    }

    private void maybe(List<Attribute> attributes, Supplier<Attribute> attribute) {
        if (random.nextBoolean()) {
            attributes.add(attribute.get());
        }
    }

    private List<Prefix> prefixes(IpFamily family, int count) {
        return list(
                count,
                () -> Prefix.containing(family == IpFamily.IPV4 ? v4() : v6(), random.nextInt(family.bits() + 1)));
    }

    private Family family() {
        return switch (random.nextInt(3)) {
            case 0 -> Family.IPV4_UNICAST;
            case 1 -> Family.IPV6_UNICAST;
            default -> new Family(u16(), u8());
        };
    }

    private <T> List<T> list(int count, Supplier<T> element) {
        return Stream.generate(element).limit(count).toList();
    }

    private long as(boolean four) {
        return four ? random.nextLong(1, MAX_U32 + 1) : random.nextLong(1, 65_536);
    }

    private Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private Ip v4() {
        return Ip.ofV4(random.nextInt());
    }

    private Ip v6() {
        return Ip.ofV6(random.nextLong(), random.nextLong());
    }

    private int u8() {
        return random.nextInt(256);
    }

    private int u16() {
        return random.nextInt(65_536);
    }

    private long u32() {
        return random.nextLong(MAX_U32 + 1);
    }
}
