package dev.clarion.arpndp.wire;

import dev.clarion.arpndp.wire.ArpPacket.Operation;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Frames as bytes and as values; the bytes written by hand from the RFCs, with checksums that another program made. */
public final class Vectors {

    /**
     * One vector.
     *
     * @param name what it is
     * @param hex the bytes
     * @param frame the value
     */
    public record Vector(String name, String hex, Frame frame) {

        /** The bytes. */
        public byte[] bytes() {
            return HexFormat.of().parseHex(hex.replace(" ", ""));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Mac A = Mac.parse("02:00:00:00:00:0a");
    private static final Mac B = Mac.parse("02:00:00:00:00:0b");
    private static final Mac NONE = Mac.of(0);
    private static final Ip IP4_A = Ip.parse("10.9.0.100");
    private static final Ip IP4_B = Ip.parse("10.9.0.200");
    private static final Ip IP6_A = Ip.parse("fd09::100");
    private static final Ip IP6_B = Ip.parse("fd09::200");

    private static final String ETHERNET_A_TO_ALL = "ffffffffffff 02000000000a 0806 ";
    private static final String ETHERNET_B_TO_A = "02000000000a 02000000000b ";

    /** All vectors. */
    public static final List<Vector> ALL = List.of(
            new Vector(
                    "ARP request",
                    ETHERNET_A_TO_ALL + "0001 0800 06 04 0001 02000000000a 0a090064 000000000000 0a0900c8",
                    arp(Mac.BROADCAST, A, Operation.REQUEST, IP4_A, NONE, IP4_B)),
            new Vector(
                    "ARP reply",
                    ETHERNET_B_TO_A + "0806 0001 0800 06 04 0002 02000000000b 0a0900c8 02000000000a 0a090064",
                    arp(A, B, Operation.REPLY, IP4_B, A, IP4_A)),
            new Vector(
                    "ARP probe",
                    ETHERNET_A_TO_ALL + "0001 0800 06 04 0001 02000000000a 00000000 000000000000 0a0900c8",
                    arp(Mac.BROADCAST, A, Operation.REQUEST, Ip.parse("0.0.0.0"), NONE, IP4_B)),
            new Vector(
                    "solicitation of an address, multicast",
                    "3333ff000200 02000000000a 86dd 60000000 0020 3a ff"
                            + " fd090000000000000000000000000100 ff0200000000000000000001ff000200"
                            + " 87 00 7881 00000000 fd090000000000000000000000000200 01 01 02000000000a",
                    solicitation("33:33:ff:00:02:00", "fd09::100", "ff02::1:ff00:200", Optional.of(A))),
            new Vector(
                    "solicitation to verify reachability, unicast and without option",
                    "02000000000b 02000000000a 86dd 60000000 0018 3a ff"
                            + " fd090000000000000000000000000100 fd090000000000000000000000000200"
                            + " 87 00 7c8f 00000000 fd090000000000000000000000000200",
                    solicitation("02:00:00:00:00:0b", "fd09::100", "fd09::200", Optional.empty())),
            new Vector(
                    "solicitation for duplicate address detection",
                    "3333ff000200 02000000000a 86dd 60000000 0018 3a ff"
                            + " 00000000000000000000000000000000 ff0200000000000000000001ff000200"
                            + " 87 00 799e 00000000 fd090000000000000000000000000200",
                    solicitation("33:33:ff:00:02:00", "::", "ff02::1:ff00:200", Optional.empty())),
            new Vector(
                    "solicitation for duplicate address detection with a nonce",
                    "3333ff000200 02000000000a 86dd 60000000 0020 3a ff"
                            + " 00000000000000000000000000000000 ff0200000000000000000001ff000200"
                            + " 87 00 6289 00000000 fd090000000000000000000000000200 0e 01 010203040506",
                    new Frame.Solicitation(
                            new EthernetHeader(Mac.parse("33:33:ff:00:02:00"), A, EthernetHeader.IPV6),
                            new NeighborSolicitation(
                                    Ip.parse("::"),
                                    Ip.parse("ff02::1:ff00:200"),
                                    IP6_B,
                                    Optional.empty(),
                                    Optional.of(new Nonce(0x0102_0304_0506L))))),
            new Vector(
                    "solicited advertisement",
                    ETHERNET_B_TO_A + "86dd 60000000 0020 3a ff"
                            + " fd090000000000000000000000000200 fd090000000000000000000000000100"
                            + " 88 00 177b 60000000 fd090000000000000000000000000200 02 01 02000000000b",
                    new Frame.Advertisement(
                            new EthernetHeader(A, B, EthernetHeader.IPV6),
                            new NeighborAdvertisement(IP6_B, IP6_A, false, true, true, IP6_B, Optional.of(B)))),
            new Vector(
                    "unsolicited advertisement to all nodes",
                    "333300000001 02000000000b 86dd 60000000 0020 3a ff"
                            + " fd090000000000000000000000000200 ff020000000000000000000000000001"
                            + " 88 00 5681 20000000 fd090000000000000000000000000200 02 01 02000000000b",
                    new Frame.Advertisement(
                            new EthernetHeader(Mac.parse("33:33:00:00:00:01"), B, EthernetHeader.IPV6),
                            new NeighborAdvertisement(
                                    IP6_B, Ip.parse("ff02::1"), false, false, true, IP6_B, Optional.of(B)))));

    private Vectors() {}

    private static Frame arp(Mac to, Mac from, Operation operation, Ip sender, Mac targetMac, Ip target) {
        return new Frame.Arp(
                new EthernetHeader(to, from, EthernetHeader.ARP),
                new ArpPacket(operation, from, sender, targetMac, target));
    }

    private static Frame solicitation(String toMac, String from, String to, Optional<Mac> option) {
        return new Frame.Solicitation(
                new EthernetHeader(Mac.parse(toMac), A, EthernetHeader.IPV6),
                new NeighborSolicitation(Ip.parse(from), Ip.parse(to), IP6_B, option));
    }
}
