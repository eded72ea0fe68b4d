package dev.clarion.announcement.heartbeat;

/** What became of a datagram. */
public sealed interface Decoded {
    /** It is genuine and understood. */
    record Accepted(Envelope envelope) implements Decoded {}

    /** It is not. */
    record Dropped(DropReason reason) implements Decoded {}
}
