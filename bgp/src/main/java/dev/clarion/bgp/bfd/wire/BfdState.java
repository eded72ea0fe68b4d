package dev.clarion.bgp.bfd.wire;

/** The state of a session, as each side tells the other (RFC 5880 sections 4.1 and 6.2). In the order of the codes. */
public enum BfdState {
    /** Held down by people or by the configuration: says nothing about the path. */
    ADMIN_DOWN,
    /** The peer is not heard, or said that it is down; also before the first packet. */
    DOWN,
    /** The peer is heard, and it is not yet known whether it hears us. */
    INIT,
    /** Both sides hear each other. */
    UP;

    private static final BfdState[] BY_CODE = values();

    /** The state with a code of two bits, 0 to 3. */
    static BfdState of(int code) {
        return BY_CODE[code];
    }

    int code() {
        return ordinal();
    }
}
