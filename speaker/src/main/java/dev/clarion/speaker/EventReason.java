package dev.clarion.speaker;

/** The reasons of the events that speakers record; what to do about each is in docs/events.md. */
enum EventReason {
    /** On a Service: this node announces its address now. The word is MetalLB's. */
    NODE_ASSIGNED("nodeAssigned"),
    /** On a Service: a host that is none of the cluster's has the address, so that nobody here announces it. */
    ADDRESS_IN_USE("addressInUse"),
    /** On a Node: a host that is none of the cluster's uses an address that this node announces. */
    ADDRESS_CONFLICT("addressConflict"),
    /** On a Node: its kernel is set up so that answers are spoilt. */
    KERNEL_IN_THE_WAY("kernelInTheWay"),
    /** On a Node: a router takes its routes now. */
    BGP_SESSION_UP("bgpSessionUp"),
    /** On a Node: a router took its routes, and does no longer. */
    BGP_SESSION_DOWN("bgpSessionDown");

    private final String word;

    EventReason(String word) {
        this.word = word;
    }

    /** One word, as it stands in the event. */
    String word() {
        return word;
    }
}
