package dev.clarion.arpndp.wire;

import dev.clarion.net.Ip;
import java.util.Optional;

/**
 * The fixed IPv6 header (RFC 8200 section 3) as NDP needs it: ICMPv6 directly behind it, hop limit 255, and the
 * checksum over the pseudo-header (RFC 8200 section 8.1, RFC 4443 section 2.3).
 *
 * @param source from whom
 * @param destination to whom
 * @param payloadLength length of the ICMPv6 message in bytes; all of it is there
 */
record Ipv6Header(Ip source, Ip destination, int payloadLength) {

    static final int LENGTH = 40;

    /** Where the ICMPv6 message begins in the frame. */
    static final int END = EthernetHeader.LENGTH + LENGTH;

    private static final int ICMPV6 = 58;
    private static final int HOP_LIMIT = 255;
    private static final int CHECKSUM_AT = 2;
    private static final int ICMP_MINIMUM = 4;

    /** Where the ICMPv6 message ends in the frame. */
    int end() {
        return END + payloadLength;
    }

    static Optional<Defect> check(byte[] bytes) {
        int at = EthernetHeader.LENGTH;
        if (bytes.length < END) {
            return Optional.of(Defect.TRUNCATED);
        }
        if (Bytes.u8(bytes, at) >> 4 != 6) {
            return Optional.of(Defect.IP_VERSION);
        }
        int payload = Bytes.u16(bytes, at + 4);
        if (payload < ICMP_MINIMUM || payload > bytes.length - END) {
            return Optional.of(Defect.TRUNCATED);
        }
        if (Bytes.u8(bytes, at + 6) != ICMPV6) {
            return Optional.of(Defect.NOT_ICMPV6);
        }
        if (Bytes.u8(bytes, at + 7) != HOP_LIMIT) {
            return Optional.of(Defect.HOP_LIMIT);
        }
        if (Bytes.u8(bytes, at + 8) == 0xff) {
            return Optional.of(Defect.SOURCE_ADDRESS);
        }
        return Optional.empty();
    }

    static Ipv6Header read(byte[] bytes) {
        int at = EthernetHeader.LENGTH;
        return new Ipv6Header(Bytes.ipv6(bytes, at + 8), Bytes.ipv6(bytes, at + 24), Bytes.u16(bytes, at + 4));
    }

    /** Whether the checksum of the ICMPv6 message fits: with it included, the sum is all ones. */
    boolean checksumFits(byte[] bytes) {
        return sum(bytes, payloadLength) == 0xffff;
    }

    /** The whole frame around an ICMPv6 message whose checksum field is zero. */
    static byte[] frame(EthernetHeader ethernet, Ip source, Ip destination, byte[] icmp) {
        byte[] bytes = new byte[END + icmp.length];
        ethernet.write(bytes);
        int at = EthernetHeader.LENGTH;
        bytes[at] = 6 << 4;
        Bytes.u16(bytes, at + 4, icmp.length);
        bytes[at + 6] = ICMPV6;
        bytes[at + 7] = (byte) HOP_LIMIT;
        Bytes.put(bytes, at + 8, source.toBytes());
        Bytes.put(bytes, at + 24, destination.toBytes());
        Bytes.put(bytes, END, icmp);
        Bytes.u16(bytes, END + CHECKSUM_AT, ~sum(bytes, icmp.length));
        return bytes;
    }

    /** The one's complement sum (RFC 1071) of pseudo-header and message. */
    private static int sum(byte[] bytes, int payload) {
        int sum = payload + ICMPV6;
        int addresses = EthernetHeader.LENGTH + 8;
        int end = END + payload;
        for (int at = addresses; at + 1 < end; at += 2) {
            sum += Bytes.u16(bytes, at);
        }
        if (payload % 2 == 1) {
            sum += Bytes.u8(bytes, end - 1) << 8;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum;
    }
}
