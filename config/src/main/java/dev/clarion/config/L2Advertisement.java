package dev.clarion.config;

import java.util.List;

/**
 * Lets addresses be announced on the local segment by ARP and NDP.
 *
 * @param name a DNS label, unique among layer 2 advertisements
 * @param ipAddressPools names of the pools whose addresses are announced; empty means every pool
 */
public record L2Advertisement(String name, List<String> ipAddressPools) implements ConfigEntry {

    public L2Advertisement {
        ipAddressPools = List.copyOf(ipAddressPools);
    }

    /** Whether addresses of the pool of this name are announced. */
    public boolean selects(String pool) {
        return ipAddressPools.isEmpty() || ipAddressPools.contains(pool);
    }

    @Override
    public Section section() {
        return Section.L2_ADVERTISEMENTS;
    }
}
