package dev.clarion.config;

import java.util.List;

/**
 * Lets addresses be announced on the local segment by ARP and NDP.
 *
 * @param name unique among layer 2 advertisements
 * @param ipAddressPools names of the pools whose addresses are announced; see {@link #selects(IpAddressPool)}
 * @param ipAddressPoolSelectors labels of further such pools
 * @param nodeSelectors labels of the nodes that may announce; empty means every node
 * @param interfaces names of the interfaces to announce on; empty means every interface that suits the address
 * @param serviceSelectors labels of the Services whose addresses are announced; empty means every Service
 * @param preferredNodeSelectors nodes to prefer among those that may announce
 */
public record L2Advertisement(
        String name,
        List<String> ipAddressPools,
        List<LabelSelector> ipAddressPoolSelectors,
        List<LabelSelector> nodeSelectors,
        List<String> interfaces,
        List<LabelSelector> serviceSelectors,
        List<Preference> preferredNodeSelectors)
        implements ConfigEntry {

    public L2Advertisement {
        ipAddressPools = List.copyOf(ipAddressPools);
        ipAddressPoolSelectors = List.copyOf(ipAddressPoolSelectors);
        nodeSelectors = List.copyOf(nodeSelectors);
        interfaces = List.copyOf(interfaces);
        serviceSelectors = List.copyOf(serviceSelectors);
        preferredNodeSelectors = List.copyOf(preferredNodeSelectors);
    }

    /** One that says no more than this. */
    public L2Advertisement(String name, List<String> ipAddressPools) {
        this(name, ipAddressPools, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Prefers nodes.
     *
     * @param weight 1 to {@link #MAX_WEIGHT}; those of all preferences that match a node add up
     * @param preference labels of the nodes
     */
    public record Preference(int weight, LabelSelector preference) {
        /** The heaviest weight. */
        public static final int MAX_WEIGHT = 100;
    }

    /** Whether a pool that is known by its name only is selected: by its name, or since every pool is. */
    public boolean selects(String pool) {
        return PoolChoice.selects(ipAddressPools, ipAddressPoolSelectors, pool);
    }

    /** Whether addresses of the pool are announced: it is named, or selected, or nothing says which pools are. */
    public boolean selects(IpAddressPool pool) {
        return PoolChoice.selects(ipAddressPools, ipAddressPoolSelectors, pool);
    }

    @Override
    public Section section() {
        return Section.L2_ADVERTISEMENTS;
    }
}
