package dev.clarion.bgp.wire;

/**
 * ROUTE-REFRESH: the peer asks for all routes of a family again (RFC 2918 section 3), or the sender marks where they begin
 * and end (RFC 7313 section 3.2).
 *
 * @param family the family
 * @param subtype one of the three below, or one that is to be ignored
 */
public record RouteRefresh(Family family, int subtype) implements Message {
    /** A request. */
    public static final int REQUEST = 0;

    /** BoRR: all routes of the family follow; whatever does not come again is gone. */
    public static final int BEGIN = 1;

    /** EoRR: all routes of the family have been sent. */
    public static final int END = 2;

    private static final int BODY_LENGTH = 4;

    @Override
    public MessageType type() {
        return MessageType.ROUTE_REFRESH;
    }

    @Override
    public byte[] encode(WireContext context) {
        Writer out = Header.start(type()).u16(family.afi()).u8(subtype).u8(family.safi());
        return Header.finish(out, context.longest(type()));
    }

    /** Reads a whole message, which the error for a wrong length wants back as it came (RFC 7313 section 5). */
    static RouteRefresh decode(byte[] octets) throws DecodeException {
        if (octets.length != Header.LENGTH + BODY_LENGTH) {
            throw new DecodeException(BgpError.INVALID_ROUTE_REFRESH_LENGTH, Bytes.of(octets));
        }
        Reader in = Reader.of(octets, Header.LENGTH, BgpError.INVALID_ROUTE_REFRESH_LENGTH);
        int afi = in.u16();
        int subtype = in.u8();
        return new RouteRefresh(new Family(afi, in.u8()), subtype);
    }
}
