package dev.clarion.arpndp.wire;

/** Why bytes are not a message that this package knows; each is a check of RFC 826 or of RFC 4861 section 7.1. */
public enum Defect {
    /** Shorter than its headers or lengths say. */
    TRUNCATED,
    /** Neither ARP nor IPv6, or a VLAN tag that the interface should have taken off. */
    ETHER_TYPE,
    /** ARP for something else than IPv4 over Ethernet: hardware type, protocol type or their lengths. */
    ARP_ADDRESS_KIND,
    /** An ARP operation other than request and reply (RARP and the like). */
    ARP_OPERATION,
    /** The IP version is not 6. */
    IP_VERSION,
    /** The IPv6 next header is not ICMPv6. */
    NOT_ICMPV6,
    /** Hop limit other than 255: it came through a router, so it is not from this link. */
    HOP_LIMIT,
    /** The IPv6 source is a multicast address. */
    SOURCE_ADDRESS,
    /** ICMPv6 type other than neighbour solicitation (135) and advertisement (136). */
    ICMP_TYPE,
    /** ICMPv6 code other than 0. */
    ICMP_CODE,
    /** The ICMPv6 checksum does not fit. */
    CHECKSUM,
    /** The target is a multicast address. */
    TARGET_ADDRESS,
    /** An option of length 0, or one that runs past the end of the message. */
    OPTION_LENGTH,
    /** A solicitation from {@code ::} that is not sent to the solicited-node group of its target. */
    PROBE_DESTINATION,
    /** A solicitation from {@code ::} with a source link-layer address. */
    PROBE_WITH_LINK_LAYER,
    /** A solicited advertisement that is sent to a multicast address. */
    SOLICITED_TO_MULTICAST;

    /** Whether the bytes belong to another protocol: nothing is wrong with them, they only are nothing to us. */
    public boolean isOtherProtocol() {
        return this == ETHER_TYPE || this == NOT_ICMPV6 || this == ICMP_TYPE;
    }
}
