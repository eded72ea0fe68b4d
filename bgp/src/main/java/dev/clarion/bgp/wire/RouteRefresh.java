package dev.clarion.bgp.wire;

/**
 * ROUTE-REFRESH: the peer asks for all routes of a family again (RFC 2918 section 3).
 *
 * @param family the family
 * @param subtype 0 for a plain request; RFC 7313 gives the octet further meanings, which we do not offer
 */
public record RouteRefresh(Family family, int subtype) implements Message {
    @Override
    public MessageType type() {
        return MessageType.ROUTE_REFRESH;
    }

    @Override
    public byte[] encode(WireContext context) {
        Writer body = new Writer().u16(family.afi()).u8(subtype).u8(family.safi());
        return Header.around(type(), body);
    }

    static RouteRefresh decode(Reader in) throws DecodeException {
        int afi = in.u16();
        int subtype = in.u8();
        return new RouteRefresh(new Family(afi, in.u8()), subtype);
    }
}
