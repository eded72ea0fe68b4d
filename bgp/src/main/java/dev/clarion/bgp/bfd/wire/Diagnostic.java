package dev.clarion.bgp.bfd.wire;

/** Why a session last changed its state, as told to the peer (RFC 5880 section 4.1). In the order of the codes. */
public enum Diagnostic {
    /** Nothing went wrong since the session was last up. */
    NONE,
    /** Nothing was heard for the detection time. */
    CONTROL_DETECTION_TIME_EXPIRED,
    /** Echo packets did not come back. */
    ECHO_FUNCTION_FAILED,
    /** The neighbour said that its session is down. */
    NEIGHBOR_SIGNALED_SESSION_DOWN,
    /** The forwarding plane was reset. */
    FORWARDING_PLANE_RESET,
    /** The path is down, as known from elsewhere. */
    PATH_DOWN,
    /** A path that this one is made of is down. */
    CONCATENATED_PATH_DOWN,
    /** Held down by people or by the configuration. */
    ADMINISTRATIVELY_DOWN,
    /** A path in the other direction that this one is made of is down. */
    REVERSE_CONCATENATED_PATH_DOWN,
    /** A code, 9 to 31, that RFC 5880 keeps for later. Never sent. */
    RESERVED;

    private static final Diagnostic[] BY_CODE = values();

    /** The diagnostic with a code of five bits, 0 to 31. */
    public static Diagnostic of(int code) {
        return BY_CODE[Math.min(code, RESERVED.ordinal())];
    }

    int code() {
        return ordinal();
    }
}
