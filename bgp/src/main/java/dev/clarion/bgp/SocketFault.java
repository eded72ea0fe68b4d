package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;

/** A socket does not do what the configuration asks for; then nothing must be sent on it. */
final class SocketFault extends Exception {
    private static final long serialVersionUID = 1;

    private final BgpReason reason;

    SocketFault(BgpReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    BgpReason reason() {
        return reason;
    }

    String describe() {
        return getMessage() + ": " + String.valueOf(cause(this).getMessage());
    }

    private static Throwable cause(Throwable from) {
        return from.getCause() == null ? from : cause(from.getCause());
    }
}
