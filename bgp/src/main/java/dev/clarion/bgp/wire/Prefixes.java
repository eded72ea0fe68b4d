package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.List;

/** Prefixes in UPDATEs: length in bits, then as many octets as hold them (RFC 4271 section 4.3). */
final class Prefixes {
    private Prefixes() {}

    /** Octets that a prefix takes. */
    static int encodedLength(Prefix prefix) {
        return 1 + octets(prefix.length());
    }

    /** Octets that all of them take. */
    static int encodedLength(List<Prefix> prefixes) {
        int sum = 0;
        for (int i = 0; i < prefixes.size(); i++) {
            sum += encodedLength(prefixes.get(i));
        }
        return sum;
    }

    static void write(Writer out, List<Prefix> prefixes) {
        // By index: an iterator is one object more, and this is where the octets of ten thousand routes are made.
        for (int i = 0; i < prefixes.size(); i++) {
            out.prefix(prefixes.get(i));
        }
    }

    /** A list that nobody changes any more, with these prefixes. */
    static List<Prefix> copyOf(List<Prefix> prefixes) {
        return prefixes instanceof PackedPrefixes ? prefixes : List.copyOf(prefixes);
    }

    /** The prefix with these bits at the upper end of two words. Bits beyond its length have no meaning and are dropped. */
    static Prefix prefix(IpFamily family, int length, long high, long low) {
        long keptHigh = high & leading(Math.min(length, Long.SIZE));
        long keptLow = low & leading(Math.max(length - Long.SIZE, 0));
        return new Prefix(
                switch (family) {
                    case IPV4 -> Ip.ofV4((int) (keptHigh >>> Integer.SIZE));
                    case IPV6 -> Ip.ofV6(keptHigh, keptLow);
                },
                length);
    }

    /** A word of which the first so many bits are set. */
    private static long leading(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }

    /** Octets that hold so many bits. */
    static int octets(int bits) {
        return (bits + 7) / 8;
    }
}
