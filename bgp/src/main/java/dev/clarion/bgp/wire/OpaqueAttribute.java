package dev.clarion.bgp.wire;

/**
 * An attribute that is not looked into, of a type or for a family that we do not know: kept as it came.
 *
 * @param flags as received, without the extended-length flag
 */
public record OpaqueAttribute(int flags, int type, Bytes value) implements Attribute {
    @Override
    public void writeValue(Writer out, WireContext context) {
        out.bytes(value);
    }
}
