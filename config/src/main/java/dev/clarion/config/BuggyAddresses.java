package dev.clarion.config;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import java.util.List;

/** IPv4 addresses that end in .0 or .255, which some old equipment takes for a network's own. */
final class BuggyAddresses {
    private static final long BLOCK = 256;

    private BuggyAddresses() {}

    static boolean contain(Ip ip) {
        int last = ip.family() == IpFamily.IPV4 ? ip.toV4Bits() & 0xff : 1;
        return last == 0 || last == 255;
    }

    /** How many of them an IPv4 range has. */
    static long count(IpRange range) {
        return below(bits(range.last()) + 1) - below(bits(range.first()));
    }

    /** How many of them are below this number. */
    private static long below(long bits) {
        long rest = bits % BLOCK;
        return 2 * (bits / BLOCK) + (rest > 0 ? 1 : 0);
    }

    /** Adds what an IPv4 range has besides them. */
    static void without(IpRange range, List<IpRange> left) {
        long last = bits(range.last());
        for (long block = bits(range.first()) / BLOCK * BLOCK; block <= last; block += BLOCK) {
            long from = Math.max(block + 1, bits(range.first()));
            long to = Math.min(block + BLOCK - 2, last);
            if (from <= to) {
                left.add(new IpRange(Ip.ofV4((int) from), Ip.ofV4((int) to)));
            }
        }
    }

    private static long bits(Ip ip) {
        return Integer.toUnsignedLong(ip.toV4Bits());
    }
}
