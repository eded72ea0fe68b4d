package dev.clarion.arpndp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Arrays;

/** Reading and writing at an offset, in network byte order. The caller has checked the length. */
final class Bytes {

    static final int IPV4_LENGTH = 4;
    static final int IPV6_LENGTH = 16;
    static final int MAC_LENGTH = 6;

    private Bytes() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int u16(byte[] bytes, int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }

    static void u16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    static Mac mac(byte[] bytes, int at) {
        return Mac.ofBytes(Arrays.copyOfRange(bytes, at, at + MAC_LENGTH));
    }

    static Ip ipv4(byte[] bytes, int at) {
        return Ip.ofBytes(Arrays.copyOfRange(bytes, at, at + IPV4_LENGTH));
    }

    static Ip ipv6(byte[] bytes, int at) {
        return Ip.ofBytes(Arrays.copyOfRange(bytes, at, at + IPV6_LENGTH));
    }

    static void put(byte[] bytes, int at, byte[] value) {
        System.arraycopy(value, 0, bytes, at, value.length);
    }
}
