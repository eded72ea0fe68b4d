package dev.clarion.bgp.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * NOTIFICATION: why the connection is closed (RFC 4271 section 4.5).
 *
 * @param code the error code, 8 bits; a peer may send one that we do not know
 * @param subcode the subcode, 8 bits
 * @param data what the error says about itself
 */
public record Notification(int code, int subcode, Bytes data) implements Message {
    /** An error without data. */
    public static Notification of(BgpError error) {
        return of(error, Bytes.EMPTY);
    }

    /** An error with data. */
    public static Notification of(BgpError error, Bytes data) {
        return new Notification(error.code(), error.subcode(), data);
    }

    @Override
    public MessageType type() {
        return MessageType.NOTIFICATION;
    }

    /** The error, if we know it. */
    public Optional<BgpError> error() {
        return BgpError.of(code, subcode);
    }

    /** For people: the error's name and, of a shutdown or reset, the operator's words (RFC 9003). */
    public String describe() {
        String name = error().map(BgpError::toString).orElse("error " + code + "/" + subcode);
        return communication().map(words -> name + ": " + words).orElse(name);
    }

    /** The text that an operator may attach to Cease 6/2 and 6/4, without control characters; malformed counts as none. */
    public Optional<String> communication() {
        byte[] bytes = data.toArray();
        if (code != 6 || (subcode != 2 && subcode != 4) || bytes.length < 2 || (bytes[0] & 0xff) > bytes.length - 1) {
            return Optional.empty();
        }
        String words = new String(bytes, 1, bytes[0] & 0xff, StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    @Override
    public byte[] encode(WireContext context) {
        Writer body = new Writer().u8(code).u8(subcode).bytes(data.toArray());
        return Header.around(type(), body);
    }

    static Notification decode(Reader in) throws DecodeException {
        int code = in.u8();
        int subcode = in.u8();
        return new Notification(code, subcode, Bytes.of(in.takeRest()));
    }
}
