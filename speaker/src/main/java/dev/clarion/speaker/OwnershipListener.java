package dev.clarion.speaker;

import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.ownership.ClaimReason;
import dev.clarion.announcement.ownership.FlowOutcome;
import dev.clarion.announcement.ownership.MoveReason;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.time.Duration;
import java.util.List;

/** Told what ownership does, for counters, logs and events. Called from its thread; returns at once. */
interface OwnershipListener {
    /** A datagram went out, or could not. */
    void sent(boolean successfully);

    /** A genuine datagram came in. */
    void received();

    /** A datagram did not count. */
    void dropped(DropReason reason);

    /** This node owns addresses from now on, or announces them again. */
    void claimed(String interfaceName, List<Ip> addresses, ClaimReason reason);

    /** This node hands addresses over. */
    void moving(List<Ip> addresses, String to, MoveReason reason);

    /** The other node was told to take over: whether its kernel is known to have the rules, and connections survive. */
    void committed(List<Ip> addresses, String to, boolean rules, FlowOutcome flows);

    /** All other speakers that are there say that this node is no member. */
    void notRecognised(List<String> by);

    /** An address of this node is another's now. */
    void lost(Ip address, String to);

    /** This node stood still, or was cut off, and asks before it answers again. */
    void fenced(Duration gap);

    /** A foreign host has an address, or speaks for one that is ours. */
    void foreign(String interfaceName, Ip address, Mac mac, boolean quarantined);

    /** A step of the core failed, which is a defect. */
    void failed(RuntimeException defect);

    /** Something that others look at changed: owners, reasons, quarantines. */
    void decided();
}
