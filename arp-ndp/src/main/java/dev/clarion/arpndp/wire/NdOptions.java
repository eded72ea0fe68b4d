package dev.clarion.arpndp.wire;

import dev.clarion.net.Mac;
import java.util.Optional;

/** The options of NDP messages (RFC 4861 section 4.6): type, length in units of 8 bytes, value. */
final class NdOptions {

    /** Source link-layer address. */
    static final int SOURCE_LINK_LAYER = 1;

    /** Target link-layer address. */
    static final int TARGET_LINK_LAYER = 2;

    private static final int UNIT = 8;

    private NdOptions() {}

    /** Whether every option has a length that is not 0 and ends within the message. */
    static Optional<Defect> check(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at < 2) {
                return Optional.of(Defect.OPTION_LENGTH);
            }
            int length = Bytes.u8(bytes, at + 1) * UNIT;
            if (length == 0 || length > to - at) {
                return Optional.of(Defect.OPTION_LENGTH);
            }
            at += length;
        }
        return Optional.empty();
    }

    /** The first link-layer address of that type with the length of Ethernet; other options are skipped. */
    static Optional<Mac> linkLayer(byte[] bytes, int from, int to, int type) {
        for (int at = from; at < to; at += Bytes.u8(bytes, at + 1) * UNIT) {
            if (Bytes.u8(bytes, at) == type && Bytes.u8(bytes, at + 1) == 1) {
                return Optional.of(Bytes.mac(bytes, at + 2));
            }
        }
        return Optional.empty();
    }

    /** A message of that many bytes, with the link-layer address behind it if there is one. */
    static byte[] message(int length, int type, Optional<Mac> linkLayer) {
        byte[] bytes = new byte[linkLayer.isPresent() ? length + UNIT : length];
        linkLayer.ifPresent(mac -> {
            bytes[length] = (byte) type;
            bytes[length + 1] = 1;
            Bytes.put(bytes, length + 2, mac.toBytes());
        });
        return bytes;
    }
}
