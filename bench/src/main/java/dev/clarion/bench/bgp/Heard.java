package dev.clarion.bench.bgp;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A BGP message, or the end of a connection, on the wire.
 *
 * @param at milliseconds since the epoch: when the segment with its last byte was on the wire
 * @param from who sent it
 * @param to to whom
 * @param kind what it is
 * @param announced prefixes that an UPDATE announces
 * @param withdrawn prefixes that an UPDATE withdraws
 * @param said what it says of those that it announces: every attribute with its next hop, in hexadecimal
 */
record Heard(double at, Ip from, Ip to, Kind kind, List<Prefix> announced, List<Prefix> withdrawn, String said) {
    enum Kind {
        OPEN,
        UPDATE,
        NOTIFICATION,
        KEEPALIVE,
        REFRESH,
        /** TCP ended: FIN or RST. */
        GONE
    }

    private static final int MP_REACH = 14;
    private static final int MP_UNREACH = 15;
    private static final int EXTENDED_LENGTH = 0x10;
    private static final int HEADER = 19;

    /** One that is told of by its kind alone. */
    static Heard of(double at, Ip from, Ip to, Kind kind) {
        return new Heard(at, from, to, kind, List.of(), List.of(), "");
    }

    /** An UPDATE without any prefix ends the routes that were announced at first (RFC 4724 section 2). */
    boolean endOfRib() {
        return kind == Kind.UPDATE && announced.isEmpty() && withdrawn.isEmpty();
    }

    /** Of a whole message with its header (RFC 4271 section 4). */
    static Heard message(double at, Ip from, Ip to, byte[] message) {
        return switch (message[18]) {
            case 1 -> of(at, from, to, Kind.OPEN);
            case 2 -> update(at, from, to, ByteBuffer.wrap(message, HEADER, message.length - HEADER));
            case 3 -> of(at, from, to, Kind.NOTIFICATION);
            case 4 -> of(at, from, to, Kind.KEEPALIVE);
            case 5 -> of(at, from, to, Kind.REFRESH);
            default -> throw new IllegalArgumentException("no BGP message is of type " + message[18]);
        };
    }

    private static Heard update(double at, Ip from, Ip to, ByteBuffer in) {
        List<Prefix> withdrawn = new ArrayList<>(prefixes(part(in, in.getShort() & 0xffff), 4));
        ByteBuffer attributes = part(in, in.getShort() & 0xffff);
        List<Prefix> announced = new ArrayList<>(prefixes(in, 4));
        StringBuilder said = new StringBuilder();
        while (attributes.hasRemaining()) {
            int flags = attributes.get() & 0xff;
            int type = attributes.get() & 0xff;
            int length = (flags & EXTENDED_LENGTH) != 0 ? attributes.getShort() & 0xffff : attributes.get() & 0xff;
            ByteBuffer value = part(attributes, length);
            said.append(type).append('=');
            if (type == MP_REACH || type == MP_UNREACH) {
                int size = value.getShort() == 1 ? 4 : 16;
                value.get();
                if (type == MP_REACH) {
                    said.append(hex(part(value, value.get() & 0xff)));
                    value.get();
                }
                (type == MP_REACH ? announced : withdrawn).addAll(prefixes(value, size));
            } else {
                said.append(hex(value));
            }
            said.append(' ');
        }
        return new Heard(at, from, to, Kind.UPDATE, List.copyOf(announced), List.copyOf(withdrawn), said.toString());
    }

    private static ByteBuffer part(ByteBuffer in, int length) {
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static List<Prefix> prefixes(ByteBuffer in, int size) {
        List<Prefix> prefixes = new ArrayList<>();
        while (in.hasRemaining()) {
            int length = in.get() & 0xff;
            byte[] address = new byte[(length + 7) / 8];
            in.get(address);
            prefixes.add(Prefix.containing(Ip.ofBytes(Arrays.copyOf(address, size)), length));
        }
        return prefixes;
    }

    private static String hex(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
