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
    /** It keeps an address although the pool's selectors no longer match it. */
    ADDRESS_NOT_FOR_SERVICE("AddressNotForService"),
    /** It keeps an address that an edit took from the pool it asks for and gave to another. */
    ADDRESS_IN_OTHER_POOL("AddressInOtherPool"),
    /** It keeps an address that is reserved for another Service. */
    ADDRESS_RESERVED_FOR_OTHER("AddressReservedForOther"),
    /** It keeps an address that it may no longer share, until it can have another. */
    SHARING_ENDED("SharingEnded"),
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
    /** It asks for an address that its pool gives to nobody. */
    REQUESTED_ADDRESS_EXCLUDED("RequestedAddressExcluded"),
    /** It asks for an address that is reserved for another Service. */
    REQUESTED_ADDRESS_RESERVED("RequestedAddressReserved"),
    /** It asks for an address that another Service had until a short while ago. */
    REQUESTED_ADDRESS_RESTING("RequestedAddressResting"),
    /** It asks for an address that is kept for a Service that was deleted and may come back. */
    REQUESTED_ADDRESS_RETAINED("RequestedAddressRetained"),
    /** It asks for an address that it may not share with those who have it. */
    REQUESTED_ADDRESS_NOT_SHAREABLE("RequestedAddressNotShareable"),
    /** It asks for a pool, or for an address of a pool, whose selectors do not match it. */
    REQUESTED_POOL_NOT_FOR_SERVICE("RequestedPoolNotForService"),
    /** Its namespace has as many addresses as a quota lets it have. */
    QUOTA_EXHAUSTED("QuotaExhausted"),
    /** The address that is reserved for it was another's until a short while ago. */
    RESERVED_ADDRESS_RESTING("ReservedAddressResting"),
    /** A port that it now uses is another's on the address they shared, and there is no other address for it. */
    SHARING_COLLISION("SharingCollision"),
    /** The ledger is being put right; it is looked at again right after. */
    LEDGER_UNSETTLED("LedgerUnsettled"),
    /** Too many Services share addresses next to the one it was to have for one more to be entered in the ledger. */
    LEDGER_FULL("LedgerFull"),
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
    /** It has no load balancer class, and MetalLB, which serves those as well, runs in the cluster. */
    METALLB_PRESENT("MetalLBPresent"),
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
