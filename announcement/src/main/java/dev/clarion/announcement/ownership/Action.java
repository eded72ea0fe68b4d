package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Parcel;
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

    /** Ask for an address that this node stands in for, once, as a client would. */
    record ProbeOwner(String interfaceName, Ip address) implements Action {}

    /** Ask the gateways of a segment, or any host known there, once. */
    record ProbeSegment(String interfaceName) implements Action {}

    /** Ask the gateways of a segment, each once; nothing, where there are none. */
    record ProbeGateways(String interfaceName) implements Action {}

    /** Announce addresses that this node owns, on the interface where it answers for them. */
    record Announce(String interfaceName, List<Ip> addresses, ClaimReason reason) implements Action {}

    /** Addresses of this node go to another; for the log. */
    record Moving(List<Ip> addresses, String to, MoveReason reason) implements Action {}

    /**
     * Make connections to these addresses survive their hand-over to this node, whose surroundings say that they can. To be
     * answered with {@link Event.FlowsSettled} within two seconds; then the hand-over goes on, whatever became of it.
     */
    record KeepFlows(long move, List<Ip> addresses, String to) implements Action {}

    /** Something came from another node for the core's surroundings; of its hand-over, not of ours. */
    record Deliver(String from, Parcel parcel) implements Action {}

    /**
     * The other is told to take over now.
     *
     * @param rules whether its kernel is known to have the rules; false where that cannot be seen
     * @param flows whether connections survive
     */
    record Committed(List<Ip> addresses, String to, boolean rules, FlowOutcome flows) implements Action {}

    /** Tell one host that an address is ours. */
    record Tell(String interfaceName, Ip address, Ip host) implements Action {}

    /** All other speakers that are there say that this node is no member: it stops answering, and asks again and again. */
    record NotRecognised(List<String> by) implements Action {}

    /** An address that this node owned is another's now. */
    record Lost(Ip address, String to) implements Action {}

    /** A datagram did not count. */
    record Dropped(String sender, DropReason reason) implements Action {}

    /** This node stood still for so many nanoseconds, or was cut off, and asks before it answers again. */
    record Fenced(long nanos) implements Action {}

    /** Everything is handed over that can be. */
    record Drained() implements Action {}
}
