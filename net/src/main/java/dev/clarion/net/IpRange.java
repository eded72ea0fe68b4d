package dev.clarion.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of one family from {@code first} to {@code last}, both included. Sorts by first, then last.
 *
 * @param first the lowest address
 * @param last the highest address, of the same family and not below {@code first}
 */
public record IpRange(Ip first, Ip last) implements Comparable<IpRange> {

    /** Throws AddressSyntaxException if the families differ or the ends are swapped. */
    public IpRange {
        if (first.family() != last.family() || first.compareTo(last) > 0) {
            RangeParser.check(first + "-" + last, first, last);
        }
    }

    /**
     * Reads {@code first-last}, a prefix {@code address/length}, or one address.
     *
     * @throws AddressSyntaxException saying where and what was probably meant
     */
    public static IpRange parse(String text) {
        return RangeParser.parse(text);
    }

    /** The range of one address. */
    public static IpRange of(Ip ip) {
        return new IpRange(ip, ip);
    }

    /** The family. */
    public IpFamily family() {
        return first.family();
    }

    /** Whether the address lies in the range; false for the other family. */
    public boolean contains(Ip ip) {
        return first.compareTo(ip) <= 0 && ip.compareTo(last) <= 0;
    }

    /** Whether some address lies in both ranges. */
    public boolean overlaps(IpRange other) {
        return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    /** How many addresses: 1 to 2^128. */
    public BigInteger size() {
        return last.toBigInteger().subtract(first.toBigInteger()).add(BigInteger.ONE);
    }

    /** The fewest prefixes that hold exactly these addresses, in order; at most 254. */
    public List<Prefix> prefixes() {
        List<Prefix> prefixes = new ArrayList<>();
        Ip next = first;
        while (true) {
            Prefix largest = largestFrom(next);
            prefixes.add(largest);
            if (largest.last().equals(last)) {
                return List.copyOf(prefixes);
            }
            next = largest.last().next();
        }
    }

    /** The largest prefix that begins at {@code start} and does not reach beyond the range. */
    private Prefix largestFrom(Ip start) {
        int bits = start.family().bits();
        int hostBits = Math.min(bits, Bits.trailingZeros(start.high(), start.low()));
        Prefix prefix = new Prefix(start, bits - hostBits);
        while (prefix.last().compareTo(last) > 0) {
            hostBits--;
            prefix = new Prefix(start, bits - hostBits);
        }
        return prefix;
    }

    @Override
    public int compareTo(IpRange other) {
        int byFirst = first.compareTo(other.first);
        return byFirst != 0 ? byFirst : last.compareTo(other.last);
    }

    /** The shortest text that {@link #parse} reads back: one address, a prefix, or {@code first-last}. */
    @Override
    public String toString() {
        if (first.equals(last)) {
            return first.toString();
        }
        Prefix prefix = largestFrom(first);
        return prefix.last().equals(last) ? prefix.toString() : first + "-" + last;
    }
}
