package dev.clarion.bgp.wire;

import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Optional;

/**
 * MP_UNREACH_NLRI: withdrawn prefixes of a family (RFC 4760 section 4).
 *
 * @param family a family whose prefixes are understood
 * @param prefixes the prefixes; none of them and nothing else in the UPDATE is the End-of-RIB mark (RFC 4724 section 2)
 */
public record MpUnreach(Family family, List<Prefix> prefixes) implements Attribute {
    static final int TYPE = 15;

    /** Takes a copy of the list. */
    public MpUnreach {
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
        Prefixes.write(out, prefixes);
    }

    static Attribute read(Reader value, int flags) throws DecodeException {
        Reader whole = value.again();
        Family family = new Family(value.u16(), value.u8());
        Optional<IpFamily> addresses = family.addresses();
        if (addresses.isEmpty()) {
            return new OpaqueAttribute(flags, TYPE, whole.rest());
        }
        return new MpUnreach(family, PackedPrefixes.read(value, addresses.get(), BgpError.OPTIONAL_ATTRIBUTE_ERROR));
    }
}
