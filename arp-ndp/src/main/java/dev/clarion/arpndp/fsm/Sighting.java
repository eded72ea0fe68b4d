package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborAdvertisement;
import dev.clarion.arpndp.wire.NeighborSolicitation;
import dev.clarion.arpndp.wire.Nonce;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;

/** What a received frame tells about who has which address. What this node itself sent tells nothing. */
public sealed interface Sighting {

    /** The address that it is about. */
    Ip address();

    /** The link-layer address that goes with it, by the word of the sender. */
    Mac mac();

    /**
     * Another host speaks as the owner of the address (RFC 5227 section 2.4, RFC 4861 section 7.2.3).
     *
     * @param address its address
     * @param mac its link-layer address
     */
    record Uses(Ip address, Mac mac) implements Sighting {}

    /**
     * Another host says that it has the address, because it was asked from here.
     *
     * @param address its address
     * @param mac its link-layer address
     * @param asker as whom it was asked
     */
    record Answers(Ip address, Mac mac, Ip asker) implements Sighting {}

    /**
     * Another host probes for the address, which it would like to have (RFC 5227 section 2.1, RFC 4862 section 5.4).
     *
     * @param address the address probed for
     * @param mac the prober's link-layer address
     * @param nonce the probe's, if it has one
     */
    record Wants(Ip address, Mac mac, Optional<Nonce> nonce) implements Sighting {}

    /**
     * What a frame tells.
     *
     * @param frame what was received
     * @param egress the link-layer address of the interface as it is now
     */
    static Optional<Sighting> of(Frame frame, Mac egress) {
        Optional<Sighting> told = switch (frame) {
            case Frame.Arp arp -> of(arp.ethernet(), arp.packet(), egress);
            case Frame.Solicitation solicitation -> of(solicitation.ethernet(), solicitation.message());
            case Frame.Advertisement advertisement -> of(advertisement.ethernet(), advertisement.message(), egress);
        };
        return told.filter(sighting -> !isImpossible(sighting, frame.ethernet().source(), egress));
    }

    private static boolean isImpossible(Sighting sighting, Mac source, Mac egress) {
        Mac mac = sighting.mac();
        Ip address = sighting.address();
        return mac.equals(egress)
                || source.equals(egress)
                || mac.isMulticast()
                || mac.equals(Mac.of(0))
                || address.isMulticast()
                || address.isUnspecified()
                || address.isLoopback()
                || address.isLimitedBroadcast();
    }

    private static Optional<Sighting> of(EthernetHeader ethernet, ArpPacket packet, Mac egress) {
        Ip sender = packet.senderIp();
        Mac mac = packet.senderMac();
        return switch (packet.operation()) {
            case REQUEST ->
                Optional.of(
                        sender.isUnspecified()
                                ? new Wants(packet.targetIp(), mac, Optional.empty())
                                : new Uses(sender, mac));
            case REPLY -> {
                boolean toUs = ethernet.destination().equals(egress)
                        && packet.targetMac().equals(egress);
                yield Optional.of(toUs ? new Answers(sender, mac, packet.targetIp()) : new Uses(sender, mac));
            }
        };
    }

    private static Optional<Sighting> of(EthernetHeader ethernet, NeighborSolicitation message) {
        Mac mac = message.sourceLinkLayer().orElse(ethernet.source());
        return Optional.of(
                message.source().isUnspecified()
                        ? new Wants(message.target(), mac, message.nonce())
                        : new Uses(message.source(), mac));
    }

    private static Optional<Sighting> of(EthernetHeader ethernet, NeighborAdvertisement message, Mac egress) {
        Mac mac = message.targetLinkLayer().orElse(ethernet.source());
        boolean toUs = message.solicited() && ethernet.destination().equals(egress);
        return Optional.of(
                toUs ? new Answers(message.target(), mac, message.destination()) : new Uses(message.target(), mac));
    }
}
