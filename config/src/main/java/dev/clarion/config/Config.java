package dev.clarion.config;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configuration: immutable, in the order of the document. What {@link EffectiveConfig} holds has unique names within
 * each list, pools that do not overlap, and peers of different addresses; advertisements may name pools and peers that
 * do not exist (yet), which select nothing.
 *
 * @param ipAddressPools the pools
 * @param l2Advertisements what is announced on the local segment
 * @param bgpPeers the routers
 * @param bgpAdvertisements what is announced to routers
 */
public record Config(
        List<IpAddressPool> ipAddressPools,
        List<L2Advertisement> l2Advertisements,
        List<BgpPeer> bgpPeers,
        List<BgpAdvertisement> bgpAdvertisements) {
    /** Nothing configured. */
    public static final Config EMPTY = new Config(List.of(), List.of(), List.of(), List.of());

    public Config {
        ipAddressPools = List.copyOf(ipAddressPools);
        l2Advertisements = List.copyOf(l2Advertisements);
        bgpPeers = List.copyOf(bgpPeers);
        bgpAdvertisements = List.copyOf(bgpAdvertisements);
    }

    /** The entries, put into their lists in the order given. */
    static Config of(List<? extends ConfigEntry> entries) {
        List<IpAddressPool> pools = new ArrayList<>();
        List<L2Advertisement> l2 = new ArrayList<>();
        List<BgpPeer> peers = new ArrayList<>();
        List<BgpAdvertisement> bgp = new ArrayList<>();
        for (ConfigEntry entry : entries) {
            switch (entry) {
                case IpAddressPool pool -> pools.add(pool);
                case L2Advertisement advertisement -> l2.add(advertisement);
                case BgpPeer peer -> peers.add(peer);
                case BgpAdvertisement advertisement -> bgp.add(advertisement);
            }
        }
        return new Config(pools, l2, peers, bgp);
    }

    /** The pool that holds the address, whether or not it was ever assigned. */
    public Optional<IpAddressPool> poolOf(Ip ip) {
        return ipAddressPools.stream().filter(pool -> pool.contains(ip)).findFirst();
    }

    /** The pool of this name. */
    public Optional<IpAddressPool> pool(String name) {
        return ipAddressPools.stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    /** All entries, list by list. */
    public List<ConfigEntry> entries() {
        List<ConfigEntry> all = new ArrayList<>(ipAddressPools);
        all.addAll(l2Advertisements);
        all.addAll(bgpPeers);
        all.addAll(bgpAdvertisements);
        return List.copyOf(all);
    }
}
