package dev.clarion.bgp.bfd.fsm;

/** Whether we, and not the peer, may be why nothing was heard. */
public enum Pause {
    /** We have listened all the time since the last packet. */
    NONE,
    /** We were late since the last packet: silence gets one interval more before it counts. */
    NOTICED,
    /** That interval is running. */
    CREDITED
}
