package dev.clarion.arpndp.wire;

import java.util.Optional;

/**
 * The nonce option (RFC 3971 section 5.3.2) as enhanced duplicate address detection uses it (RFC 7527 section 4.1): who
 * hears a probe with a nonce of its own hears itself, and no duplicate.
 *
 * @param bits six bytes, as a number below 2^48
 */
public record Nonce(long bits) {

    static final int TYPE = 14;

    private static final int LENGTH = 6;
    private static final long LIMIT = 1L << 48;

    /** Checks the range; throws IllegalArgumentException if there are more than 48 bits. */
    public Nonce {
        if (bits < 0 || bits >= LIMIT) {
            throw new IllegalArgumentException("a nonce has 48 bits, not " + Long.toHexString(bits));
        }
    }

    /** The first nonce of six bytes, which is what hosts send and what is sent here; other lengths are skipped. */
    static Optional<Nonce> read(byte[] bytes, int from, int to) {
        return NdOptions.find(bytes, from, to, TYPE).map(at -> new Nonce(number(bytes, at)));
    }

    private static long number(byte[] bytes, int at) {
        long number = 0;
        for (int i = 0; i < LENGTH; i++) {
            number = (number << 8) | Bytes.u8(bytes, at + i);
        }
        return number;
    }

    byte[] value() {
        byte[] value = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            value[i] = (byte) (bits >>> (8 * (LENGTH - 1 - i)));
        }
        return value;
    }
}
