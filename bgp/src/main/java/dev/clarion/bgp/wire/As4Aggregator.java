package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;

/**
 * AS4_AGGREGATOR: the aggregator's real AS number, for those behind a speaker that has two-octet ones only (RFC 6793 section
 * 4.2.2). Received only.
 *
 * @param as its AS number, not 0 (RFC 7607 section 2)
 * @param routerId its BGP Identifier, written as an IPv4 address
 */
public record As4Aggregator(long as, Ip routerId) implements Attribute {
    static final int TYPE = 18;

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
        out.u32(as).ip(routerId);
    }

    static As4Aggregator read(Reader value) throws DecodeException {
        if (value.remaining() != 8) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        long as = value.u32();
        if (as == 0) {
            throw new DecodeException(BgpError.OPTIONAL_ATTRIBUTE_ERROR);
        }
        return new As4Aggregator(as, value.ipv4());
    }
}
