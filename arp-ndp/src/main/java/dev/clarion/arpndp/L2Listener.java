package dev.clarion.arpndp;

import dev.clarion.net.Ip;

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
     * The state of an interface changed, or what is wrong with it.
     *
     * @param interfaceName which
     * @param state its state now
     * @param detail what happened, in words that tell what to do; empty if there is nothing to say
     */
    default void stateChanged(String interfaceName, InterfaceState state, String detail) {}
}
