package dev.clarion.config;

/** One entry of one of the lists of a configuration. */
public sealed interface ConfigEntry
        permits IpAddressPool,
                Reservation,
                Quota,
                L2Advertisement,
                BfdProfile,
                BgpPeer,
                CommunityAlias,
                BgpAdvertisement {

    /** The name, unique within its list. */
    String name();

    /** The list it belongs to. */
    Section section();

    /** What identifies it over time. */
    default EntryKey key() {
        return new EntryKey(section(), name());
    }
}
