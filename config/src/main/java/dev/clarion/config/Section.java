package dev.clarion.config;

/** The lists that make up a configuration, in the order in which they are written. */
public enum Section {
    /** {@link IpAddressPool}s. */
    IP_ADDRESS_POOLS("ipAddressPools"),
    /** {@link Reservation}s. */
    RESERVATIONS("reservations"),
    /** {@link Quota}s. */
    QUOTAS("quotas"),
    /** {@link L2Advertisement}s. */
    L2_ADVERTISEMENTS("l2Advertisements"),
    /** {@link BfdProfile}s. */
    BFD_PROFILES("bfdProfiles"),
    /** {@link BgpPeer}s. */
    BGP_PEERS("bgpPeers"),
    /** {@link CommunityAlias}es. */
    COMMUNITIES("communities"),
    /** {@link BgpAdvertisement}s. */
    BGP_ADVERTISEMENTS("bgpAdvertisements");

    private final String key;

    Section(String key) {
        this.key = key;
    }

    /** The key of the list in {@code config.yaml}. */
    public String key() {
        return key;
    }
}
