package dev.clarion.arpndp.wire;

import dev.clarion.net.Mac;

/**
 * The header of an Ethernet II frame (IEEE 802.3 clause 3.2.6, RFC 894).
 *
 * @param destination to whom
 * @param source from whom
 * @param etherType what follows, 0 to 65535
 */
public record EthernetHeader(Mac destination, Mac source, int etherType) {

    /** EtherType of ARP. */
    public static final int ARP = 0x0806;

    /** EtherType of IPv6. */
    public static final int IPV6 = 0x86dd;

    static final int LENGTH = 14;

    static EthernetHeader read(byte[] bytes) {
        return new EthernetHeader(Bytes.mac(bytes, 0), Bytes.mac(bytes, 6), Bytes.u16(bytes, 12));
    }

    void write(byte[] bytes) {
        Bytes.put(bytes, 0, destination.toBytes());
        Bytes.put(bytes, 6, source.toBytes());
        Bytes.u16(bytes, 12, etherType);
    }
}
