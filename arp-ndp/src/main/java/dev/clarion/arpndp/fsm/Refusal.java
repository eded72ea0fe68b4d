package dev.clarion.arpndp.fsm;

/** Why a received frame is not answered. */
public enum Refusal {
    /** The bytes are not a valid ARP packet or neighbour message. */
    MALFORMED,
    /** Neither ARP nor a neighbour message: what came in between the opening of an interface and its filter. */
    OTHER_PROTOCOL,
    /** A reply or an advertisement. */
    NOT_REQUEST,
    /** It asks for an address that this node does not own on this interface. The usual case. */
    NOT_OURS,
    /** The interface is gone, so there is no link-layer address to answer with. */
    NO_LINK,
    /** It carries this interface's own link-layer address as its sender. */
    OWN_FRAME,
    /** The sender's addresses are impossible (multicast, all zero), or ARP and Ethernet disagree on them. */
    BAD_SOURCE,
    /** It is addressed to another host; seen because something put the interface into promiscuous mode. */
    OTHER_HOST,
    /** Another host announces an address that this node owns, or uses it as its own. */
    CLAIMED_BY_OTHER,
    /** The node that this one stands in for announces its address itself. */
    BY_OWNER,
    /** The deadline up to which answers may be given has passed: the process was frozen or its loop hangs. */
    FENCED,
    /** The frame waited too long before it was read; the answer may no longer be right. */
    STALE_FRAME
}
