package dev.clarion.bgp.bfd.wire;

/** Why a session last changed its state, as told to the peer (RFC 5880 section 4.1). */
public enum Diagnostic {
    /** Nothing went wrong since the session was last up. */
    NONE(0),
    /** Nothing was heard for the detection time. */
    CONTROL_DETECTION_TIME_EXPIRED(1),
    /** Echo packets did not come back. */
    ECHO_FUNCTION_FAILED(2),
    /** The neighbour said that its session is down. */
    NEIGHBOR_SIGNALED_SESSION_DOWN(3),
    /** The forwarding plane was reset. */
    FORWARDING_PLANE_RESET(4),
    /** The path is down, as known from elsewhere. */
    PATH_DOWN(5),
    /** A path that this one is made of is down. */
    CONCATENATED_PATH_DOWN(6),
    /** Held down by people or by the configuration. */
    ADMINISTRATIVELY_DOWN(7),
    /** A path in the other direction that this one is made of is down. */
    REVERSE_CONCATENATED_PATH_DOWN(8),
    /** A code, 9 to 31, that RFC 5880 keeps for later. Never sent. */
    RESERVED(9);

    private static final Diagnostic[] ALL = values();

    private final int code;

    Diagnostic(int code) {
        this.code = code;
    }

    /** The diagnostic with a code of five bits, 0 to 31. */
    public static Diagnostic of(int code) {
        for (Diagnostic diagnostic : ALL) {
            if (diagnostic.code == code) {
                return diagnostic;
            }
        }
        return RESERVED;
    }

    /** Its code; for {@link #RESERVED} the least of them. */
    public int code() {
        return code;
    }
}
