package dev.clarion.bgp.wire;

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

    /** Cease "administrative shutdown" (6/2) with words for the people at the other end; see {@link ShutdownCommunication}. */
    public static Notification shutdown(String words) {
        return of(BgpError.ADMINISTRATIVE_SHUTDOWN, ShutdownCommunication.write(words));
    }

    /** Cease "administrative reset" (6/4) with words for the people at the other end; see {@link ShutdownCommunication}. */
    public static Notification reset(String words) {
        return of(BgpError.ADMINISTRATIVE_RESET, ShutdownCommunication.write(words));
    }

    @Override
    public MessageType type() {
        return MessageType.NOTIFICATION;
    }

    /** The error, if we know it. */
    public Optional<BgpError> error() {
        return BgpError.of(code, subcode);
    }

    /** What a hard reset has inside it: the error that it stands for (RFC 8538 section 3). */
    public Optional<Notification> wrapped() {
        boolean hard = code == BgpError.HARD_RESET.code() && subcode == BgpError.HARD_RESET.subcode();
        return hard && data.length() >= 2
                ? Optional.of(new Notification(data.u8(0), data.u8(1), data.from(2)))
                : Optional.empty();
    }

    /** This as a hard reset: the peer keeps no routes, though it would after a plain NOTIFICATION (RFC 8538 section 3). */
    public Notification hardReset() {
        Writer inside = new Writer().u8(code).u8(subcode).bytes(data);
        return of(BgpError.HARD_RESET, inside.toBytes());
    }

    /** For people: the error's name and, of a shutdown or reset, the operator's words (RFC 9003). */
    public String describe() {
        return wrapped().map(cause -> "hard reset, " + cause.plainly()).orElseGet(this::plainly);
    }

    private String plainly() {
        String name = error().map(BgpError::toString).orElse("error " + code + "/" + subcode);
        return communication().map(words -> name + ": " + words).orElse(name);
    }

    /** The words that came with Cease 6/2 or 6/4, fit to be shown; malformed ones count as none. */
    public Optional<String> communication() {
        return ShutdownCommunication.read(this);
    }

    @Override
    public byte[] encode(WireContext context) {
        Writer out = Header.start(type()).u8(code).u8(subcode);
        // What the peer sent may be longer than what we may send back.
        int longest = context.longest(type());
        return Header.finish(out.bytes(data.first(longest - out.length())), longest);
    }

    static Notification decode(Reader in) throws DecodeException {
        int code = in.u8();
        int subcode = in.u8();
        return new Notification(code, subcode, in.rest());
    }
}
