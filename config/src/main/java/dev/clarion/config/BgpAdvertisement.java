package dev.clarion.config;

import java.util.List;

/**
 * Lets addresses be announced to BGP peers.
 *
 * @param name a DNS label, unique among BGP advertisements
 * @param ipAddressPools names of the pools whose addresses are announced; empty means every pool
 * @param peers names of the peers they are announced to; empty means every peer
 */
public record BgpAdvertisement(String name, List<String> ipAddressPools, List<String> peers) implements ConfigEntry {

    public BgpAdvertisement {
        ipAddressPools = List.copyOf(ipAddressPools);
        peers = List.copyOf(peers);
    }

    /** Whether addresses of the pool of this name are announced. */
    public boolean selects(String pool) {
        return ipAddressPools.isEmpty() || ipAddressPools.contains(pool);
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
