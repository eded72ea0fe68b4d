package dev.clarion.bgp.wire;

import dev.clarion.net.IpFamily;
import java.util.Optional;

/**
 * An address family of multiprotocol BGP (RFC 4760 section 3). Any pair of numbers is one; two are understood.
 *
 * @param afi address family identifier, 16 bits
 * @param safi subsequent address family identifier, 8 bits
 */
public record Family(int afi, int safi) {
    /** IPv4 unicast. */
    public static final Family IPV4_UNICAST = new Family(1, 1);

    /** IPv6 unicast. */
    public static final Family IPV6_UNICAST = new Family(2, 1);

    /** The unicast family of these addresses. */
    public static Family unicast(IpFamily addresses) {
        return switch (addresses) {
            case IPV4 -> IPV4_UNICAST;
            case IPV6 -> IPV6_UNICAST;
        };
    }

    /** The addresses of a unicast family; empty for every other family. */
    public Optional<IpFamily> addresses() {
        if (equals(IPV4_UNICAST)) {
            return Optional.of(IpFamily.IPV4);
        }
        return equals(IPV6_UNICAST) ? Optional.of(IpFamily.IPV6) : Optional.empty();
    }

    /** For people. */
    @Override
    public String toString() {
        if (equals(IPV4_UNICAST)) {
            return "IPv4 unicast";
        }
        return equals(IPV6_UNICAST) ? "IPv6 unicast" : "AFI " + afi + " SAFI " + safi;
    }
}
