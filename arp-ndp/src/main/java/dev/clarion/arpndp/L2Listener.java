package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;

/**
 * Told what happens, for counters and logs. Called from the announcer's own threads, some of them for each frame: a
 * method must return at once and must not call the announcer. What it throws is dropped.
 */
public interface L2Listener {

    /** A listener that does not listen. */
    L2Listener NONE = new L2Listener() {};

    /**
     * A request was answered.
     *
     * @param interfaceName on which interface
     * @param address the owned address
     * @param requester who asked; unspecified (0.0.0.0 or ::) if it probed for duplicates
     */
    default void answered(String interfaceName, Ip address, Ip requester) {}

    /**
     * A frame was received and not answered.
     *
     * @param interfaceName on which interface
     * @param reason why
     */
    default void dropped(String interfaceName, DropReason reason) {}

    /**
     * An announcement was sent.
     *
     * @param interfaceName on which interface
     * @param address the owned address
     */
    default void announced(String interfaceName, Ip address) {}

    /**
     * A request was answered in the name of another node.
     *
     * @param interfaceName on which interface
     * @param address the other node's address
     * @param owner that node's link-layer address, which was answered
     * @param requester who asked; unspecified if it probed for duplicates
     */
    default void stoodIn(String interfaceName, Ip address, Mac owner, Ip requester) {}

    /**
     * A single neighbour was told of an owned address; its answer is awaited.
     *
     * @param interfaceName on which interface
     * @param address the owned address
     * @param neighbour a gateway, or a host that asked lately
     */
    default void told(String interfaceName, Ip address, Ip neighbour) {}

    /**
     * A neighbour that was told of an owned address answered to this interface, so it knows.
     *
     * @param interfaceName on which interface
     * @param address the owned address
     * @param neighbour who answered
     * @param gateway whether it is a gateway of the segment
     */
    default void acknowledged(String interfaceName, Ip address, Ip neighbour, boolean gateway) {}

    /**
     * Another host speaks as the owner of an address that is owned or caretaken here. It may be a node of the same
     * cluster that took the address over. Told once in 10 s for each link-layer address, of which at most four.
     *
     * @param interfaceName on which interface
     * @param address the address
     * @param mac the other host's link-layer address
     */
    default void conflict(String interfaceName, Ip address, Mac mac) {}

    /**
     * A host asks this interface alone, and not everybody, for an address that is not held here: so it believes that the
     * address is here, and sends what goes there to this node (RFC 4861 section 7.3.3; ARP alike).
     *
     * @param interfaceName on which interface
     * @param address the address
     * @param host who asks
     */
    default void straggler(String interfaceName, Ip address, Ip host) {}

    /**
     * A probe that {@link NeighbourAnnouncer#probe} began has ended.
     *
     * @param interfaceName on which interface
     * @param address the address probed for
     * @param result whether it is free
     */
    default void probed(String interfaceName, Ip address, ProbeResult result) {}

    /**
     * A kernel that {@link NeighbourAnnouncer#probeKernel} asks for has spoken. It is asked no more.
     *
     * @param interfaceName on which interface
     * @param target the address asked for
     * @param mac the link-layer address that has it
     */
    default void kernelAnswered(String interfaceName, Ip target, Mac mac) {}

    /**
     * A kernel that {@link NeighbourAnnouncer#probeKernel} asked for has not answered in time.
     *
     * @param interfaceName on which interface
     * @param target the address asked for
     * @param asked how often it was asked; 0 if it could not be, which says nothing about it
     */
    default void kernelSilent(String interfaceName, Ip target, int asked) {}

    /**
     * The state of an interface changed, or what is wrong with it.
     *
     * @param interfaceName which
     * @param state its state now
     * @param detail what happened, in words that tell what to do; empty if there is nothing to say
     */
    default void stateChanged(String interfaceName, InterfaceState state, String detail) {}
}
