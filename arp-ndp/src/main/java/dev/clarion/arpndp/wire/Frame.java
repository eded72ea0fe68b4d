package dev.clarion.arpndp.wire;

/** A whole Ethernet frame with a message of this package in it. */
public sealed interface Frame extends Decoded {

    /** The Ethernet header; its EtherType fits the message. */
    EthernetHeader ethernet();

    /** The bytes as they go on the wire, without padding and without frame check sequence. */
    byte[] encode();

    /** ARP in an Ethernet frame. */
    record Arp(EthernetHeader ethernet, ArpPacket packet) implements Frame {
        @Override
        public byte[] encode() {
            byte[] bytes = new byte[EthernetHeader.LENGTH + ArpPacket.LENGTH];
            ethernet.write(bytes);
            packet.write(bytes, EthernetHeader.LENGTH);
            return bytes;
        }
    }

    /** A neighbour solicitation in an IPv6 packet in an Ethernet frame. */
    record Solicitation(EthernetHeader ethernet, NeighborSolicitation message) implements Frame {
        @Override
        public byte[] encode() {
            return Ipv6Header.frame(ethernet, message.source(), message.destination(), message.encode());
        }
    }

    /** A neighbour advertisement in an IPv6 packet in an Ethernet frame. */
    record Advertisement(EthernetHeader ethernet, NeighborAdvertisement message) implements Frame {
        @Override
        public byte[] encode() {
            return Ipv6Header.frame(ethernet, message.source(), message.destination(), message.encode());
        }
    }
}
