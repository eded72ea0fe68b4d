package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.ArpPacket.Operation;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Mac;
import java.util.List;

/**
 * One announcement of one address, for which the link-layer address is filled in when it is sent.
 *
 * @param address the address announced
 * @param form as what
 */
public record Announcement(Ip address, Form form) {

    /** The forms of announcements, the one that most hosts learn from first. */
    public enum Form {
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

    /** The frame that announces the address with this link-layer address. */
    public Frame frame(Mac egress) {
        return switch (form) {
            case ARP_REQUEST -> arp(Operation.REQUEST, egress, Mac.of(0));
            case ARP_REPLY -> arp(Operation.REPLY, egress, egress);
            case ADVERTISEMENT -> Advertisements.toAllNodes(address, egress);
        };
    }

    private Frame arp(Operation operation, Mac egress, Mac target) {
        return new Frame.Arp(
                new EthernetHeader(Mac.BROADCAST, egress, EthernetHeader.ARP),
                new ArpPacket(operation, egress, address, target, address));
    }
}
