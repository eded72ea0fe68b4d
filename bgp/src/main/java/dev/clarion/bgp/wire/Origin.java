package dev.clarion.bgp.wire;

/** ORIGIN: how the route came into BGP (RFC 4271 section 5.1.1). */
public enum Origin implements Attribute {
    IGP(0),
    EGP(1),
    INCOMPLETE(2);

    static final int TYPE = 1;

    private final int code;

    Origin(int code) {
        this.code = code;
    }

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
        out.u8(code);
    }

    static Origin read(Reader value) throws DecodeException {
        int number = value.u8();
        for (Origin origin : values()) {
            if (origin.code == number && !value.hasMore()) {
                return origin;
            }
        }
        throw new DecodeException(BgpError.INVALID_ORIGIN);
    }
}
