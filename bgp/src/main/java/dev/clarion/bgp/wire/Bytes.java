package dev.clarion.bgp.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as a value: immutable, equal by content. */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of the array. */
    public static Bytes of(byte... bytes) {
        return new Bytes(bytes.clone());
    }

    /** A copy of a part of the array. */
    static Bytes copyOf(byte[] bytes, int from, int end) {
        return from == end ? EMPTY : new Bytes(Arrays.copyOfRange(bytes, from, end));
    }

    /** The number as two bytes, the upper one first. */
    static Bytes ofU16(int number) {
        return of((byte) (number >>> 8), (byte) number);
    }

    /** How many bytes. */
    public int length() {
        return content.length;
    }

    /** A new array with the bytes. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The first so many, or all if there are fewer. */
    Bytes first(int count) {
        return count >= content.length ? this : copyOf(content, 0, Math.max(count, 0));
    }

    /** All but the first so many. */
    Bytes from(int start) {
        return copyOf(content, start, content.length);
    }

    /** One byte as an unsigned number. */
    int u8(int at) {
        return content[at] & 0xff;
    }

    void copyInto(byte[] target, int at) {
        System.arraycopy(content, 0, target, at, content.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(content);
    }
}
