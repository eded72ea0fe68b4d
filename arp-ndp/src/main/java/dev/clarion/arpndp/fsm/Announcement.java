package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.ArpPacket.Operation;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Mac;
import java.util.List;
import java.util.Optional;

/** One announcement of one address, for which the link-layer address is filled in when it is sent. */
public sealed interface Announcement {

    /** The address announced. */
    Ip address();

    /** The frame that announces the address with this link-layer address. */
    Frame frame(Mac egress);

    /** Which of two that are due goes first: the lower one. */
    int order();

    /** The forms that everybody hears. */
    enum Form {
        /** Gratuitous ARP as a request (RFC 5227 section 2.3), THA all zero. */
        ARP_REQUEST,
        /** Unsolicited neighbour advertisement to all nodes, O=1 (RFC 4861 section 7.2.6). */
        ADVERTISEMENT,
        /** Gratuitous ARP as a reply with THA = SHA (RFC 5944 section 4.6); Linux ignores other forms in its locktime. */
        ARP_REPLY;

        /** The forms for addresses of that family. */
        static List<Form> of(IpFamily family) {
            return switch (family) {
                case IPV4 -> List.of(ARP_REQUEST, ARP_REPLY);
                case IPV6 -> List.of(ADVERTISEMENT);
            };
        }
    }

    /**
     * Told to everybody on the segment.
     *
     * @param address see {@link Announcement#address()}
     * @param form as what
     */
    record Gratuitous(Ip address, Form form) implements Announcement {

        @Override
        public Frame frame(Mac egress) {
            return switch (form) {
                case ARP_REQUEST -> arp(Operation.REQUEST, egress, Mac.of(0));
                case ARP_REPLY -> arp(Operation.REPLY, egress, egress);
                case ADVERTISEMENT -> Advertisements.toAllNodes(address, egress, egress);
            };
        }

        private Frame arp(Operation operation, Mac egress, Mac target) {
            return new Frame.Arp(
                    new EthernetHeader(Mac.BROADCAST, egress, EthernetHeader.ARP),
                    new ArpPacket(operation, egress, address, target, address));
        }

        @Override
        public int order() {
            return switch (form) {
                case ARP_REQUEST -> 0;
                case ADVERTISEMENT -> 1;
                case ARP_REPLY -> 4;
            };
        }
    }

    /**
     * One neighbour is asked for its own address, in the name of the address announced. The neighbour takes over the
     * sender's link-layer address, also where it would ignore a gratuitous frame, and its answer says that it did.
     *
     * @param address see {@link Announcement#address()}
     * @param to the neighbour, of the same family
     */
    record Directed(Ip address, Neighbour to) implements Announcement {

        @Override
        public Frame frame(Mac egress) {
            return Questions.frame(to.ip(), Optional.of(address), egress, to.mac());
        }

        @Override
        public int order() {
            return switch (to.role()) {
                case GATEWAY -> 2;
                case ASKER -> 3;
            };
        }
    }
}
