package dev.clarion.bgp.wire;

import java.util.Arrays;

/** Reads numbers of network byte order from a part of an array, never beyond it. */
final class Reader {
    private final byte[] bytes;
    private int position;
    private final int end;
    private final BgpError onUnderrun;

    private Reader(byte[] bytes, int from, int end, BgpError onUnderrun) {
        this.bytes = bytes;
        this.position = from;
        this.end = end;
        this.onUnderrun = onUnderrun;
    }

    /** Reads the array from an index on; reading past the end is this error. */
    static Reader of(byte[] bytes, int from, BgpError onUnderrun) {
        return new Reader(bytes, Math.min(from, bytes.length), bytes.length, onUnderrun);
    }

    static Reader of(Bytes bytes, BgpError onUnderrun) {
        return of(bytes.toArray(), 0, onUnderrun);
    }

    int remaining() {
        return end - position;
    }

    boolean hasMore() {
        return position < end;
    }

    int u8() throws DecodeException {
        need(1);
        return bytes[position++] & 0xff;
    }

    /** The next byte, left where it is. */
    int peek() throws DecodeException {
        need(1);
        return bytes[position] & 0xff;
    }

    int u16() throws DecodeException {
        return u8() << 8 | u8();
    }

    long u32() throws DecodeException {
        return (long) u16() << 16 | u16();
    }

    byte[] take(int count) throws DecodeException {
        need(count);
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    byte[] takeRest() {
        byte[] rest = Arrays.copyOfRange(bytes, position, end);
        position = end;
        return rest;
    }

    /** The next bytes as a reader of their own, without copying. */
    Reader slice(int count) throws DecodeException {
        return slice(count, onUnderrun);
    }

    Reader slice(int count, BgpError onUnderrunInside) throws DecodeException {
        need(count);
        position += count;
        return new Reader(bytes, position - count, position, onUnderrunInside);
    }

    private void need(int count) throws DecodeException {
        if (count > remaining()) {
            throw new DecodeException(onUnderrun);
        }
    }
}
