package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * EXTENDED COMMUNITIES: tags of eight octets each, of which the first one or two say of what kind (RFC 4360 section 2).
 *
 * @param values at least one, each any 64 bits
 */
public record ExtendedCommunities(List<Long> values) implements Attribute {
    static final int TYPE = 16;

    /** Takes a copy of the list. Throws IllegalArgumentException when it is empty. */
    public ExtendedCommunities {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no extended communities: leave the attribute out");
        }
    }

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
        values.forEach(out::u64);
    }

    static ExtendedCommunities read(Reader value) throws DecodeException {
        if (value.remaining() == 0 || value.remaining() % 8 != 0) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        List<Long> values = new ArrayList<>();
        while (value.hasMore()) {
            values.add(value.u64());
        }
        return new ExtendedCommunities(values);
    }
}
