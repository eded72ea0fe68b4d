package dev.clarion.bgp;

/** How a speaker goes. */
public enum StopMode {
    /** It will be back: TCP is closed without a NOTIFICATION, so that a router that keeps routes over restarts does. */
    RESTART,
    /** It stays away: routes are withdrawn, Cease "administrative shutdown" (6/2) is sent, and both are flushed. */
    SHUTDOWN
}
