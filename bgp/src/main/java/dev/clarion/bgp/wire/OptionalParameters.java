package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The optional parameters of an OPEN (RFC 4271 section 4.2): type, length, value, and capabilities are the only type that
 * is left of them (RFC 5492 section 4). Beyond 255 octets the lengths take two octets (RFC 9072 section 2).
 */
final class OptionalParameters {
    private static final int CAPABILITIES = 2;
    private static final int EXTENDED = 255;
    private static final int MAX_PLAIN = 255;

    private OptionalParameters() {}

    /** One parameter with all capabilities, or none at all. */
    static void write(Writer out, List<Capability> capabilities) {
        Writer values = new Writer();
        capabilities.forEach(capability -> capability.write(values));
        if (capabilities.isEmpty()) {
            out.u8(0);
        } else if (values.length() + 2 <= MAX_PLAIN) {
            out.u8(values.length() + 2).u8(CAPABILITIES).u8(values.length());
        } else {
            out.u8(EXTENDED).u8(EXTENDED).u16(values.length() + 3);
            out.u8(CAPABILITIES).u16(values.length());
        }
        out.bytes(values);
    }

    static List<Capability> read(Reader in) throws DecodeException {
        int length = in.u8();
        // The second octet decides, whatever the first one says, unless that is zero.
        boolean extended = length > 0 && in.remaining() >= 3 && in.peek() == EXTENDED;
        if (extended) {
            in.u8();
            length = in.u16();
        }
        if (length != in.remaining()) {
            throw new DecodeException(BgpError.MALFORMED_OPEN);
        }
        List<Capability> capabilities = new ArrayList<>();
        while (in.hasMore()) {
            int type = in.u8();
            Reader value = in.slice(extended ? in.u16() : in.u8());
            if (type != CAPABILITIES) {
                throw new DecodeException(BgpError.UNSUPPORTED_OPTIONAL_PARAMETER);
            }
            while (value.hasMore()) {
                capabilities.add(Capability.read(value));
            }
        }
        return capabilities;
    }
}
