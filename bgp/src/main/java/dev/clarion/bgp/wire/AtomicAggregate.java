package dev.clarion.bgp.wire;

/** ATOMIC_AGGREGATE: ASes were left out of the path when routes were put together (RFC 4271 section 5.1.6). Received only. */
public record AtomicAggregate() implements Attribute {
    static final int TYPE = 6;

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
        // That it is there says it all.
    }

    static AtomicAggregate read(Reader value) throws DecodeException {
        if (value.hasMore()) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        return new AtomicAggregate();
    }
}
