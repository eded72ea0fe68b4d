package dev.clarion.arpndp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;

/**
 * Neighbour advertisement (RFC 4861 section 4.4, checked to section 7.1.2), with the addresses of its IPv6 header.
 *
 * @param source who advertises
 * @param destination who asked, or all nodes
 * @param router R: the sender is a router
 * @param solicited S: an answer to a solicitation, which confirms reachability
 * @param override O: the receiver shall replace the link-layer address it has
 * @param target the address that is advertised
 * @param targetLinkLayer its link-layer address
 */
public record NeighborAdvertisement(
        Ip source,
        Ip destination,
        boolean router,
        boolean solicited,
        boolean override,
        Ip target,
        Optional<Mac> targetLinkLayer) {

    static final int TYPE = 136;

    private static final int LENGTH = 24;
    private static final int FLAGS_AT = 4;
    private static final int TARGET_AT = 8;
    private static final int ROUTER = 0x80;
    private static final int SOLICITED = 0x40;
    private static final int OVERRIDE = 0x20;

    static Optional<Defect> check(byte[] bytes, Ipv6Header ip) {
        int at = Ipv6Header.END;
        if (ip.payloadLength() < LENGTH) {
            return Optional.of(Defect.TRUNCATED);
        }
        if (Bytes.u8(bytes, at + 1) != 0) {
            return Optional.of(Defect.ICMP_CODE);
        }
        if (!ip.checksumFits(bytes)) {
            return Optional.of(Defect.CHECKSUM);
        }
        if (Bytes.u8(bytes, at + TARGET_AT) == 0xff) {
            return Optional.of(Defect.TARGET_ADDRESS);
        }
        if ((Bytes.u8(bytes, at + FLAGS_AT) & SOLICITED) != 0
                && ip.destination().isMulticast()) {
            return Optional.of(Defect.SOLICITED_TO_MULTICAST);
        }
        return NdOptions.check(bytes, at + LENGTH, ip.end());
    }

    static NeighborAdvertisement read(byte[] bytes, Ipv6Header ip) {
        int at = Ipv6Header.END;
        int flags = Bytes.u8(bytes, at + FLAGS_AT);
        return new NeighborAdvertisement(
                ip.source(),
                ip.destination(),
                (flags & ROUTER) != 0,
                (flags & SOLICITED) != 0,
                (flags & OVERRIDE) != 0,
                Bytes.ipv6(bytes, at + TARGET_AT),
                NdOptions.linkLayer(bytes, at + LENGTH, ip.end(), NdOptions.TARGET_LINK_LAYER));
    }

    byte[] encode() {
        byte[] bytes = NdOptions.message(LENGTH, NdOptions.TARGET_LINK_LAYER, targetLinkLayer.map(Mac::toBytes));
        bytes[0] = (byte) TYPE;
        bytes[FLAGS_AT] = (byte) ((router ? ROUTER : 0) | (solicited ? SOLICITED : 0) | (override ? OVERRIDE : 0));
        Bytes.put(bytes, TARGET_AT, target.toBytes());
        return bytes;
    }
}
