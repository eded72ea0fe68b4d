package dev.clarion.announcement.flows;

/** What became of connections at the new owner. It is sent, so the order is part of the protocol; new ones go to the end. */
public enum FlowReason {
    /** They are sent on to their home. */
    KEPT,
    /** There is no room for all of them. */
    NO_ROOM,
    /** Their home cannot be reached on the segment. */
    NO_NEXT_HOP,
    /** The new owner does not forward what comes in there. */
    NOT_FORWARDING,
    /** The address is on the new owner itself, as in IPVS mode. */
    ADDRESS_ON_NODE,
    /** No Service has the address, as the new owner knows it. */
    UNKNOWN_ADDRESS,
    /** The kernel of the new owner refused. */
    REFUSED
}
