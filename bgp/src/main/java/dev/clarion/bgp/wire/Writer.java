package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.Arrays;

/** Collects bytes in network order. */
final class Writer {
    private static final int USUAL = 64;

    private byte[] bytes;
    private int length;

    Writer() {
        this(USUAL);
    }

    /** With room for so many bytes before more has to be made. */
    Writer(int capacity) {
        bytes = new byte[capacity];
    }

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

    /** The 4 or 16 bytes of an address. */
    Writer ip(Ip ip) {
        return switch (ip.family()) {
            case IPV4 -> u32(ip.low());
            case IPV6 -> u64(ip.high()).u64(ip.low());
        };
    }

    /** The length of a prefix in bits, and as many of its bytes as hold them (RFC 4271 section 4.3). */
    Writer prefix(Prefix prefix) {
        int octets = Prefixes.octets(prefix.length());
        room(1 + octets);
        bytes[length++] = (byte) prefix.length();
        Ip network = prefix.network();
        boolean four = network.family() == IpFamily.IPV4;
        long word = four ? network.low() << 32 : network.high();
        for (int i = 0; i < octets; i++) {
            if (i == 8) {
                word = network.low();
            }
            bytes[length++] = (byte) (word >>> 56);
            word <<= 8;
        }
        return this;
    }

    Writer bytes(Bytes more) {
        room(more.length());
        more.copyInto(bytes, length);
        length += more.length();
        return this;
    }

    Writer bytes(Writer more) {
        room(more.length);
        System.arraycopy(more.bytes, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** Overwrites a byte written before. */
    Writer putU8(int at, int number) {
        bytes[at] = (byte) number;
        return this;
    }

    /** Overwrites two bytes written before, for lengths known only afterwards. */
    Writer putU16(int at, int number) {
        return putU8(at, number >>> 8).putU8(at + 1, number);
    }

    /** Moves everything from here on by one byte, to make room for one forgotten. */
    Writer insertU8(int at, int number) {
        room(1);
        System.arraycopy(bytes, at, bytes, at + 1, length - at);
        length++;
        return putU8(at, number);
    }

    int length() {
        return length;
    }

    /** What was written. The writer is not to be used any more. */
    byte[] toArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    Bytes toBytes() {
        return Bytes.of(Arrays.copyOf(bytes, length));
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
