package dev.clarion.announcement.heartbeat;

/** What a speaker says of itself. Sent by ordinal: new ones go to the end. */
public enum NodeState {
    /** It has not yet asked who owns what, or has to ask again: it answers for nothing, so others stand in for it. */
    JOINING,
    /** It answers for what it owns. */
    ACTIVE,
    /** It answers, and hands over everything. */
    DRAINING,
    /** It is about to be replaced; its kernel forwards on, it comes back. */
    RESTARTING,
    /** It has given up everything and does not come back. */
    STOPPING;

    /** Whether it answers for what it owns. */
    public boolean answers() {
        return this == ACTIVE || this == DRAINING || this == RESTARTING;
    }
}
