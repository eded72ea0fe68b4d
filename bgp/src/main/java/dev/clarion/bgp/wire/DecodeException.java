package dev.clarion.bgp.wire;

/** How a decoder leaves on bad bytes. Stays inside this package: {@link Messages} turns it into a value. */
final class DecodeException extends Exception {
    private final BgpError error;
    private final transient Bytes data;

    DecodeException(BgpError error, Bytes data) {
        // Bad bytes are nothing unexpected: no stack trace, which would cost more than the decoding.
        super(error.toString(), null, false, false);
        this.error = error;
        this.data = data;
    }

    DecodeException(BgpError error) {
        this(error, Bytes.EMPTY);
    }

    BgpError error() {
        return error;
    }

    Bytes data() {
        return data;
    }

    Notification notification() {
        return Notification.of(error, data);
    }
}
