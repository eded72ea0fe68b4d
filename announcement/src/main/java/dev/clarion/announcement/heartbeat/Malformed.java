package dev.clarion.announcement.heartbeat;

/** A datagram that is not what it says it is; never leaves the package. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed() {
        super("malformed", null, false, false);
    }
}
