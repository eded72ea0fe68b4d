package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * COMMUNITIES: tags of four octets each (RFC 1997).
 *
 * @param values at least one, each 0 to 2^32 - 1
 */
public record Communities(List<Long> values) implements Attribute {
    static final int TYPE = 8;

    /** Takes a copy of the list. Throws IllegalArgumentException when it is empty. */
    public Communities {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no communities: leave the attribute out");
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
        values.forEach(out::u32);
    }

    static Communities read(Reader value) throws DecodeException {
        if (value.remaining() == 0 || value.remaining() % 4 != 0) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        List<Long> values = new ArrayList<>();
        while (value.hasMore()) {
            values.add(value.u32());
        }
        return new Communities(values);
    }
}
