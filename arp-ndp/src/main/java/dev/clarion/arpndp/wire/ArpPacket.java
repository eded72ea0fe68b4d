package dev.clarion.arpndp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;

/**
 * ARP for IPv4 over Ethernet (RFC 826).
 *
 * @param operation request or reply
 * @param senderMac sender hardware address (SHA)
 * @param senderIp sender protocol address (SPA), IPv4; 0.0.0.0 in a probe (RFC 5227 section 2.1.1)
 * @param targetMac target hardware address (THA); without meaning in a request
 * @param targetIp target protocol address (TPA), IPv4
 */
public record ArpPacket(Operation operation, Mac senderMac, Ip senderIp, Mac targetMac, Ip targetIp) {

    /** The two operations; others (RARP, InARP) are not decoded. */
    public enum Operation {
        /** Who has the target address? */
        REQUEST(1),
        /** The sender has its address. */
        REPLY(2);

        private final int code;

        Operation(int code) {
            this.code = code;
        }
    }

    static final int LENGTH = 28;

    private static final int HARDWARE_ETHERNET = 1;
    private static final int PROTOCOL_IPV4 = 0x0800;

    static Optional<Defect> check(byte[] bytes, int at) {
        if (bytes.length - at < LENGTH) {
            return Optional.of(Defect.TRUNCATED);
        }
        if (Bytes.u16(bytes, at) != HARDWARE_ETHERNET
                || Bytes.u16(bytes, at + 2) != PROTOCOL_IPV4
                || Bytes.u8(bytes, at + 4) != Bytes.MAC_LENGTH
                || Bytes.u8(bytes, at + 5) != Bytes.IPV4_LENGTH) {
            return Optional.of(Defect.ARP_ADDRESS_KIND);
        }
        int operation = Bytes.u16(bytes, at + 6);
        return operation == Operation.REQUEST.code || operation == Operation.REPLY.code
                ? Optional.empty()
                : Optional.of(Defect.ARP_OPERATION);
    }

    static ArpPacket read(byte[] bytes, int at) {
        Operation operation = Bytes.u16(bytes, at + 6) == Operation.REQUEST.code ? Operation.REQUEST : Operation.REPLY;
        return new ArpPacket(
                operation,
                Bytes.mac(bytes, at + 8),
                Bytes.ipv4(bytes, at + 14),
                Bytes.mac(bytes, at + 18),
                Bytes.ipv4(bytes, at + 24));
    }

    void write(byte[] bytes, int at) {
        Bytes.u16(bytes, at, HARDWARE_ETHERNET);
        Bytes.u16(bytes, at + 2, PROTOCOL_IPV4);
        bytes[at + 4] = Bytes.MAC_LENGTH;
        bytes[at + 5] = Bytes.IPV4_LENGTH;
        Bytes.u16(bytes, at + 6, operation.code);
        Bytes.put(bytes, at + 8, senderMac.toBytes());
        Bytes.put(bytes, at + 14, senderIp.toBytes());
        Bytes.put(bytes, at + 18, targetMac.toBytes());
        Bytes.put(bytes, at + 24, targetIp.toBytes());
    }
}
