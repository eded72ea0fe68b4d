package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Optional;

/**
 * MP_REACH_NLRI: reachable prefixes of a family with their next hop (RFC 4760 section 3, RFC 2545 section 3). IPv4 prefixes
 * may have an IPv6 next hop where that is agreed on (RFC 8950 section 3).
 *
 * @param family a family whose prefixes are understood
 * @param nextHop the global next hop, or a link-local one where there is none
 * @param linkLocal the link-local one that may follow an IPv6 next hop
 * @param prefixes the prefixes
 */
public record MpReach(Family family, Ip nextHop, Optional<Ip> linkLocal, List<Prefix> prefixes) implements Attribute {
    static final int TYPE = 14;

    private static final int V4_LENGTH = 4;
    private static final int V6_LENGTH = 16;

    /** Takes a copy of the list. */
    public MpReach {
        prefixes = Prefixes.copyOf(prefixes);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int flags() {
        return OPTIONAL;
    }

    @Override
    public void writeValue(Writer out, WireContext context) {
        out.u16(family.afi()).u8(family.safi());
        int octets = nextHop.family() == IpFamily.IPV4 ? V4_LENGTH : V6_LENGTH;
        if (linkLocal.isPresent()) {
            out.u8(octets + V6_LENGTH).ip(nextHop).ip(linkLocal.get());
        } else {
            out.u8(octets).ip(nextHop);
        }
        out.u8(0);
        Prefixes.write(out, prefixes);
    }

    /** Any mistake resets the session: without the attribute's inner lengths its prefixes cannot be found. */
    static Attribute read(Reader value, int flags) throws DecodeException {
        Reader whole = value.again();
        Family family = new Family(value.u16(), value.u8());
        Optional<IpFamily> addresses = family.addresses();
        if (addresses.isEmpty()) {
            return new OpaqueAttribute(flags, TYPE, whole.rest());
        }
        Reader hops = value.slice(value.u8());
        int length = hops.remaining();
        boolean four = length == V4_LENGTH && addresses.get() == IpFamily.IPV4;
        if (!four && length != V6_LENGTH && length != 2 * V6_LENGTH) {
            throw new DecodeException(BgpError.MALFORMED_ATTRIBUTE_LIST);
        }
        Ip nextHop = four ? hops.ipv4() : hops.ipv6();
        Optional<Ip> linkLocal = hops.hasMore() ? Optional.of(hops.ipv6()) : Optional.empty();
        value.u8();
        return new MpReach(
                family,
                nextHop,
                linkLocal,
                PackedPrefixes.read(value, addresses.get(), BgpError.OPTIONAL_ATTRIBUTE_ERROR));
    }
}
