package dev.clarion.bgp.wire;

/**
 * An attribute that is not looked into: its length may be checked, its value is kept as it came.
 *
 * @param flags as received, without the extended-length flag
 */
public record OpaqueAttribute(int flags, int type, Bytes value) implements Attribute {
    @Override
    public void writeValue(Writer out, WireContext context) {
        out.bytes(value.toArray());
    }
}
