package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;

/**
 * ORIGINATOR_ID: who brought the route into the AS, on iBGP sessions with route reflectors (RFC 4456 section 8). Received
 * only.
 *
 * @param routerId its BGP Identifier, written as an IPv4 address
 */
public record OriginatorId(Ip routerId) implements Attribute {
    static final int TYPE = 9;

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
        out.ip(routerId);
    }

    static OriginatorId read(Reader value) throws DecodeException {
        if (value.remaining() != 4) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        return new OriginatorId(value.ipv4());
    }
}
