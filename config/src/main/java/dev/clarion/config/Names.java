package dev.clarion.config;

/** The names by which Clarion appears in the Kubernetes API. The one place where they are spelled. */
public final class Names {
    /** Namespace unless another one is asked for. */
    public static final String DEFAULT_NAMESPACE = "clarion-system";

    /** ConfigMap that users edit. */
    public static final String CONFIG_MAP = "clarion";
    /** Its key. */
    public static final String CONFIG_KEY = "config.yaml";
    /** ConfigMap that the controller publishes and speakers read. */
    public static final String EFFECTIVE_MAP = "clarion-effective";
    /** Its key. */
    public static final String EFFECTIVE_KEY = "effective.yaml";
    /** What the names of the ledger's ConfigMaps begin with; the shard's network follows. */
    public static final String LEDGER_MAP_PREFIX = "clarion-ledger-";
    /** What the names of the nodes' status ConfigMaps begin with; the node's name follows. */
    public static final String NODE_MAP_PREFIX = "clarion-node-";

    /** Lease that the leading controller holds. */
    public static final String CONTROLLER_LEASE = "clarion-controller";
    /** What the names of the speakers' Leases begin with; the node's name follows. */
    public static final String SPEAKER_LEASE_PREFIX = "clarion-speaker-";

    /** Secret with the keys that speakers sign their heartbeats with; the controller makes it if it is missing. */
    public static final String HEARTBEAT_SECRET = "clarion-heartbeat";
    /** Its entry that signs; all others are accepted. */
    public static final String HEARTBEAT_KEY = "key";

    /** {@code spec.loadBalancerClass} of Services that are Clarion's whatever else runs in the cluster. */
    public static final String LOAD_BALANCER_CLASS = "clarion.dev/loadbalancer";
    /** Annotation on a Service: the pool that it wants. */
    public static final String POOL_ANNOTATION = "clarion.dev/address-pool";
    /** Annotation on a Service: the addresses that it wants, parted by commas. */
    public static final String ADDRESSES_ANNOTATION = "clarion.dev/addresses";
    /** Annotation on a Service: Services of one key may share an address. */
    public static final String SHARING_KEY_ANNOTATION = "clarion.dev/sharing-key";
    /** Annotation on a Service: addresses of Services of one namespace that name the same group are kept on different nodes. */
    public static final String ANTI_AFFINITY_ANNOTATION = "clarion.dev/anti-affinity";
    /** Annotation on a Service, written by the controller: the pool that its address came from. */
    public static final String ALLOCATED_FROM_ANNOTATION = "clarion.dev/allocated-from";

    /** Condition on a Service: whether it has what it asked for, or why not. */
    public static final String ALLOCATED_CONDITION = "clarion.dev/Allocated";
    /** Condition on a Service: from which nodes its addresses are announced, or why from none. */
    public static final String ANNOUNCED_CONDITION = "clarion.dev/Announced";

    /** The name under which our fields are managed, and the reporting controller of our events. */
    public static final String FIELD_MANAGER = "clarion";

    private Names() {}

    /** The ConfigMap in which the speaker of this node reports. */
    public static String nodeMap(String node) {
        return NODE_MAP_PREFIX + node;
    }

    /** The Lease by which the speaker of this node shows that it lives. */
    public static String speakerLease(String node) {
        return SPEAKER_LEASE_PREFIX + node;
    }
}
