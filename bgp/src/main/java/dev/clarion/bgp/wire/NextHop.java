package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;

/** NEXT_HOP: where traffic for the IPv4 prefixes of the message's own field goes (RFC 4271 section 5.1.3). */
public record NextHop(Ip address) implements Attribute {
    static final int TYPE = 3;

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int flags() {
        return WELL_KNOWN;
    }

    @Override
    public void writeValue(Writer out, WireContext context) {
        out.ip(address);
    }

    static NextHop read(Reader value) throws DecodeException {
        if (value.remaining() != 4) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        return new NextHop(value.ipv4());
    }
}
