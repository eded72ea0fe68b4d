package dev.clarion.arpndp.wire;

import dev.clarion.net.Mac;
import java.util.Arrays;
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
        return find(bytes, from, to, type).map(at -> Bytes.mac(bytes, at));
    }

    /** Where the value of the first option of that type and of one unit begins. */
    static Optional<Integer> find(byte[] bytes, int from, int to, int type) {
        for (int at = from; at < to; at += Bytes.u8(bytes, at + 1) * UNIT) {
            if (Bytes.u8(bytes, at) == type && Bytes.u8(bytes, at + 1) == 1) {
                return Optional.of(at + 2);
            }
        }
        return Optional.empty();
    }

    /** A message of that many bytes, with an option of one unit behind it if there is a value. */
    static byte[] message(int length, int type, Optional<byte[]> value) {
        return value.map(six -> append(new byte[length], type, six)).orElseGet(() -> new byte[length]);
    }

    /** The message with an option of one unit, six bytes of value, behind it. */
    static byte[] append(byte[] message, int type, byte[] six) {
        byte[] bytes = Arrays.copyOf(message, message.length + UNIT);
        bytes[message.length] = (byte) type;
        bytes[message.length + 1] = 1;
        Bytes.put(bytes, message.length + 2, six);
        return bytes;
    }
}
