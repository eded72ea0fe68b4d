package dev.clarion.linux;

/** What in a node's kernel gets in the way of announcing addresses by layer 2. */
public enum KernelFault {
    /**
     * An announced address is on the interface itself, so this kernel answers for it whoever owns it. Often left over
     * from another load balancer.
     */
    ADDRESS_ON_SEGMENT("remove the address from the interface; it must be on none"),
    /**
     * An announced IPv4 address is on another interface of the node (kube-proxy in IPVS mode puts it on kube-ipvs0), and
     * {@code arp_ignore} lets the kernel answer for it on this one: every node answers at once.
     */
    ARP_FOR_LOCAL_ADDRESS("set strictARP: true in kube-proxy's configuration, or net.ipv4.conf.all.arp_ignore=1"),
    /**
     * An announced IPv4 address is on another interface of the node, and {@code arp_announce} lets the kernel ask in its
     * name, which draws the traffic to this node.
     */
    ARP_FROM_LOCAL_ADDRESS("set strictARP: true in kube-proxy's configuration, or net.ipv4.conf.all.arp_announce=2"),
    /** The kernel answers ARP requests for addresses that it has a route to. */
    PROXY_ARP("turn proxy_arp and proxy_arp_pvlan off on this interface and in net.ipv4.conf.all"),
    /** The kernel answers neighbour solicitations for the addresses in its table of proxies. */
    PROXY_NDP(
            "turn proxy_ndp off on this interface and in net.ipv6.conf.all, or see that ip -6 neigh show proxy is empty"),
    /**
     * Strict reverse-path filtering on a node with several segments: traffic that comes in by another interface than the
     * route back leads to is dropped.
     */
    RP_FILTER_STRICT("set rp_filter to 2 (loose) on this interface and not 1 in net.ipv4.conf.all");

    private final String advice;

    KernelFault(String advice) {
        this.advice = advice;
    }

    /** What to do about it, in words. */
    public String advice() {
        return advice;
    }
}
