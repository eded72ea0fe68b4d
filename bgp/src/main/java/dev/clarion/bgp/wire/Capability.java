package dev.clarion.bgp.wire;

/** What a speaker says it can do (RFC 5492 section 4): one octet code, one octet length, value. */
public sealed interface Capability {
    /** Code 1: the speaker exchanges routes of this family (RFC 4760 section 8). */
    record MultiProtocol(Family family) implements Capability {
        static final int CODE = 1;
    }

    /** Code 2: the speaker answers ROUTE-REFRESH (RFC 2918 section 2). */
    record CanRouteRefresh() implements Capability {
        static final int CODE = 2;
    }

    /** Code 65: the speaker reads four-octet AS numbers; this is its own (RFC 6793 section 3). */
    record FourOctetAs(long as) implements Capability {
        static final int CODE = 65;
    }

    /** Any other, or one of the above with an impossible length: noted and ignored (RFC 5492 section 3). */
    record Other(int code, Bytes value) implements Capability {}

    /** Appends code, length and value. */
    default void write(Writer out) {
        switch (this) {
            case MultiProtocol(Family family) ->
                out.u8(MultiProtocol.CODE).u8(4).u16(family.afi()).u8(0).u8(family.safi());
            case CanRouteRefresh() -> out.u8(CanRouteRefresh.CODE).u8(0);
            case FourOctetAs(long as) -> out.u8(FourOctetAs.CODE).u8(4).u32(as);
            case Other(int code, Bytes value) -> out.u8(code).u8(value.length()).bytes(value.toArray());
        }
    }

    /** Reads one capability. */
    static Capability read(Reader in) throws DecodeException {
        int code = in.u8();
        int length = in.u8();
        Reader value = in.slice(length);
        if (code == MultiProtocol.CODE && length == 4) {
            int afi = value.u16();
            value.u8();
            return new MultiProtocol(new Family(afi, value.u8()));
        }
        if (code == CanRouteRefresh.CODE && length == 0) {
            return new CanRouteRefresh();
        }
        if (code == FourOctetAs.CODE && length == 4) {
            return new FourOctetAs(value.u32());
        }
        return new Other(code, Bytes.of(value.takeRest()));
    }

    /** The octets of this capability alone, as the data of an "unsupported capability" NOTIFICATION lists them. */
    default Bytes encoded() {
        Writer out = new Writer();
        write(out);
        return Bytes.of(out.toArray());
    }
}
