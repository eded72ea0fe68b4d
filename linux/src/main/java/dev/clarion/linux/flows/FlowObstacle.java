package dev.clarion.linux.flows;

/** Why connections cannot be kept. A metric label, so the names stay as they are. */
public enum FlowObstacle {
    /** The process may not change the network. */
    NO_NET_ADMIN("no NET_ADMIN: apply the overlay deploy/overlays/keep-flows"),
    /** The kernel does not track connections, or does not tell of them. */
    NO_CONNTRACK("the kernel has no nf_conntrack_netlink: load the module"),
    /** The kernel has no nf_tables, or not with what is needed. */
    NO_NF_TABLES("the kernel's nf_tables lacks sets with time-outs, notrack or the inet family: load nf_tables"),
    /** The kernel has no rules for routing. */
    NO_POLICY_ROUTING("the kernel is built without policy routing (IP_MULTIPLE_TABLES, IPV6_MULTIPLE_TABLES)");

    private final String text;

    FlowObstacle(String text) {
        this.text = text;
    }

    /** What is in the way and what to do about it, in words. */
    public String text() {
        return text;
    }
}
