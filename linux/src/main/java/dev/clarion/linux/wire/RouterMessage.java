package dev.clarion.linux.wire;

import dev.clarion.net.Mac;
import java.util.Optional;

/**
 * The two messages by which routers on a segment are found (RFC 4861 sections 4.1 and 4.2), as far as they matter for
 * finding BGP peers. The checksum is the kernel's matter (RFC 3542 section 3.1).
 */
public sealed interface RouterMessage {
    /** Who sends it asks for advertisements. */
    record Solicitation() implements RouterMessage {}

    /**
     * A router is here.
     *
     * @param lifetime for how many seconds it is to be a default router, 0 to 65535; 0 for one that is none
     */
    record Advertisement(int lifetime) implements RouterMessage {}

    /** Octets of a message that are enough to read it. */
    int LONGEST = 1280;

    /** The type of a solicitation. */
    int SOLICITATION = 133;

    /** The type of an advertisement. */
    int ADVERTISEMENT = 134;

    /** Octets before the options. */
    private static int fixed(int type) {
        return type == ADVERTISEMENT ? 16 : 8;
    }

    /**
     * An advertisement of a speaker that is found by it, and routes nothing: lifetime 0, so that nobody takes it for a
     * default router, and no word on anything else.
     *
     * @param source its link-layer address, so that nobody has to ask for it
     */
    static byte[] advertise(Mac source) {
        byte[] message = new byte[fixed(ADVERTISEMENT) + 8];
        message[0] = (byte) ADVERTISEMENT;
        link(message, fixed(ADVERTISEMENT), source);
        return message;
    }

    /** A solicitation. */
    static byte[] solicit(Mac source) {
        byte[] message = new byte[fixed(SOLICITATION) + 8];
        message[0] = (byte) SOLICITATION;
        link(message, fixed(SOLICITATION), source);
        return message;
    }

    /** The option "source link-layer address" (section 4.6.1). */
    private static void link(byte[] message, int at, Mac source) {
        message[at] = 1;
        message[at + 1] = 1;
        System.arraycopy(source.toBytes(), 0, message, at + 2, 6);
    }

    /** Reads a message of either kind; empty for any other, and for one that must be dropped (section 6.1). */
    static Optional<RouterMessage> read(byte[] octets, int length) {
        if (length < 8 || length > octets.length || octets[1] != 0) {
            return Optional.empty();
        }
        int type = octets[0] & 0xff;
        boolean known = type == ADVERTISEMENT || type == SOLICITATION;
        if (!known || length < fixed(type) || !wellFormed(octets, fixed(type), length)) {
            return Optional.empty();
        }
        return Optional.of(
                type == SOLICITATION
                        ? new Solicitation()
                        : new Advertisement((octets[6] & 0xff) << 8 | (octets[7] & 0xff)));
    }

    /** No option is empty or longer than the rest. */
    private static boolean wellFormed(byte[] octets, int from, int length) {
        int at = from;
        while (at < length) {
            int option = at + 1 < length ? (octets[at + 1] & 0xff) * 8 : 0;
            if (option == 0) {
                return false;
            }
            at += option;
        }
        return at == length;
    }
}
