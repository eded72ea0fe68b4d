package dev.clarion.announcement;

/**
 * Why a node announces an address, or why it does not. The first that applies, in the order below, is the one given.
 * The same reason is the log line, the event, the metric's label and what the state endpoint shows.
 */
public enum AnnouncementReason {
    /** The Service names a load balancer class that is not Clarion's. */
    NOT_OUR_CLASS,
    /**
     * The Service names no load balancer class, and the controller has not noted that it took its addresses on: another
     * product may serve it, as MetalLB does while it runs.
     */
    NOT_TAKEN_ON,
    /** No pool of the effective configuration holds the address, and the controller noted none for it. */
    ADDRESS_NOT_IN_POOL,
    /** No advertisement of this kind selects the address's pool. */
    NO_ADVERTISEMENT,
    /** Advertisements select the pool, but they name no configured peer of the address's family that this node has. */
    NO_PEER,
    /** The Service has no endpoint that is ready or serving, on any node. */
    NO_ENDPOINT,
    /** There is no Node object of that name (any more). */
    NODE_UNKNOWN,
    /** The node's speaker is not heard, and neither does its kernel answer; or it was never heard. */
    SPEAKER_NOT_ALIVE,
    /** The node's speaker is silent or not ready yet, but its kernel answers and forwards. */
    SPEAKER_AWAY,
    /**
     * The node's speaker is there, but others do not have it in their lists of members (yet): it answers for nothing if
     * that is all of them, and takes over last if it is some.
     */
    MEMBER_UNKNOWN,
    /** The node's speaker takes its leave: it hands over what it owns, or has. */
    SPEAKER_LEAVING,
    /** The node is labelled {@code node.kubernetes.io/exclude-from-external-load-balancers}. */
    NODE_EXCLUDED,
    /** The node's condition {@code NetworkUnavailable} is true. */
    NETWORK_UNAVAILABLE,
    /** Advertisements select the address's pool, but none of them this node. */
    NODE_NOT_SELECTED,
    /** The node is being deleted, drained or shut down: it hands over. */
    NODE_LEAVING,
    /** The node has no usable interface in a network that holds the address. */
    NO_INTERFACE_IN_SUBNET,
    /** The node cannot be reached on the segment of the address, or sees nobody there itself. */
    SEGMENT_UNREACHABLE,
    /** The gateways of the segment do not answer this node any more, and do answer another one: it is the last choice. */
    GATEWAY_SILENT,
    /** {@code externalTrafficPolicy: Local}, and the node has no endpoint of the Service. */
    NO_LOCAL_ENDPOINT,
    /** The node's kernel has no rule for the address yet. */
    DATA_PLANE_NOT_READY,
    /** A host that is none of the cluster's answers for the address. */
    QUARANTINED,
    /** Services share the address, and other nodes serve more of them than this one. */
    OTHER_NODES_SERVE_MORE,
    /** The node could announce the address at layer 2, but another one owns it. */
    OTHER_NODE_OWNS,
    /** The address has no owner: this node or a more preferred one is about to claim it. */
    CLAIM_PENDING,
    /** The node answers in the name, and with the hardware address, of the owner, whose speaker is away. */
    STANDS_IN,
    /** The node announces the address. */
    ANNOUNCED
}
