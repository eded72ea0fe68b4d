package dev.clarion.net;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Runs a property with many seeds, and tells the one that it fails with. */
final class Seeded {
    private Seeded() {}

    static void check(long seed, int rounds, Consumer<SplittableRandom> property) {
        for (long round = seed; round < seed + rounds; round++) {
            try {
                property.accept(new SplittableRandom(round));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("fails with seed " + round + ": " + failure.getMessage(), failure);
            }
        }
    }

    /** An address with a liking for runs of zeros and ones, where the trouble is. */
    static Ip ip(SplittableRandom random) {
        return random.nextBoolean() ? Ip.ofV4((int) number(random)) : Ip.ofV6(number(random), number(random));
    }

    static Ip ip(SplittableRandom random, IpFamily family) {
        return switch (family) {
            case IPV4 -> Ip.ofV4((int) number(random));
            case IPV6 -> Ip.ofV6(number(random), number(random));
        };
    }

    private static long number(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1L;
            case 2 -> random.nextLong() & sparse(random);
            case 3 -> random.nextLong() << random.nextInt(64);
            case 4 -> -1L << random.nextInt(64);
            default -> random.nextLong();
        };
    }

    private static long sparse(SplittableRandom random) {
        return random.nextLong() & ~random.nextLong();
    }

    static IpRange range(SplittableRandom random) {
        IpFamily family = random.nextBoolean() ? IpFamily.IPV4 : IpFamily.IPV6;
        Ip a = ip(random, family);
        Ip b = ip(random, family);
        return a.compareTo(b) <= 0 ? new IpRange(a, b) : new IpRange(b, a);
    }
}
