package dev.clarion.config;

import java.util.List;

/**
 * Lets addresses be announced to BGP peers.
 *
 * @param name unique among BGP advertisements
 * @param ipAddressPools names of the pools whose addresses are announced; see {@link #selects(IpAddressPool)}
 * @param ipAddressPoolSelectors labels of further such pools
 * @param aggregationLength length of the prefix that an IPv4 address is announced in, 1 to 32
 * @param aggregationLengthV6 the same for IPv6, 1 to 128
 * @param localPref LOCAL_PREF on sessions within an AS, 0 to 4294967295; 0 means that nothing particular is asked
 * @param communities what the routes are marked with
 * @param peers names of the peers they are announced to; empty means every peer
 * @param nodeSelectors labels of the nodes that announce; empty means every node
 * @param serviceSelectors labels of the Services whose addresses are announced; empty means every Service
 * @param weightByEndpoints whether routers are told how many endpoints of an address a node serves; of addresses by
 *     themselves only
 */
public record BgpAdvertisement(
        String name,
        List<String> ipAddressPools,
        List<LabelSelector> ipAddressPoolSelectors,
        int aggregationLength,
        int aggregationLengthV6,
        long localPref,
        List<Community> communities,
        List<String> peers,
        List<LabelSelector> nodeSelectors,
        List<LabelSelector> serviceSelectors,
        boolean weightByEndpoints)
        implements ConfigEntry {
    /** One IPv4 address by itself. */
    public static final int HOST_LENGTH = 32;
    /** One IPv6 address by itself. */
    public static final int HOST_LENGTH_V6 = 128;

    public BgpAdvertisement {
        ipAddressPools = List.copyOf(ipAddressPools);
        ipAddressPoolSelectors = List.copyOf(ipAddressPoolSelectors);
        communities = List.copyOf(communities);
        peers = List.copyOf(peers);
        nodeSelectors = List.copyOf(nodeSelectors);
        serviceSelectors = List.copyOf(serviceSelectors);
    }

    /** One without weights. */
    public BgpAdvertisement(
            String name,
            List<String> ipAddressPools,
            List<LabelSelector> ipAddressPoolSelectors,
            int aggregationLength,
            int aggregationLengthV6,
            long localPref,
            List<Community> communities,
            List<String> peers,
            List<LabelSelector> nodeSelectors,
            List<LabelSelector> serviceSelectors) {
        this(
                name,
                ipAddressPools,
                ipAddressPoolSelectors,
                aggregationLength,
                aggregationLengthV6,
                localPref,
                communities,
                peers,
                nodeSelectors,
                serviceSelectors,
                false);
    }

    /** One that says no more than this. */
    public BgpAdvertisement(String name, List<String> ipAddressPools, List<String> peers) {
        this(name, ipAddressPools, List.of(), HOST_LENGTH, HOST_LENGTH_V6, 0, List.of(), peers, List.of(), List.of());
    }

    /** Whether a pool that is known by its name only is selected: by its name, or since every pool is. */
    public boolean selects(String pool) {
        return PoolChoice.selects(ipAddressPools, ipAddressPoolSelectors, pool);
    }

    /** Whether addresses of the pool are announced: it is named, or selected, or nothing says which pools are. */
    public boolean selects(IpAddressPool pool) {
        return PoolChoice.selects(ipAddressPools, ipAddressPoolSelectors, pool);
    }

    /** Whether the peer of this name hears of them. */
    public boolean reaches(String peer) {
        return peers.isEmpty() || peers.contains(peer);
    }

    @Override
    public Section section() {
        return Section.BGP_ADVERTISEMENTS;
    }
}
