package dev.clarion.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AddressSetTest {
    /** Small worlds in which every address can be counted, at the edges of families and of the lower 64 bits. */
    private static final List<Ip> WORLD = new ArrayList<>();

    static {
        for (String start : List.of("0.0.0.0", "255.255.255.240", "::", "::ffff:ffff:ffff:fff8")) {
            Ip ip = Ip.parse(start);
            for (int i = 0; i < 16; i++) {
                WORLD.add(ip);
                ip = i < 15 ? ip.next() : ip;
            }
        }
    }

    @Test
    void behavesAsASetOfItsAddresses() {
        Seeded.check(7_000, 400, random -> {
            List<IpRange> mineRanges = ranges(random);
            List<IpRange> otherRanges = ranges(random);
            AddressSet mine = AddressSet.of(mineRanges);
            AddressSet other = AddressSet.of(otherRanges);
            NavigableSet<Ip> mineModel = model(mineRanges);
            NavigableSet<Ip> otherModel = model(otherRanges);
            check(mine, mineModel);
            TreeSet<Ip> union = new TreeSet<>(mineModel);
            union.addAll(otherModel);
            check(mine.union(other), union);
            TreeSet<Ip> common = new TreeSet<>(mineModel);
            common.retainAll(otherModel);
            check(mine.intersect(other), common);
            TreeSet<Ip> rest = new TreeSet<>(mineModel);
            rest.removeAll(otherModel);
            check(mine.subtract(other), rest);
            for (IpFamily family : IpFamily.values()) {
                TreeSet<Ip> ofFamily = new TreeSet<>(mineModel);
                ofFamily.removeIf(ip -> ip.family() != family);
                check(mine.only(family), ofFamily);
            }
        });
    }

    private static List<IpRange> ranges(SplittableRandom random) {
        List<IpRange> ranges = new ArrayList<>();
        int count = random.nextInt(8);
        while (ranges.size() < count) {
            int world = random.nextInt(4) * 16;
            int from = random.nextInt(16);
            int to = Math.min(15, from + random.nextInt(6));
            ranges.add(new IpRange(WORLD.get(world + from), WORLD.get(world + to)));
        }
        return ranges;
    }

    private static NavigableSet<Ip> model(List<IpRange> ranges) {
        TreeSet<Ip> model = new TreeSet<>(WORLD);
        model.removeIf(ip -> ranges.stream().noneMatch(range -> range.contains(ip)));
        return model;
    }

    private static void check(AddressSet set, NavigableSet<Ip> model) {
        assertThat(set.size()).isEqualTo(BigInteger.valueOf(model.size()));
        assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
        assertThat(set.first()).isEqualTo(model.isEmpty() ? Optional.empty() : Optional.of(model.first()));
        int index = 0;
        for (Ip ip : model) {
            assertThat(set.nth(BigInteger.valueOf(index++))).isEqualTo(ip);
        }
        for (Ip ip : WORLD) {
            if (set.contains(ip) != model.contains(ip) || !set.next(ip).equals(Optional.ofNullable(model.higher(ip)))) {
                fail("differs at or after " + ip + ": " + set + " and " + model);
            }
        }
        assertThat(set).isEqualTo(AddressSet.of(model.stream().map(IpRange::of).toList()));
        assertRangesAreSortedAndApart(set);
    }

    private static void assertRangesAreSortedAndApart(AddressSet set) {
        for (int i = 1; i < set.ranges().size(); i++) {
            IpRange before = set.ranges().get(i - 1);
            IpRange range = set.ranges().get(i);
            assertThat(before.last()).isLessThan(range.first());
            assertThat(before.family() == range.family() && before.last().next().equals(range.first()))
                    .isFalse();
        }
    }

    @Test
    void lawsHoldForRangesOfAnySize() {
        Seeded.check(8_000, 500, random -> {
            AddressSet a = large(random);
            AddressSet b = large(random);
            assertThat(a.union(b).size().add(a.intersect(b).size()))
                    .isEqualTo(a.size().add(b.size()));
            assertThat(a.subtract(b).union(a.intersect(b))).isEqualTo(a);
            assertThat(a.subtract(b).intersect(b)).isEqualTo(AddressSet.EMPTY);
            assertThat(a.union(b)).isEqualTo(b.union(a)).hasSameHashCodeAs(b.union(a));
            if (!a.isEmpty()) {
                BigInteger index = new BigInteger(130, new Random(random.nextLong())).mod(a.size());
                Ip nth = a.nth(index);
                assertThat(a.contains(nth)).isTrue();
                AddressSet below = a.subtract(AddressSet.of(new IpRange(nth, lastOf(nth.family()))));
                BigInteger v6 = nth.family() == IpFamily.IPV4
                        ? below.only(IpFamily.IPV6).size()
                        : BigInteger.ZERO;
                assertThat(below.size().subtract(v6)).isEqualTo(index);
            }
        });
    }

    private static Ip lastOf(IpFamily family) {
        return switch (family) {
            case IPV4 -> Prefix.parse("0.0.0.0/0").last();
            case IPV6 -> Prefix.parse("::/0").last();
        };
    }

    private static AddressSet large(SplittableRandom random) {
        List<IpRange> ranges = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            ranges.add(Seeded.range(random));
        }
        return AddressSet.of(ranges);
    }

    @Test
    void holdsBothWholeFamiliesWithoutJoiningThem() {
        AddressSet all = AddressSet.of(IpRange.parse("::/0"), IpRange.parse("0.0.0.0/0"));
        assertThat(all.ranges()).hasSize(2);
        assertThat(all.size()).isEqualTo(BigInteger.TWO.pow(128).add(BigInteger.TWO.pow(32)));
        assertThat(all.next(Ip.parse("255.255.255.255"))).contains(Ip.parse("::"));
        assertThat(all.next(Prefix.parse("::/0").last())).isEmpty();
        assertThat(all.nth(BigInteger.TWO.pow(32))).isEqualTo(Ip.parse("::"));
        assertThat(all.nth(all.size().subtract(BigInteger.ONE)))
                .isEqualTo(Prefix.parse("::/0").last());
    }

    @Test
    void nthRefusesAnIndexOutsideTheSet() {
        AddressSet set = AddressSet.of(IpRange.parse("10.0.0.0/30"));
        assertThatThrownBy(() -> set.nth(BigInteger.valueOf(4))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> set.nth(BigInteger.valueOf(-1))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> AddressSet.EMPTY.nth(BigInteger.ZERO)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void givenRangesAreCopied() {
        IpRange[] ranges = {IpRange.parse("10.0.0.5"), IpRange.parse("10.0.0.1")};
        AddressSet set = AddressSet.of(ranges);
        ranges[0] = IpRange.parse("10.0.0.9");
        assertThat(set).hasToString("[10.0.0.1, 10.0.0.5]");
    }
}
