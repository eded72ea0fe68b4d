package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Optional;

/**
 * MP_REACH_NLRI: reachable prefixes of a family with their next hop (RFC 4760 section 3, RFC 2545 section 3).
 *
 * @param family a family whose prefixes are understood
 * @param nextHop the global next hop
 * @param linkLocal the link-local one that may follow it
 * @param prefixes the prefixes
 */
public record MpReach(Family family, Ip nextHop, Optional<Ip> linkLocal, List<Prefix> prefixes) implements Attribute {
    static final int TYPE = 14;

    /** Takes a copy of the list. */
    public MpReach {
        prefixes = List.copyOf(prefixes);
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
        Writer hops = new Writer().bytes(nextHop.toBytes());
        linkLocal.ifPresent(hop -> hops.bytes(hop.toBytes()));
        out.u16(family.afi()).u8(family.safi()).u8(hops.length()).bytes(hops).u8(0);
        Prefixes.write(out, prefixes);
    }

    /** Any mistake resets the session: without the attribute's inner lengths its prefixes cannot be found. */
    static Attribute read(Reader value, int flags, Bytes whole) throws DecodeException {
        Family family = new Family(value.u16(), value.u8());
        Optional<IpFamily> addresses = family.addresses();
        if (addresses.isEmpty()) {
            return new OpaqueAttribute(flags, TYPE, whole);
        }
        Reader hops = value.slice(value.u8());
        int length = hops.remaining();
        if (length != 16 && length != 32 && (length != 4 || addresses.get() != IpFamily.IPV4)) {
            throw new DecodeException(BgpError.MALFORMED_ATTRIBUTE_LIST);
        }
        Ip nextHop = Ip.ofBytes(hops.take(Math.min(length, 16)));
        Optional<Ip> linkLocal = length == 32 ? Optional.of(Ip.ofBytes(hops.take(16))) : Optional.empty();
        value.u8();
        return new MpReach(
                family,
                nextHop,
                linkLocal,
                Prefixes.readAll(value, addresses.get(), BgpError.OPTIONAL_ATTRIBUTE_ERROR));
    }
}
