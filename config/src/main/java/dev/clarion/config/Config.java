package dev.clarion.config;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configuration: immutable, in the order of the document. What {@link EffectiveConfig} holds has unique names within
 * each list, pools that do not overlap, reservations without an address in common, peers of different addresses, and
 * every BFD profile and community that an entry names. Pools and peers that are named may not exist (yet); such a name
 * selects nothing.
 *
 * @param ipAddressPools the pools
 * @param l2Advertisements what is announced on the local segment
 * @param bgpPeers the routers
 * @param bgpAdvertisements what is announced to routers
 * @param bfdProfiles how peers are watched
 * @param communities names of communities
 * @param reservations addresses that are one Service's own
 * @param quotas how many addresses a namespace may have
 */
public record Config(
        List<IpAddressPool> ipAddressPools,
        List<L2Advertisement> l2Advertisements,
        List<BgpPeer> bgpPeers,
        List<BgpAdvertisement> bgpAdvertisements,
        List<BfdProfile> bfdProfiles,
        List<CommunityAlias> communities,
        List<Reservation> reservations,
        List<Quota> quotas) {
    /** Nothing configured. */
    public static final Config EMPTY = new Config(List.of(), List.of(), List.of(), List.of());

    public Config {
        ipAddressPools = List.copyOf(ipAddressPools);
        l2Advertisements = List.copyOf(l2Advertisements);
        bgpPeers = List.copyOf(bgpPeers);
        bgpAdvertisements = List.copyOf(bgpAdvertisements);
        bfdProfiles = List.copyOf(bfdProfiles);
        communities = List.copyOf(communities);
        reservations = List.copyOf(reservations);
        quotas = List.copyOf(quotas);
    }

    /** One that has no more than this. */
    public Config(
            List<IpAddressPool> ipAddressPools,
            List<L2Advertisement> l2Advertisements,
            List<BgpPeer> bgpPeers,
            List<BgpAdvertisement> bgpAdvertisements) {
        this(ipAddressPools, l2Advertisements, bgpPeers, bgpAdvertisements, List.of(), List.of(), List.of(), List.of());
    }

    /** The entries, put into their lists in the order given. */
    static Config of(List<? extends ConfigEntry> entries) {
        List<IpAddressPool> pools = new ArrayList<>();
        List<L2Advertisement> l2 = new ArrayList<>();
        List<BgpPeer> peers = new ArrayList<>();
        List<BgpAdvertisement> bgp = new ArrayList<>();
        List<BfdProfile> profiles = new ArrayList<>();
        List<CommunityAlias> communities = new ArrayList<>();
        List<Reservation> reservations = new ArrayList<>();
        List<Quota> quotas = new ArrayList<>();
        for (ConfigEntry entry : entries) {
            switch (entry) {
                case IpAddressPool pool -> pools.add(pool);
                case L2Advertisement advertisement -> l2.add(advertisement);
                case BgpPeer peer -> peers.add(peer);
                case BgpAdvertisement advertisement -> bgp.add(advertisement);
                case BfdProfile profile -> profiles.add(profile);
                case CommunityAlias alias -> communities.add(alias);
                case Reservation reservation -> reservations.add(reservation);
                case Quota quota -> quotas.add(quota);
            }
        }
        return new Config(pools, l2, peers, bgp, profiles, communities, reservations, quotas);
    }

    /** The pool whose ranges hold the address, whether or not it gives the address to anybody. */
    public Optional<IpAddressPool> poolOf(Ip ip) {
        return ipAddressPools.stream().filter(pool -> pool.covers(ip)).findFirst();
    }

    /** The pool of this name. */
    public Optional<IpAddressPool> pool(String name) {
        return named(ipAddressPools, name);
    }

    /** The BFD profile of this name. */
    public Optional<BfdProfile> bfdProfile(String name) {
        return named(bfdProfiles, name);
    }

    /** What the advertisement's routes are marked with, names replaced by what they stand for. */
    public List<Community.Value> communitiesOf(BgpAdvertisement advertisement) {
        return advertisement.communities().stream()
                .flatMap(community -> switch (community) {
                    case Community.Value value -> Optional.of(value).stream();
                    case Community.Alias(String name) -> named(communities, name).map(CommunityAlias::value).stream();
                })
                .distinct()
                .toList();
    }

    private static <E extends ConfigEntry> Optional<E> named(List<E> entries, String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** All entries, list by list. */
    public List<ConfigEntry> entries() {
        List<ConfigEntry> all = new ArrayList<>(ipAddressPools);
        all.addAll(reservations);
        all.addAll(quotas);
        all.addAll(l2Advertisements);
        all.addAll(bfdProfiles);
        all.addAll(bgpPeers);
        all.addAll(communities);
        all.addAll(bgpAdvertisements);
        return List.copyOf(all);
    }
}
