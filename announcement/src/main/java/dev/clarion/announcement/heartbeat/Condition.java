package dev.clarion.announcement.heartbeat;

/** How one speaker sees another. Sent by ordinal: new ones go to the end. */
public enum Condition {
    /** Its speaker is heard, or somebody else hears it. */
    ALIVE,
    /** Its kernel answers and forwards, its speaker is silent, or not ready. */
    AWAY,
    /** Neither answers, and a second opinion agrees. */
    DEAD,
    /** Its speaker is heard, but it cannot be reached on a segment. */
    SEGMENT_DEAD,
    /** It said good-bye, or is no member any more. */
    LEFT
}
