package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * OPEN (RFC 4271 section 4.2). Whether its values are acceptable is the state machine's matter; here only the form is.
 *
 * @param myAs the two-octet AS field, 23456 when the real number does not fit (RFC 6793 section 4.1)
 * @param holdTime seconds
 * @param routerId the BGP Identifier, written as an IPv4 address
 * @param capabilities of all optional parameters together, in order
 */
public record Open(int myAs, int holdTime, Ip routerId, List<Capability> capabilities) implements Message {
    /** What stands in two octets for an AS number that needs four. */
    static final int AS_TRANS = 23_456;

    private static final int VERSION = 4;
    private static final int PARAMETER_CAPABILITIES = 2;
    private static final int EXTENDED = 255;

    /** Takes a copy of the list. */
    public Open {
        capabilities = List.copyOf(capabilities);
    }

    /** An OPEN of a speaker with this AS number and these capabilities, to which the four-octet AS one is added. */
    public static Open of(long as, int holdTime, Ip routerId, List<Capability> capabilities) {
        List<Capability> all = new ArrayList<>(capabilities);
        all.add(new Capability.FourOctetAs(as));
        return new Open(as > 65_535 ? AS_TRANS : (int) as, holdTime, routerId, all);
    }

    @Override
    public MessageType type() {
        return MessageType.OPEN;
    }

    /** The speaker's AS number: that of the capability when there is one. */
    public long as() {
        return capabilities.stream()
                .filter(Capability.FourOctetAs.class::isInstance)
                .mapToLong(capability -> ((Capability.FourOctetAs) capability).as())
                .findFirst()
                .orElse(myAs);
    }

    /** Whether the speaker reads four-octet AS numbers. */
    public boolean fourOctetAs() {
        return capabilities.stream().anyMatch(Capability.FourOctetAs.class::isInstance);
    }

    /** The families that the speaker exchanges; IPv4 unicast when it names none (RFC 4760 section 8). */
    public Set<Family> families() {
        Set<Family> named = capabilities.stream()
                .filter(Capability.MultiProtocol.class::isInstance)
                .map(capability -> ((Capability.MultiProtocol) capability).family())
                .collect(Collectors.toUnmodifiableSet());
        return named.isEmpty() ? Set.of(Family.IPV4_UNICAST) : named;
    }

    @Override
    public byte[] encode(WireContext context) {
        Writer body = new Writer().u8(VERSION).u16(myAs).u16(holdTime).bytes(routerId.toBytes());
        Writer values = new Writer();
        capabilities.forEach(capability -> capability.write(values));
        if (capabilities.isEmpty()) {
            body.u8(0);
        } else if (values.length() + 2 < EXTENDED) {
            body.u8(values.length() + 2).u8(PARAMETER_CAPABILITIES).u8(values.length());
        } else {
            // RFC 9072 section 2: 255 twice, then lengths of two octets.
            body.u8(EXTENDED).u8(EXTENDED).u16(values.length() + 3);
            body.u8(PARAMETER_CAPABILITIES).u16(values.length());
        }
        return Header.around(type(), body.bytes(values));
    }

    static Open decode(Reader in) throws DecodeException {
        if (in.u8() != VERSION) {
            throw new DecodeException(BgpError.UNSUPPORTED_VERSION, Bytes.ofU16(VERSION));
        }
        int myAs = in.u16();
        int holdTime = in.u16();
        Ip routerId = Ip.ofBytes(in.take(4));
        return new Open(myAs, holdTime, routerId, parameters(in));
    }

    private static List<Capability> parameters(Reader in) throws DecodeException {
        int length = in.u8();
        boolean extended = false;
        if (length == EXTENDED && in.remaining() >= 3 && in.peek() == EXTENDED) {
            in.u8();
            length = in.u16();
            extended = true;
        }
        if (length != in.remaining()) {
            throw new DecodeException(BgpError.MALFORMED_OPEN);
        }
        List<Capability> capabilities = new ArrayList<>();
        while (in.hasMore()) {
            int type = in.u8();
            Reader value = in.slice(extended ? in.u16() : in.u8());
            if (type != PARAMETER_CAPABILITIES) {
                throw new DecodeException(BgpError.UNSUPPORTED_OPTIONAL_PARAMETER);
            }
            while (value.hasMore()) {
                capabilities.add(Capability.read(value));
            }
        }
        return capabilities;
    }
}
