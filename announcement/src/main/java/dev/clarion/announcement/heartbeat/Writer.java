package dev.clarion.announcement.heartbeat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects bytes in network order. */
final class Writer {
    private byte[] bytes = new byte[64];
    private int length;

    Writer u8(int number) {
        room(1);
        bytes[length++] = (byte) number;
        return this;
    }

    Writer u16(int number) {
        return u8(number >>> 8).u8(number);
    }

    Writer u32(long number) {
        return u16((int) (number >>> 16)).u16((int) number);
    }

    Writer u64(long number) {
        return u32(number >>> 32).u32(number);
    }

    Writer bytes(byte[] more) {
        return bytes(more, more.length);
    }

    Writer bytes(Writer more) {
        return bytes(more.bytes, more.length);
    }

    /** One byte: the place of the constant in its enum. The order of an enum that is sent is part of the protocol. */
    @SuppressWarnings("EnumOrdinal")
    Writer constant(Enum<?> constant) {
        return u8(constant.ordinal());
    }

    /** One byte of length, then the text, cut if it is longer than that can say. */
    Writer text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int count = Math.min(encoded.length, 255);
        return u8(count).bytes(encoded, count);
    }

    private Writer bytes(byte[] more, int count) {
        room(count);
        System.arraycopy(more, 0, bytes, length, count);
        length += count;
        return this;
    }

    int length() {
        return length;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
