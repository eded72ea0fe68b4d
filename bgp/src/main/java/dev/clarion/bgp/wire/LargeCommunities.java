package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * LARGE_COMMUNITY: tags of three numbers of four octets each (RFC 8092 section 3).
 *
 * @param values at least one
 */
public record LargeCommunities(List<Value> values) implements Attribute {
    static final int TYPE = 32;

    private static final int VALUE_LENGTH = 12;

    /**
     * One of them; each number 0 to 2^32 - 1.
     *
     * @param global the AS number of whoever gives the others their meaning
     * @param first its first number
     * @param second its second number
     */
    public record Value(long global, long first, long second) {}

    /** Takes a copy of the list. Throws IllegalArgumentException when it is empty. */
    public LargeCommunities {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no large communities: leave the attribute out");
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
        values.forEach(value -> out.u32(value.global()).u32(value.first()).u32(value.second()));
    }

    static LargeCommunities read(Reader value) throws DecodeException {
        if (value.remaining() == 0 || value.remaining() % VALUE_LENGTH != 0) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        List<Value> values = new ArrayList<>();
        while (value.hasMore()) {
            values.add(new Value(value.u32(), value.u32(), value.u32()));
        }
        return new LargeCommunities(values);
    }
}
