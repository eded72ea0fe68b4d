package dev.clarion.bgp.wire;

/**
 * ONLY TO CUSTOMER: this route went down or sideways already, and must not go up again (RFC 9234 section 5).
 *
 * @param as the AS that said so first
 */
public record OnlyToCustomer(long as) implements Attribute {
    static final int TYPE = 35;

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
        out.u32(as);
    }

    static OnlyToCustomer read(Reader value) throws DecodeException {
        return new OnlyToCustomer(U32.only(value));
    }
}
