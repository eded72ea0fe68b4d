package dev.clarion.announcement.ownership;

/** Why an owner hands an address over. A metric label, so the names stay as they are. */
public enum MoveReason {
    /** The speaker was told to hand over. */
    DRAINING,
    /** The node is excluded, unavailable, not selected, or no node any more. */
    NODE_INELIGIBLE,
    /** The node is being deleted, drained or shut down. */
    NODE_LEAVING,
    /** The node is cordoned, and another one is not. */
    CORDONED,
    /** The last endpoint on the node is gone ({@code externalTrafficPolicy: Local}). */
    NO_LOCAL_ENDPOINT,
    /** The last endpoint on the node is terminating ({@code externalTrafficPolicy: Local}), and others stay elsewhere. */
    LOCAL_ENDPOINT_LEAVING,
    /** The kernel has lost its rule for it. */
    DATA_PLANE_NOT_READY,
    /** The segment's gateways do not answer this node any more, and answer others. */
    GATEWAY_SILENT,
    /** Another node has, and could have, more of the addresses that belong together. */
    TOGETHER,
    /** The node has another address that is to be on another node, if possible. */
    APART,
    /** Another node is preferred by the configuration. */
    PREFERENCE,
    /** Other nodes own much less. */
    REBALANCE
}
