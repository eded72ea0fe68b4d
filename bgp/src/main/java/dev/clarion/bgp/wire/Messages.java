package dev.clarion.bgp.wire;

import java.util.List;

/** Decodes whole messages. */
public final class Messages {
    private Messages() {}

    /**
     * Reads one message.
     *
     * @param octets a whole message, header included, as long as its header says; anything else is refused
     * @param context what was agreed on with the peer
     */
    public static Decoded decode(byte[] octets, WireContext context) {
        return switch (Header.check(octets, context)) {
            case Header.Checked.Bad(Notification error) -> new Decoded.Refused(error);
            case Header.Checked.Incomplete _ ->
                new Decoded.Refused(Notification.of(BgpError.BAD_MESSAGE_LENGTH, Bytes.ofU16(octets.length)));
            case Header.Checked.Good(MessageType type, int length)
            when length != octets.length ->
                new Decoded.Refused(Notification.of(BgpError.BAD_MESSAGE_LENGTH, Bytes.ofU16(length)));
            case Header.Checked.Good(MessageType type, int length) -> body(type, octets, context);
        };
    }

    private static Decoded body(MessageType type, byte[] octets, WireContext context) {
        try {
            return switch (type) {
                case OPEN -> accepted(Open.decode(reader(octets, BgpError.MALFORMED_OPEN)));
                case UPDATE -> Update.decode(reader(octets, BgpError.MALFORMED_ATTRIBUTE_LIST), context);
                case NOTIFICATION -> accepted(Notification.decode(reader(octets, BgpError.BAD_MESSAGE_LENGTH)));
                case KEEPALIVE -> accepted(new Keepalive());
                case ROUTE_REFRESH -> accepted(RouteRefresh.decode(octets));
            };
        } catch (DecodeException bad) {
            return new Decoded.Refused(bad.notification());
        }
    }

    private static Reader reader(byte[] octets, BgpError onUnderrun) {
        return Reader.of(octets, Header.LENGTH, onUnderrun);
    }

    private static Decoded accepted(Message message) {
        return new Decoded.Accepted(message, List.of());
    }
}
