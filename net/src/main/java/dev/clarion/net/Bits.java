package dev.clarion.net;

import java.math.BigInteger;

/** Arithmetic on unsigned 128-bit numbers held as two longs. An IPv4 address is the number below 2^32. */
final class Bits {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private Bits() {}

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    /** The upper long of a number whose lowest {@code count} (0 to 128) bits are ones. */
    static long onesHigh(int count) {
        return count <= 64 ? 0 : -1L >>> (128 - count);
    }

    /** The lower long of a number whose lowest {@code count} (0 to 128) bits are ones. */
    static long onesLow(int count) {
        return count == 0 ? 0 : count >= 64 ? -1L : -1L >>> (64 - count);
    }

    /** How many of the lowest bits are zeros: 128 for zero. */
    static int trailingZeros(long high, long low) {
        return low != 0 ? Long.numberOfTrailingZeros(low) : 64 + Long.numberOfTrailingZeros(high);
    }

    static BigInteger toBig(long high, long low) {
        BigInteger lowBig = unsigned(low);
        return high == 0 ? lowBig : unsigned(high).multiply(TWO_64).add(lowBig);
    }

    private static BigInteger unsigned(long value) {
        BigInteger big = BigInteger.valueOf(value);
        return value < 0 ? big.add(TWO_64) : big;
    }
}
