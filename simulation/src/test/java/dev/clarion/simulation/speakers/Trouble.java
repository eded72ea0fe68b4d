package dev.clarion.simulation.speakers;

/** What goes wrong in a run, counted for the summary. */
enum Trouble {
    /** A datagram, probe or announcement was lost. */
    LOST,
    /** A datagram came twice. */
    DUPLICATED,
    /** A datagram came much later than the one sent after it. */
    REORDERED,
    /** The segment was split in two, gateway on one side. */
    SEGMENT_SPLIT,
    /** The node network was split in two. */
    NODE_NETWORK_SPLIT,
    /** One node could not be heard by another, but the other way it went. */
    ONE_WAY,
    /** Datagrams were blocked, while ARP went on. */
    HEARTBEATS_BLOCKED,
    /** A node's carrier on the segment went. */
    LINK_DOWN,
    /** A node was a black hole: links up, nothing in or out. */
    BLACK_HOLE,
    /** A node was switched off. */
    NODE_DEAD,
    /** A node was started again. */
    NODE_BACK,
    /** A speaker was killed, and started again later. */
    CRASH,
    /** A speaker was replaced as in a rolling update. */
    RESTART,
    /** A speaker stood still. */
    PAUSE,
    /** A wall clock jumped. */
    CLOCK_JUMP,
    /** The API was away: no view changed, and who started read what it had kept. */
    API_OUTAGE,
    /** A new machine came, and the others learned later than it did that it is a member. */
    NEW_MEMBER,
    /** A node was no member any more, while its speaker went on. */
    MEMBER_REMOVED,
    /** One node did not hear the gateway any more. */
    GATEWAY_LOST,
    /** Endpoints, labels or Services changed. */
    VIEW_CHANGE,
    /** A node was drained. */
    DRAIN,
    /** A datagram of a newer version was sent, with fields and kinds that the others do not know. */
    NEWER_VERSION
}
