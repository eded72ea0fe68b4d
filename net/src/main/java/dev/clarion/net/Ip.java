package dev.clarion.net;

import java.math.BigInteger;

/**
 * One internet address, IPv4 or IPv6, without zone. Immutable. Sorts IPv4 before IPv6, and within a family by unsigned
 * value.
 *
 * <p>An IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) is refused in text, since whoever writes it means the IPv4
 * address; from bytes, where it is what a packet carries, it stays IPv6 and never equals the IPv4 address.
 */
public final class Ip implements Comparable<Ip> {
    private static final long V4_MAX = 0xffff_ffffL;

    private final IpFamily family;
    private final long high;
    private final long low;

    private Ip(IpFamily family, long high, long low) {
        this.family = family;
        this.high = high;
        this.low = low;
    }

    /**
     * Reads an address as people and RFCs write it: four decimal numbers without leading zeros, or the forms of RFC
     * 4291 section 2.2. Refuses short forms, octal, white space, zones, brackets, prefix lengths and IPv4-mapped IPv6.
     *
     * @throws AddressSyntaxException saying where and what was probably meant
     */
    public static Ip parse(String text) {
        return new IpParser(text, 0, text.length()).parse();
    }

    /** The IPv4 address with these 32 bits, the first number of the dotted form in the topmost eight. */
    public static Ip ofV4(int bits) {
        return new Ip(IpFamily.IPV4, 0, bits & V4_MAX);
    }

    /** The IPv6 address with these 128 bits. */
    public static Ip ofV6(long high, long low) {
        return new Ip(IpFamily.IPV6, high, low);
    }

    /**
     * The address in network byte order.
     *
     * @throws IllegalArgumentException unless there are 4 or 16 bytes
     */
    public static Ip ofBytes(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> ofV4((int) number(bytes, 0, 4));
            case 16 -> ofV6(number(bytes, 0, 8), number(bytes, 8, 8));
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    static Ip of(IpFamily family, long high, long low) {
        return new Ip(family, high, low);
    }

    private static long number(byte[] bytes, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        return number;
    }

    /** The family. */
    public IpFamily family() {
        return family;
    }

    /** The upper 64 bits of an IPv6 address; 0 for IPv4. */
    public long high() {
        return high;
    }

    /** The lower 64 bits of an IPv6 address; the 32 bits of an IPv4 address, as a number from 0 to 2^32 - 1. */
    public long low() {
        return low;
    }

    /** The bits of an IPv4 address, as {@link #ofV4} takes them. Throws IllegalStateException for IPv6. */
    public int toV4Bits() {
        if (family != IpFamily.IPV4) {
            throw new IllegalStateException(this + " is not an IPv4 address");
        }
        return (int) low;
    }

    /** The 4 or 16 bytes in network order, a new array. */
    public byte[] toBytes() {
        byte[] bytes = new byte[family.bits() / 8];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) (fromEnd < 8 ? low >>> (8 * fromEnd) : high >>> (8 * (fromEnd - 8)));
        }
        return bytes;
    }

    /** The address after this one. Throws ArithmeticException past the end of the family. */
    public Ip next() {
        if (isLast()) {
            throw new ArithmeticException("no address after " + this);
        }
        return new Ip(family, low == -1L ? high + 1 : high, low + 1);
    }

    /** The address before this one. Throws ArithmeticException before the start of the family. */
    public Ip previous() {
        if (isUnspecified()) {
            throw new ArithmeticException("no address before " + this);
        }
        return new Ip(family, low == 0 ? high - 1 : high, low - 1);
    }

    /** The address this far on (back if negative). Throws ArithmeticException outside the family. */
    public Ip plus(BigInteger distance) {
        BigInteger sum = toBigInteger().add(distance);
        if (sum.signum() < 0 || sum.bitLength() > family.bits()) {
            throw new ArithmeticException(this + " plus " + distance + " is not an " + family + " address");
        }
        return new Ip(family, sum.shiftRight(64).longValue(), sum.longValue());
    }

    /** The address as a number from 0 to 2^32 - 1 or 2^128 - 1. */
    public BigInteger toBigInteger() {
        return Bits.toBig(high, low);
    }

    boolean isLast() {
        return family == IpFamily.IPV4 ? low == V4_MAX : (high & low) == -1L;
    }

    /** {@code 0.0.0.0} or {@code ::}. */
    public boolean isUnspecified() {
        return (high | low) == 0;
    }

    /** {@code 224.0.0.0/4} (RFC 5771) or {@code ff00::/8} (RFC 4291). */
    public boolean isMulticast() {
        return family == IpFamily.IPV4 ? low >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    /** {@code 127.0.0.0/8} (RFC 1122) or {@code ::1}. */
    public boolean isLoopback() {
        return family == IpFamily.IPV4 ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** {@code 169.254.0.0/16} (RFC 3927) or {@code fe80::/10} (RFC 4291). */
    public boolean isLinkLocal() {
        return family == IpFamily.IPV4 ? low >>> 16 == 0xa9fe : high >>> 54 == 0xfe80 >>> 6;
    }

    /** {@code 255.255.255.255} (RFC 919); never true of IPv6. */
    public boolean isLimitedBroadcast() {
        return family == IpFamily.IPV4 && low == V4_MAX;
    }

    @Override
    public int compareTo(Ip other) {
        int byFamily = family.compareTo(other.family);
        return byFamily != 0 ? byFamily : Bits.compare(high, low, other.high, other.low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ip that && family == that.family && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low) + family.bits();
    }

    /** The one canonical text: dotted decimal, or RFC 5952 (IPv4-mapped as its section 5 writes it). */
    @Override
    public String toString() {
        return IpFormat.format(this);
    }
}
