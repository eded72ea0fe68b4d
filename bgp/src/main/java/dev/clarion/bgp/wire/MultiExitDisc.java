package dev.clarion.bgp.wire;

/** MULTI_EXIT_DISC: which of several links into this AS is preferred, lower is better (RFC 4271 section 5.1.4). */
public record MultiExitDisc(long value) implements Attribute {
    static final int TYPE = 4;

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
        out.u32(value);
    }

    static MultiExitDisc read(Reader value) throws DecodeException {
        return new MultiExitDisc(U32.only(value));
    }
}
