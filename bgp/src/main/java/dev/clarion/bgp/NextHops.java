package dev.clarion.bgp;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Optional;

/**
 * Addresses of this node at which traffic for its routes may arrive.
 *
 * @param ipv4 for those who reach it by IPv4
 * @param ipv6 for those who reach it by IPv6; not link-local, which is of use on one segment only
 */
public record NextHops(Optional<Ip> ipv4, Optional<Ip> ipv6) {
    /** Left to the session. */
    public static final NextHops NONE = new NextHops(Optional.empty(), Optional.empty());

    /** Throws IllegalArgumentException when an address is of the wrong family or link-local. */
    public NextHops {
        ipv4.ifPresent(hop -> require(hop, IpFamily.IPV4));
        ipv6.ifPresent(hop -> require(hop, IpFamily.IPV6));
    }

    /** The address of a family. */
    Optional<Ip> of(IpFamily family) {
        return switch (family) {
            case IPV4 -> ipv4;
            case IPV6 -> ipv6;
        };
    }

    private static void require(Ip hop, IpFamily family) {
        boolean linkLocal = family == IpFamily.IPV6 && hop.isLinkLocal();
        if (hop.family() != family || linkLocal || hop.isUnspecified() || hop.isMulticast()) {
            throw new IllegalArgumentException(hop + " cannot be the next hop of " + family + " routes everywhere");
        }
    }
}
