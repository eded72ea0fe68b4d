package dev.clarion.bgp.wire;

import java.util.Optional;

/**
 * The 19 octets before every message (RFC 4271 section 4.1): marker, length, type. Checked before any of the body is
 * waited for, so that a peer cannot make us buffer what is refused anyway.
 */
public final class Header {
    /** Octets of a header. */
    public static final int LENGTH = 19;

    /** The longest message, header included; RFC 8654 extended messages are not offered. */
    public static final int MAX_MESSAGE = 4096;

    private static final int MARKER_LENGTH = 16;

    private Header() {}

    /** What a header says about the message. */
    public sealed interface Checked {
        /**
         * The message may follow.
         *
         * @param length of the whole message, header included
         */
        record Good(MessageType type, int length) implements Checked {}

        /**
         * The stream cannot be read any further.
         *
         * @param error what to send before closing (RFC 4271 section 6.1)
         */
        record Bad(Notification error) implements Checked {}

        /** Good so far, more octets are needed to tell. */
        record Incomplete() implements Checked {}
    }

    /** Checks the start of a message, of any length; a wrong marker shows before the header is complete. */
    public static Checked check(byte[] header) {
        for (int i = 0; i < Math.min(MARKER_LENGTH, header.length); i++) {
            if (header[i] != (byte) 0xff) {
                return new Checked.Bad(Notification.of(BgpError.CONNECTION_NOT_SYNCHRONIZED));
            }
        }
        if (header.length < LENGTH) {
            return new Checked.Incomplete();
        }
        int length = (header[16] & 0xff) << 8 | (header[17] & 0xff);
        if (length < LENGTH || length > MAX_MESSAGE) {
            return badLength(length);
        }
        Optional<MessageType> type = MessageType.of(header[18] & 0xff);
        if (type.isEmpty()) {
            return new Checked.Bad(Notification.of(BgpError.BAD_MESSAGE_TYPE, Bytes.of(header[18])));
        }
        return type.get().allows(length) ? new Checked.Good(type.get(), length) : badLength(length);
    }

    private static Checked badLength(int length) {
        return new Checked.Bad(Notification.of(BgpError.BAD_MESSAGE_LENGTH, Bytes.ofU16(length)));
    }

    /** The whole message around a body. Throws IllegalArgumentException if it would be longer than allowed. */
    static byte[] around(MessageType type, Writer body) {
        int length = LENGTH + body.length();
        if (length > MAX_MESSAGE) {
            throw new IllegalArgumentException(type + " of " + length + " octets; at most " + MAX_MESSAGE + " may be");
        }
        Writer message = new Writer();
        for (int i = 0; i < MARKER_LENGTH; i++) {
            message.u8(0xff);
        }
        return message.u16(length).u8(type.code()).bytes(body).toArray();
    }
}
