package dev.clarion.net;

/** A 48-bit hardware address (IEEE 802). Immutable; sorts by unsigned value. */
public final class Mac implements Comparable<Mac> {
    /** {@code ff:ff:ff:ff:ff:ff}: every station. */
    public static final Mac BROADCAST = new Mac(0xffff_ffff_ffffL);

    private static final int BYTES = 6;

    private final long bits;

    private Mac(long bits) {
        this.bits = bits;
    }

    /**
     * Reads six bytes of two hexadecimal digits, parted by colons.
     *
     * @throws AddressSyntaxException saying where and what was probably meant
     */
    public static Mac parse(String text) {
        long bits = 0;
        for (int i = 0; i < 3 * BYTES - 1; i++) {
            int digit = i < text.length() && text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            boolean colonPlace = i % 3 == 2;
            if (i >= text.length() || (colonPlace ? text.charAt(i) != ':' : digit < 0)) {
                throw AddressSyntaxException.at(text, i, "unexpected " + Characters.show(text, i), advice(text));
            }
            bits = colonPlace ? bits : bits << 4 | digit;
        }
        if (text.length() > 3 * BYTES - 1) {
            int end = 3 * BYTES - 1;
            throw AddressSyntaxException.at(text, end, "unexpected " + Characters.show(text, end), advice(text));
        }
        return new Mac(bits);
    }

    private static String advice(String text) {
        String digits = text.replaceAll("[-:. ]", "");
        return digits.matches("[0-9a-fA-F]{12}")
                ? "did you mean " + of(Long.parseLong(digits, 16)) + "?"
                : "a hardware address is six bytes, as in 52:54:00:12:34:56";
    }

    /** The address with these lowest 48 bits; throws IllegalArgumentException if higher ones are set. */
    public static Mac of(long bits) {
        if (bits >>> (8 * BYTES) != 0) {
            throw new IllegalArgumentException("more than 48 bits: " + Long.toHexString(bits));
        }
        return new Mac(bits);
    }

    /** The address in the order of transmission; throws IllegalArgumentException unless there are 6 bytes. */
    public static Mac ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hardware address has 6 bytes, not " + bytes.length);
        }
        long bits = 0;
        for (byte b : bytes) {
            bits = bits << 8 | (b & 0xff);
        }
        return new Mac(bits);
    }

    /** The 6 bytes in the order of transmission, a new array. */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (bits >>> (8 * (BYTES - 1 - i)));
        }
        return bytes;
    }

    /** The address as a number below 2^48. */
    public long toLong() {
        return bits;
    }

    /** Whether the group bit is set; true of the broadcast address too. */
    public boolean isMulticast() {
        return (bits >>> 40 & 1) != 0;
    }

    @Override
    public int compareTo(Mac other) {
        return Long.compare(bits, other.bits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mac that && bits == that.bits;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bits);
    }

    /** Six bytes in lower case, parted by colons: {@code aa:bb:cc:dd:ee:ff}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(3 * BYTES - 1);
        for (int shift = 44; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (bits >>> shift) & 0xf, 16));
            if (shift % 8 == 0 && shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }
}
