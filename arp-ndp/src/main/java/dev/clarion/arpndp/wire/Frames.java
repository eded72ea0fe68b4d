package dev.clarion.arpndp.wire;

import dev.clarion.arpndp.wire.Decoded.Malformed;
import java.util.Optional;

/** The decoder of whole frames. Never throws, whatever the bytes are. */
public final class Frames {

    private Frames() {}

    /**
     * Decodes an Ethernet frame. Bytes after the message (padding of short frames) are ignored.
     *
     * @param bytes the frame from its destination address on; not changed
     * @return the message, or the first defect
     */
    public static Decoded decode(byte[] bytes) {
        if (bytes.length < EthernetHeader.LENGTH) {
            return new Malformed(Defect.TRUNCATED);
        }
        EthernetHeader ethernet = EthernetHeader.read(bytes);
        if (ethernet.etherType() == EthernetHeader.ARP) {
            return arp(ethernet, bytes);
        }
        return ethernet.etherType() == EthernetHeader.IPV6 ? ipv6(ethernet, bytes) : new Malformed(Defect.ETHER_TYPE);
    }

    private static Decoded arp(EthernetHeader ethernet, byte[] bytes) {
        Optional<Defect> defect = ArpPacket.check(bytes, EthernetHeader.LENGTH);
        return defect.isPresent()
                ? new Malformed(defect.get())
                : new Frame.Arp(ethernet, ArpPacket.read(bytes, EthernetHeader.LENGTH));
    }

    private static Decoded ipv6(EthernetHeader ethernet, byte[] bytes) {
        Optional<Defect> defect = Ipv6Header.check(bytes);
        if (defect.isPresent()) {
            return new Malformed(defect.get());
        }
        Ipv6Header ip = Ipv6Header.read(bytes);
        int type = Bytes.u8(bytes, Ipv6Header.END);
        if (type == NeighborSolicitation.TYPE) {
            defect = NeighborSolicitation.check(bytes, ip);
            return defect.isPresent()
                    ? new Malformed(defect.get())
                    : new Frame.Solicitation(ethernet, NeighborSolicitation.read(bytes, ip));
        }
        if (type == NeighborAdvertisement.TYPE) {
            defect = NeighborAdvertisement.check(bytes, ip);
            return defect.isPresent()
                    ? new Malformed(defect.get())
                    : new Frame.Advertisement(ethernet, NeighborAdvertisement.read(bytes, ip));
        }
        return new Malformed(Defect.ICMP_TYPE);
    }
}
