package dev.clarion.announcement.ownership;

import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Parcel;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.membership.Member;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.List;
import java.util.Set;

/** What can happen. */
public sealed interface Event {
    /** Time passed; due no later than the last step's {@link Step#wakeAt}. */
    record Tick() implements Event {}

    /** The nodes that have a speaker, this one among them, from the API or remembered on the node. */
    record Members(List<Member> members) implements Event {}

    /** Services, nodes and configuration; the view's speakers and links are not looked at. */
    record View(NodeView view) implements Event {}

    /** This node's interfaces: all that may carry addresses, whether usable now or not. */
    record Interfaces(List<Segment> segments) implements Event {}

    /**
     * A genuine datagram.
     *
     * @param envelope what it says
     * @param at the address of ours that it was sent to
     */
    record Received(Envelope envelope, Ip at) implements Event {}

    /**
     * A kernel answered a probe.
     *
     * @param interfaceName where; empty for a probe without interface
     */
    record KernelAnswered(String node, String interfaceName) implements Event {}

    /** Somebody answered a probe for an address that this node stands in for. */
    record OwnerAnswered(Ip address, Mac mac) implements Event {}

    /** A gateway, or any host that is no member, was heard on an interface of ours. */
    record SegmentHeard(String interfaceName) implements Event {}

    /** Somebody announced an address as his: a gratuitous ARP or an unsolicited advertisement, not an answer. */
    record AddressSeen(Ip address, Mac mac) implements Event {}

    /**
     * The addresses that this node's kernel has no rule for (yet). Where that cannot be seen, this never comes, and hand-overs
     * go on without knowing.
     */
    record DataPlane(Set<Ip> missing) implements Event {}

    /** The segment's gateway answered, or was heard to ask. */
    record GatewayAnswered(String interfaceName) implements Event {}

    /** A host still sends to this node what goes to an address that was handed over. */
    record StragglerSeen(Ip address, Ip host) implements Event {}

    /** Whether this node can keep connections alive through a hand-over, see {@link Action.KeepFlows}. */
    record FlowKeeping(boolean able) implements Event {}

    /** The answer to {@link Action.KeepFlows}: the hand-over goes on. */
    record FlowsSettled(long move, FlowOutcome outcome) implements Event {}

    /** Something is to be sent to the core's surroundings on another node, see {@link Action.Deliver}. */
    record Post(String node, Parcel parcel) implements Event {}

    /** The addresses that a foreign host answers for. */
    record Quarantine(Set<Ip> addresses) implements Event {}

    /** This speaker is to hand over all it owns; {@link Action.Drained} says when that is done. */
    record Drain() implements Event {}

    /** This speaker is about to end, and comes back. */
    record Restarting() implements Event {}

    /** This speaker is about to end and does not come back: it gives up what it still owns. */
    record Leave() implements Event {}

    /** Somebody asks for addresses to be spread evenly now. */
    record Rebalance() implements Event {}
}
