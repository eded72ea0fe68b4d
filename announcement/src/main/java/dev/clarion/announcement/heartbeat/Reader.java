package dev.clarion.announcement.heartbeat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads numbers of network byte order from a part of an array, never beyond it. */
final class Reader {
    private final byte[] bytes;
    private int position;
    private final int end;

    Reader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.position = from;
        this.end = end;
    }

    int position() {
        return position;
    }

    /** Whether anything is left: fields that an older version does not send stand at the end. */
    boolean more() {
        return position < end;
    }

    int u8() throws Malformed {
        need(1);
        return bytes[position++] & 0xff;
    }

    int u16() throws Malformed {
        return u8() << 8 | u8();
    }

    long u32() throws Malformed {
        return (long) u16() << 16 | u16();
    }

    long u64() throws Malformed {
        return u32() << 32 | u32();
    }

    byte[] take(int count) throws Malformed {
        need(count);
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    /** One byte of length, then that many of text. */
    String text() throws Malformed {
        int length = u8();
        need(length);
        position += length;
        return new String(bytes, position - length, length, StandardCharsets.UTF_8);
    }

    <E extends Enum<E>> E constant(E[] constants) throws Malformed {
        int ordinal = u8();
        if (ordinal >= constants.length) {
            throw new Malformed();
        }
        return constants[ordinal];
    }

    /** The next bytes as a reader of their own: whatever it leaves unread is skipped. */
    Reader slice(int count) throws Malformed {
        need(count);
        position += count;
        return new Reader(bytes, position - count, position);
    }

    private void need(int count) throws Malformed {
        if (count > end - position) {
            throw new Malformed();
        }
    }
}
