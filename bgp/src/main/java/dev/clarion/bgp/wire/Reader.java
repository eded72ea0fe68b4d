package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;

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
        return number(4);
    }

    long u64() throws DecodeException {
        return number(8);
    }

    Ip ipv4() throws DecodeException {
        return Ip.ofV4((int) number(4));
    }

    Ip ipv6() throws DecodeException {
        return Ip.ofV6(number(8), number(8));
    }

    /** Goes past a prefix, which is no longer than its family's addresses. */
    void skipPrefix(IpFamily family, BgpError onBadLength) throws DecodeException {
        int length = u8();
        if (length > family.bits()) {
            throw new DecodeException(onBadLength);
        }
        int octets = Prefixes.octets(length);
        need(octets);
        position += octets;
    }

    private long number(int octets) throws DecodeException {
        need(octets);
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = number << 8 | (bytes[position++] & 0xff);
        }
        return number;
    }

    /** All that is left, as a copy. */
    Bytes rest() {
        int from = position;
        position = end;
        return Bytes.copyOf(bytes, from, end);
    }

    /** The bytes from a position that {@link #position} gave up to here, as a copy. */
    Bytes since(int from) {
        return Bytes.copyOf(bytes, from, position);
    }

    int position() {
        return position;
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

    /** The same bytes, to be read once more. */
    Reader again() {
        return new Reader(bytes, position, end, onUnderrun);
    }

    private void need(int count) throws DecodeException {
        if (count > remaining()) {
            throw new DecodeException(onUnderrun);
        }
    }
}
