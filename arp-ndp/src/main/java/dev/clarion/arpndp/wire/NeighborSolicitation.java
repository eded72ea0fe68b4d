package dev.clarion.arpndp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;

/**
 * Neighbour solicitation (RFC 4861 section 4.3, checked to section 7.1.1), with the addresses of its IPv6 header.
 *
 * @param source who asks; {@code ::} for duplicate address detection (RFC 4862 section 5.4)
 * @param destination the solicited-node group of the target, or the target itself (unreachability detection)
 * @param target the address that is asked for
 * @param sourceLinkLayer the asker's link-layer address, if it says so
 * @param nonce by which who probes for duplicates knows its own probes
 */
public record NeighborSolicitation(
        Ip source, Ip destination, Ip target, Optional<Mac> sourceLinkLayer, Optional<Nonce> nonce) {

    static final int TYPE = 135;

    private static final int LENGTH = 24;
    private static final int TARGET_AT = 8;

    /** One without a nonce, as everything but a probe for duplicates is. */
    public NeighborSolicitation(Ip source, Ip destination, Ip target, Optional<Mac> sourceLinkLayer) {
        this(source, destination, target, sourceLinkLayer, Optional.empty());
    }

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
        Optional<Defect> options = NdOptions.check(bytes, at + LENGTH, ip.end());
        return options.isPresent() || !ip.source().isUnspecified() ? options : checkProbe(bytes, ip);
    }

    private static Optional<Defect> checkProbe(byte[] bytes, Ipv6Header ip) {
        NeighborSolicitation probe = read(bytes, ip);
        if (!probe.destination.equals(SolicitedNode.groupOf(probe.target))) {
            return Optional.of(Defect.PROBE_DESTINATION);
        }
        return probe.sourceLinkLayer.isPresent() ? Optional.of(Defect.PROBE_WITH_LINK_LAYER) : Optional.empty();
    }

    static NeighborSolicitation read(byte[] bytes, Ipv6Header ip) {
        int at = Ipv6Header.END;
        return new NeighborSolicitation(
                ip.source(),
                ip.destination(),
                Bytes.ipv6(bytes, at + TARGET_AT),
                NdOptions.linkLayer(bytes, at + LENGTH, ip.end(), NdOptions.SOURCE_LINK_LAYER),
                Nonce.read(bytes, at + LENGTH, ip.end()));
    }

    byte[] encode() {
        byte[] bytes = NdOptions.message(LENGTH, NdOptions.SOURCE_LINK_LAYER, sourceLinkLayer.map(Mac::toBytes));
        bytes[0] = (byte) TYPE;
        Bytes.put(bytes, TARGET_AT, target.toBytes());
        return nonce.isPresent()
                ? NdOptions.append(bytes, Nonce.TYPE, nonce.get().value())
                : bytes;
    }
}
