package dev.clarion.announcement.membership;

/** How a peer is on one path. */
enum Health {
    /** Heard, or vouched for. */
    FINE,
    /** Its kernel answers, its speaker does not. */
    AWAY,
    /** Nothing of it answers. */
    GONE
}
