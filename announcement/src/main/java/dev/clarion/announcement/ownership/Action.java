package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.membership.Probe;
import dev.clarion.net.Ip;
import java.util.List;

/** What a step wants done, in the order of its list. */
public sealed interface Action {
    /**
     * Send a datagram.
     *
     * @param node to whom
     * @param to to which of that node's addresses
     */
    record Send(String node, Ip to, Envelope envelope) implements Action {}

    /** Ask a kernel, once. */
    record ProbeKernel(Probe probe) implements Action {}

    /** Ask the gateways of a segment, or any host known there, once. */
    record ProbeSegment(String interfaceName) implements Action {}

    /** Announce addresses that this node owns, on the interface where it answers for them. */
    record Announce(String interfaceName, List<Ip> addresses, ClaimReason reason) implements Action {}

    /** Addresses of this node go to another; for the log. */
    record Moving(List<Ip> addresses, String to, MoveReason reason) implements Action {}

    /** An address that this node owned is another's now. */
    record Lost(Ip address, String to) implements Action {}

    /** A datagram did not count. */
    record Dropped(String sender, DropReason reason) implements Action {}

    /** This node stood still for so many nanoseconds, or was cut off, and asks before it answers again. */
    record Fenced(long nanos) implements Action {}

    /** Everything is handed over that can be. */
    record Drained() implements Action {}
}
