package dev.clarion.bgp.wire;

import java.util.Optional;

/**
 * The 19 octets before every message (RFC 4271 section 4.1): marker, length, type. Checked before any of the body is
 * waited for, so that a peer cannot make us buffer what is refused anyway.
 */
public final class Header {
    /** Octets of a header. */
    public static final int LENGTH = 19;

    /** The longest message, header included. */
    public static final int MAX_MESSAGE = 4096;

    /** The same where both speakers take extended messages (RFC 8654 section 4). */
    public static final int MAX_EXTENDED_MESSAGE = 65_535;

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

    /** Checks the start of a message before anything is agreed on; see {@link #check(byte[], WireContext)}. */
    public static Checked check(byte[] header) {
        return check(header, WireContext.INITIAL);
    }

    /** Checks the start of a message, of any length; a wrong marker shows before the header is complete. */
    public static Checked check(byte[] header, WireContext context) {
        for (int i = 0; i < Math.min(MARKER_LENGTH, header.length); i++) {
            if (header[i] != (byte) 0xff) {
                return new Checked.Bad(Notification.of(BgpError.CONNECTION_NOT_SYNCHRONIZED));
            }
        }
        if (header.length < LENGTH) {
            return new Checked.Incomplete();
        }
        int length = (header[16] & 0xff) << 8 | (header[17] & 0xff);
        Optional<MessageType> type = MessageType.of(header[18] & 0xff);
        // The length is judged first: on a type that nobody knows, by what any message must keep to.
        int longest = type.map(context::longest).orElse(MAX_MESSAGE);
        if (length < LENGTH || length > longest) {
            return badLength(length);
        }
        if (type.isEmpty()) {
            return new Checked.Bad(Notification.of(BgpError.BAD_MESSAGE_TYPE, Bytes.of(header[18])));
        }
        if (type.get().allows(length)) {
            return new Checked.Good(type.get(), length);
        }
        // With enhanced refresh the whole message is to be told, and so waited for (RFC 7313 section 5).
        return type.get() == MessageType.ROUTE_REFRESH && context.enhancedRefresh()
                ? new Checked.Good(MessageType.ROUTE_REFRESH, length)
                : badLength(length);
    }

    private static Checked badLength(int length) {
        return new Checked.Bad(Notification.of(BgpError.BAD_MESSAGE_LENGTH, Bytes.ofU16(length)));
    }

    /** The start of a message: a header without its length. */
    static Writer start(MessageType type) {
        return start(type, LENGTH);
    }

    /** The same with room for a whole message of about this many octets. */
    static Writer start(MessageType type, int capacity) {
        Writer message = new Writer(Math.max(capacity, LENGTH));
        return message.u64(-1).u64(-1).u16(0).u8(type.code());
    }

    /** The message, now that its length is known. Throws IllegalArgumentException if it is longer than allowed. */
    static byte[] finish(Writer message, int longest) {
        if (message.length() > longest) {
            throw new IllegalArgumentException(
                    "a message of " + message.length() + " octets; at most " + longest + " may be");
        }
        return message.putU16(MARKER_LENGTH, message.length()).toArray();
    }
}
