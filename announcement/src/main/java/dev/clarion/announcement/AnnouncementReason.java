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
    /** Advertisements select the pool, but they name no configured peer of the address's family. */
    NO_PEER,
    /** The Service has no endpoint that is ready or serving, on any node. */
    NO_ENDPOINT,
    /** There is no Node object of that name (any more). */
    NODE_UNKNOWN,
    /** The node's speaker has not been heard of for longer than its lease lasts. */
    SPEAKER_NOT_ALIVE,
    /** The node is labelled {@code node.kubernetes.io/exclude-from-external-load-balancers}. */
    NODE_EXCLUDED,
    /** The node's condition {@code NetworkUnavailable} is true. */
    NETWORK_UNAVAILABLE,
    /** The node has no usable interface in a network that holds the address. */
    NO_INTERFACE_IN_SUBNET,
    /** {@code externalTrafficPolicy: Local}, and the node has no endpoint of the Service. */
    NO_LOCAL_ENDPOINT,
    /** Services share the address, and other nodes serve more of them than this one. */
    OTHER_NODES_SERVE_MORE,
    /** The node could announce the address at layer 2, but another one was elected. */
    OTHER_NODE_OWNS,
    /** The node announces the address. */
    ANNOUNCED
}
