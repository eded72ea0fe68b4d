package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;

/**
 * AGGREGATOR: who put routes together (RFC 4271 section 5.1.7); its AS number takes two or four octets as agreed (RFC 6793
 * section 4). Received only.
 *
 * @param as its AS number, not 0 (RFC 7607 section 2)
 * @param routerId its BGP Identifier, written as an IPv4 address
 */
public record Aggregator(long as, Ip routerId) implements Attribute {
    static final int TYPE = 7;

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int flags() {
        return OPTIONAL | TRANSITIVE;
    }

    @Override
    public void writeValue(Writer out, WireContext context) {
        if (context.fourOctetAs()) {
            out.u32(as);
        } else {
            out.u16(as > 65_535 ? Open.AS_TRANS : (int) as);
        }
        out.ip(routerId);
    }

    static Aggregator read(Reader value, WireContext context) throws DecodeException {
        if (value.remaining() != (context.fourOctetAs() ? 8 : 6)) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        long as = context.fourOctetAs() ? value.u32() : value.u16();
        if (as == 0) {
            throw new DecodeException(BgpError.OPTIONAL_ATTRIBUTE_ERROR);
        }
        return new Aggregator(as, value.ipv4());
    }
}
