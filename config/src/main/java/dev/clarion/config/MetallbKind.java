package dev.clarion.config;

import java.util.List;
import java.util.Optional;

/** The kinds of group {@code metallb.io} that are configuration, and what each becomes. */
public enum MetallbKind {
    /** Becomes an {@link IpAddressPool}. */
    IP_ADDRESS_POOL("IPAddressPool", "ipaddresspools", Section.IP_ADDRESS_POOLS),
    /** Becomes an {@link L2Advertisement}. */
    L2_ADVERTISEMENT("L2Advertisement", "l2advertisements", Section.L2_ADVERTISEMENTS),
    /** Becomes a {@link BgpAdvertisement}. */
    BGP_ADVERTISEMENT("BGPAdvertisement", "bgpadvertisements", Section.BGP_ADVERTISEMENTS),
    /** Becomes a {@link BgpPeer}. */
    BGP_PEER("BGPPeer", "bgppeers", Section.BGP_PEERS),
    /** Becomes a {@link BfdProfile}. */
    BFD_PROFILE("BFDProfile", "bfdprofiles", Section.BFD_PROFILES),
    /** Becomes a {@link CommunityAlias} for each name in it. */
    COMMUNITY("Community", "communities", Section.COMMUNITIES);

    /** Their API group. */
    public static final String GROUP = "metallb.io";

    private final String kind;
    private final String plural;
    private final Section section;

    MetallbKind(String kind, String plural, Section section) {
        this.kind = kind;
        this.plural = plural;
        this.section = section;
    }

    /** As an object says it: {@code IPAddressPool}. */
    public String kind() {
        return kind;
    }

    /** As paths have it: {@code ipaddresspools}. */
    public String plural() {
        return plural;
    }

    /** The list that its entries belong to. */
    public Section section() {
        return section;
    }

    /** The versions that can be read, the one to prefer first. */
    public List<String> versions() {
        return this == BGP_PEER ? List.of("v1beta2", "v1beta1") : List.of("v1beta1");
    }

    /** The name of its definition: {@code ipaddresspools.metallb.io}. */
    public String definition() {
        return plural + "." + GROUP;
    }

    /** The kind that calls itself so. */
    public static Optional<MetallbKind> of(String kind) {
        for (MetallbKind one : values()) {
            if (one.kind.equals(kind)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
