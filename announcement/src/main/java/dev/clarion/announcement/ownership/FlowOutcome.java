package dev.clarion.announcement.ownership;

/** Whether connections survive a hand-over. A metric label, so the names stay as they are. */
public enum FlowOutcome {
    /** One of the two nodes cannot, or is not to, keep them. */
    NOT_ASKED,
    /** The new owner sends on what belongs to them. */
    KEPT,
    /** There were none. */
    NONE,
    /** It was tried, and did not work. */
    FAILED,
    /** It took too long, and the hand-over went on without. */
    LATE
}
