package dev.clarion.arpndp;

/** How it stands with one interface of the intent. */
public enum InterfaceState {
    /** It does not exist, or is down: nothing can be heard. The announcer waits for it. */
    ABSENT,
    /** It is there, but cannot be opened or broke; tried again with growing pauses. */
    FAILED,
    /** Frames are received, and owned addresses answered. */
    OPEN,
    /** It is no longer part of the intent. */
    CLOSED
}
