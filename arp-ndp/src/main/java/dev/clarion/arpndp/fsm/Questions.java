package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborSolicitation;
import dev.clarion.arpndp.wire.Nonce;
import dev.clarion.arpndp.wire.SolicitedNode;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;

/** The frames that ask who has an address. */
final class Questions {

    private static final Ip NO_IPV4 = Ip.ofV4(0);
    private static final Ip NO_IPV6 = Ip.ofV6(0, 0);

    private Questions() {}

    /**
     * Who has this address?
     *
     * @param target the address asked for
     * @param source as whom; empty for a question that leaves no trace in the entries of IPv4 hosts
     * @param egress the link-layer address that asks
     * @param targetMac to whom the question goes; empty for everybody who could have the address
     */
    static Frame frame(Ip target, Optional<Ip> source, Mac egress, Optional<Mac> targetMac) {
        return switch (target.family()) {
            case IPV4 -> arp(target, source.orElse(NO_IPV4), egress, targetMac.orElse(Mac.BROADCAST));
            case IPV6 -> {
                Ip group = SolicitedNode.groupOf(target);
                yield solicitation(
                        targetMac.orElse(SolicitedNode.macOf(group)),
                        egress,
                        new NeighborSolicitation(
                                source.orElse(NO_IPV6),
                                targetMac.isPresent() ? target : group,
                                target,
                                source.map(from -> egress)));
            }
        };
    }

    /** Does anybody have this address? (RFC 5227 section 2.1.1; RFC 4862 section 5.4.2 with RFC 7527) */
    static Frame probe(Ip target, Mac egress, Nonce nonce) {
        return switch (target.family()) {
            case IPV4 -> arp(target, NO_IPV4, egress, Mac.BROADCAST);
            case IPV6 -> {
                Ip group = SolicitedNode.groupOf(target);
                yield solicitation(
                        SolicitedNode.macOf(group),
                        egress,
                        new NeighborSolicitation(NO_IPV6, group, target, Optional.empty(), Optional.of(nonce)));
            }
        };
    }

    private static Frame arp(Ip target, Ip source, Mac egress, Mac to) {
        return new Frame.Arp(
                new EthernetHeader(to, egress, EthernetHeader.ARP),
                new ArpPacket(ArpPacket.Operation.REQUEST, egress, source, Mac.of(0), target));
    }

    private static Frame solicitation(Mac to, Mac egress, NeighborSolicitation message) {
        return new Frame.Solicitation(new EthernetHeader(to, egress, EthernetHeader.IPV6), message);
    }
}
