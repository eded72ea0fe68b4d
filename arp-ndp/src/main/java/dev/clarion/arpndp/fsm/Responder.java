package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.fsm.Answer.Drop;
import dev.clarion.arpndp.fsm.Answer.Reply;
import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.Decoded;
import dev.clarion.arpndp.wire.Defect;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborSolicitation;
import dev.clarion.arpndp.wire.SolicitedNode;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;

/**
 * Decides whether a received frame is answered, and how (RFC 826, RFC 5227 section 2.4, RFC 4861 section 7.2.3 and
 * 7.2.4, RFC 4862 section 5.4.3).
 */
public final class Responder {

    private static final Mac NO_MAC = Mac.of(0);

    private Responder() {}

    /**
     * Decides about one frame.
     *
     * @param received what was decoded
     * @param holdings what is answered for on the interface
     * @param egress the link-layer address of the interface as it is now; empty if the interface is gone
     * @param moment when
     * @param limits up to when an answer is right
     */
    public static Answer answer(
            Decoded received, Holdings holdings, Optional<Mac> egress, Moment moment, Limits limits) {
        return switch (received) {
            case Decoded.Malformed(Defect defect) ->
                new Drop(defect.isOtherProtocol() ? Refusal.OTHER_PROTOCOL : Refusal.MALFORMED);
            case Frame.Advertisement advertisement -> new Drop(Refusal.NOT_REQUEST);
            case Frame.Arp arp -> {
                ArpPacket packet = arp.packet();
                if (packet.operation() != ArpPacket.Operation.REQUEST) {
                    yield new Drop(Refusal.NOT_REQUEST);
                }
                Ip target = packet.targetIp();
                Optional<Refusal> against = against(target, holdings, egress)
                        .or(() -> against(arp.ethernet(), packet, egress.orElseThrow(), holdings))
                        .or(() -> late(moment, limits));
                yield against.<Answer>map(Drop::new)
                        .orElseGet(() -> reply(packet, as(target, holdings, egress), egress.orElseThrow()));
            }
            case Frame.Solicitation solicitation -> {
                NeighborSolicitation message = solicitation.message();
                EthernetHeader ethernet = solicitation.ethernet();
                Ip target = message.target();
                Optional<Refusal> against = against(target, holdings, egress)
                        .or(() -> against(ethernet, message, egress.orElseThrow(), holdings))
                        .or(() -> late(moment, limits));
                yield against.<Answer>map(Drop::new)
                        .orElseGet(() -> reply(ethernet, message, as(target, holdings, egress), egress.orElseThrow()));
            }
        };
    }

    private static Mac as(Ip target, Holdings holdings, Optional<Mac> egress) {
        return holdings.answersAs(target, egress.orElseThrow()).orElseThrow();
    }

    private static Optional<Refusal> against(Ip target, Holdings holdings, Optional<Mac> egress) {
        if (!holdings.contains(target)) {
            return Optional.of(Refusal.NOT_OURS);
        }
        return egress.isEmpty() ? Optional.of(Refusal.NO_LINK) : Optional.empty();
    }

    /** Who says that a held address is its own: the one in whose name it is held, or another. */
    private static Refusal claimed(Ip address, Mac by, Mac egress, Holdings holdings) {
        return holdings.answersAs(address, egress).filter(by::equals).isPresent()
                ? Refusal.BY_OWNER
                : Refusal.CLAIMED_BY_OTHER;
    }

    private static Optional<Refusal> late(Moment moment, Limits limits) {
        if (!moment.beforeFence()) {
            return Optional.of(Refusal.FENCED);
        }
        return limits.fresh(moment) ? Optional.empty() : Optional.of(Refusal.STALE_FRAME);
    }

    private static Optional<Refusal> against(
            EthernetHeader ethernet, ArpPacket request, Mac egress, Holdings holdings) {
        Mac sender = request.senderMac();
        if (sender.equals(egress) || ethernet.source().equals(egress)) {
            return Optional.of(Refusal.OWN_FRAME);
        }
        Ip senderIp = request.senderIp();
        if (isImpossible(sender)
                || !sender.equals(ethernet.source())
                || senderIp.isMulticast()
                || senderIp.isLimitedBroadcast()
                || senderIp.isLoopback()) {
            return Optional.of(Refusal.BAD_SOURCE);
        }
        // Unicast requests are what Linux sends first to verify an entry; they have to be answered too.
        if (!ethernet.destination().equals(Mac.BROADCAST)
                && !ethernet.destination().equals(egress)) {
            return Optional.of(Refusal.OTHER_HOST);
        }
        return senderIp.equals(request.targetIp())
                ? Optional.of(claimed(senderIp, sender, egress, holdings))
                : Optional.empty();
    }

    private static Optional<Refusal> against(
            EthernetHeader ethernet, NeighborSolicitation message, Mac egress, Holdings holdings) {
        Mac claimed = message.sourceLinkLayer().orElse(ethernet.source());
        if (claimed.equals(egress) || ethernet.source().equals(egress)) {
            return Optional.of(Refusal.OWN_FRAME);
        }
        if (isImpossible(claimed)
                || isImpossible(ethernet.source())
                || message.source().isLoopback()) {
            return Optional.of(Refusal.BAD_SOURCE);
        }
        Mac destination = ethernet.destination();
        boolean unicast = destination.equals(egress) && message.destination().equals(message.target());
        boolean group = message.destination().isMulticast()
                && (destination.equals(egress) || SolicitedNode.isGroupMac(destination));
        if (!unicast && !group) {
            return Optional.of(Refusal.OTHER_HOST);
        }
        return message.source().equals(message.target())
                ? Optional.of(claimed(message.target(), claimed, egress, holdings))
                : Optional.empty();
    }

    private static boolean isImpossible(Mac sender) {
        return sender.isMulticast() || sender.equals(NO_MAC);
    }

    /** The Ethernet source is always our own: switches must not learn another node's address from our port. */
    private static Reply reply(ArpPacket request, Mac as, Mac egress) {
        Mac askerMac = request.senderMac();
        Ip asker = request.senderIp();
        Ip address = request.targetIp();
        ArpPacket packet = new ArpPacket(ArpPacket.Operation.REPLY, as, address, askerMac, asker);
        EthernetHeader ethernet = new EthernetHeader(askerMac, egress, EthernetHeader.ARP);
        return new Reply(address, asker, as, new Frame.Arp(ethernet, packet));
    }

    private static Reply reply(EthernetHeader ethernet, NeighborSolicitation message, Mac as, Mac egress) {
        Ip asker = message.source();
        Ip address = message.target();
        // A probe for duplicates has no address to answer to: everybody hears the defence, S=0 (RFC 4861 7.2.4).
        Frame frame = asker.isUnspecified()
                ? Advertisements.toAllNodes(address, as, egress)
                : Advertisements.solicited(
                        address, as, egress, asker, message.sourceLinkLayer().orElse(ethernet.source()));
        return new Reply(address, asker, as, frame);
    }
}
