package dev.clarion.bgp.wire;

import java.util.Optional;

/** The message types (RFC 4271 section 4.1, RFC 2918) and the least whole length of each, header included. */
public enum MessageType {
    OPEN(1, 29),
    UPDATE(2, 23),
    NOTIFICATION(3, 21),
    KEEPALIVE(4, 19),
    ROUTE_REFRESH(5, 23);

    private final int code;
    private final int minimumLength;

    MessageType(int code, int minimumLength) {
        this.code = code;
        this.minimumLength = minimumLength;
    }

    int code() {
        return code;
    }

    /** KEEPALIVE and ROUTE-REFRESH have one length only. */
    boolean allows(int length) {
        return switch (this) {
            case OPEN, UPDATE, NOTIFICATION -> length >= minimumLength;
            case KEEPALIVE, ROUTE_REFRESH -> length == minimumLength;
        };
    }

    static Optional<MessageType> of(int code) {
        for (MessageType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
