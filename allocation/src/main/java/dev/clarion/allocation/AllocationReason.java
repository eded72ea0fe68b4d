package dev.clarion.allocation;

/**
 * Why a Service has the addresses it has, or has none. The same word is the condition's reason, the event's reason, the
 * metric's label and what {@code explain} prints.
 */
public enum AllocationReason {
    /** It has the addresses it wants. */
    ALLOCATED("Allocated"),
    /** It prefers both families and has one; for the other there is no free address. */
    ALLOCATED_ONE_FAMILY("AllocatedOneFamily"),
    /** It keeps an address that a pool no longer contains. */
    ADDRESS_OUTSIDE_POOLS("AddressOutsidePools"),
    /** It keeps its addresses although it asks for others, since those cannot be had. */
    REQUEST_NOT_MET("RequestNotMet"),

    /** It has no cluster IP yet, so its families are not known. */
    NO_CLUSTER_IP("NoClusterIP"),
    /** The configuration has no pool at all. */
    NO_POOLS("NoPools"),
    /** No pool that may serve it has a free address of a family it must have. */
    NO_FREE_ADDRESS("NoFreeAddress"),
    /** An annotation or {@code spec.loadBalancerIP} cannot be understood. */
    REQUEST_UNREADABLE("RequestUnreadable"),
    /** It asks for a pool that is not configured. */
    REQUESTED_POOL_UNKNOWN("RequestedPoolUnknown"),
    /** It asks for a pool that has no free address for it. */
    REQUESTED_POOL_EXHAUSTED("RequestedPoolExhausted"),
    /** It asks for an address that no pool contains. */
    REQUESTED_ADDRESS_OUTSIDE_POOLS("RequestedAddressOutsidePools"),
    /** It asks for an address that another Service has. */
    REQUESTED_ADDRESS_TAKEN("RequestedAddressTaken"),
    /** It asks for an address of a family that it has no cluster IP of. */
    REQUESTED_FAMILY_NOT_SERVED("RequestedFamilyNotServed"),
    /** It asks for a pool and for an address that lies in another pool. */
    REQUEST_CONTRADICTS("RequestContradicts"),

    /** Its status, written by other hands, names an address that another Service holds. */
    STATUS_ADDRESS_TAKEN("StatusAddressTaken"),
    /** Its status, written by other hands, names an address that no pool contains. */
    STATUS_ADDRESS_OUTSIDE_POOLS("StatusAddressOutsidePools"),
    /** Its status, written by other hands, names several addresses of one family. */
    STATUS_ADDRESS_SURPLUS("StatusAddressSurplus"),
    /** Its status, written by other hands, names something that is not an address. */
    STATUS_NOT_AN_ADDRESS("StatusNotAnAddress"),

    /** Its type is not LoadBalancer. */
    NOT_A_LOAD_BALANCER("NotALoadBalancer"),
    /** Its load balancer class belongs to another controller. */
    OTHER_CLASS("OtherClass"),
    /** It is being deleted and gets nothing new. */
    BEING_DELETED("BeingDeleted"),

    /** Of an address that is given back: the Service that held it no longer exists. */
    HOLDER_GONE("HolderGone"),
    /** Of an address that is given back: its holder uses another one in its place, or no longer this family. */
    REPLACED("Replaced");

    private final String word;

    AllocationReason(String word) {
        this.word = word;
    }

    /** The reason as Kubernetes writes reasons: one word in CamelCase. */
    public String word() {
        return word;
    }
}
