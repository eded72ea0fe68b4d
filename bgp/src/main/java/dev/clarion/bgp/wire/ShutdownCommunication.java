package dev.clarion.bgp.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The words that an operator may attach to Cease 6/2 and 6/4: a length octet and UTF-8 (RFC 9003 section 2). */
final class ShutdownCommunication {
    private static final int MAX_OCTETS = 255;

    private ShutdownCommunication() {}

    /** Cut after the last whole character that fits in 255 octets. */
    static Bytes write(String words) {
        byte[] octets = words.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, MAX_OCTETS);
        while (length < octets.length && length > 0 && (octets[length] & 0xc0) == 0x80) {
            length--;
        }
        return new Writer()
                .u8(length)
                .bytes(Bytes.of(Arrays.copyOf(octets, length)))
                .toBytes();
    }

    /**
     * What the peer says, without control characters, which could play tricks on a terminal. Empty when it says nothing,
     * or when the length is not that of the rest: the Cease is one in any case.
     */
    static Optional<String> read(Notification cease) {
        boolean mayHave = cease.error()
                .filter(error -> error == BgpError.ADMINISTRATIVE_SHUTDOWN || error == BgpError.ADMINISTRATIVE_RESET)
                .isPresent();
        Bytes data = cease.data();
        if (!mayHave || data.length() < 2 || data.u8(0) != data.length() - 1) {
            return Optional.empty();
        }
        // Control and format characters, line and paragraph separators, and what is no character at all.
        String words = new String(data.toArray(), 1, data.u8(0), StandardCharsets.UTF_8)
                .replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", " ")
                .strip();
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }
}
