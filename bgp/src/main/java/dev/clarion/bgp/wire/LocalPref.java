package dev.clarion.bgp.wire;

/** LOCAL_PREF: the preference inside one AS, higher is better; on iBGP sessions only (RFC 4271 section 5.1.5). */
public record LocalPref(long value) implements Attribute {
    static final int TYPE = 5;

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
        out.u32(value);
    }

    static LocalPref read(Reader value) throws DecodeException {
        return new LocalPref(U32.only(value));
    }
}
