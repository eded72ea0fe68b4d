package dev.clarion.bgp.bfd.wire;

/** The state of a session, as each side tells the other (RFC 5880 sections 4.1 and 6.2). */
public enum BfdState {
    /** Held down by people or by the configuration: says nothing about the path. */
    ADMIN_DOWN(0),
    /** The peer is not heard, or said that it is down; also before the first packet. */
    DOWN(1),
    /** The peer is heard, and it is not yet known whether it hears us. */
    INIT(2),
    /** Both sides hear each other. */
    UP(3);

    private final int code;

    BfdState(int code) {
        this.code = code;
    }

    /** The state with a code of two bits, 0 to 3. */
    static BfdState of(int code) {
        return switch (code) {
            case 0 -> ADMIN_DOWN;
            case 1 -> DOWN;
            case 2 -> INIT;
            case 3 -> UP;
            default -> throw new IllegalArgumentException(code + " is not a code of two bits");
        };
    }

    int code() {
        return code;
    }
}
