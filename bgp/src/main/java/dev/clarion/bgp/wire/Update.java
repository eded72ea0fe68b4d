package dev.clarion.bgp.wire;

import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.List;

/**
 * UPDATE (RFC 4271 section 4.3). The two fields of prefixes are IPv4's; other families travel in {@link MpReach} and
 * {@link MpUnreach}.
 *
 * @param withdrawn IPv4 prefixes that are no longer reachable
 * @param attributes what is said about the announced prefixes, in ascending order of type when sent
 * @param announced IPv4 prefixes that are reachable
 */
public record Update(List<Prefix> withdrawn, List<Attribute> attributes, List<Prefix> announced) implements Message {
    /** Octets that attributes take, but for prefixes in them, if there are not many. */
    private static final int USUAL_ATTRIBUTES = 96;

    /** Octets of the two lengths in a message. */
    private static final int LENGTH_FIELDS = 4;

    /** Takes copies of the lists. */
    public Update {
        withdrawn = Prefixes.copyOf(withdrawn);
        attributes = List.copyOf(attributes);
        announced = Prefixes.copyOf(announced);
    }

    /** The mark that all routes of a family have been sent (RFC 4724 section 2). */
    public static Update endOfRib(Family family) {
        List<Attribute> mark =
                family.equals(Family.IPV4_UNICAST) ? List.of() : List.of(new MpUnreach(family, List.of()));
        return new Update(List.of(), mark, List.of());
    }

    @Override
    public MessageType type() {
        return MessageType.UPDATE;
    }

    @Override
    public byte[] encode(WireContext context) {
        return Header.finish(write(context), context.longest(type()));
    }

    /** Octets of the whole message, even if they are more than may be. */
    int length(WireContext context) {
        return write(context).length();
    }

    private Writer write(WireContext context) {
        Writer list = new Writer(USUAL_ATTRIBUTES + prefixOctetsInAttributes());
        for (int i = 0; i < attributes.size(); i++) {
            attributes.get(i).write(list, context);
        }
        int withdrawnOctets = Prefixes.encodedLength(withdrawn);
        int announcedOctets = Prefixes.encodedLength(announced);
        // As large as the message will be, so that it need be copied no more.
        Writer out =
                Header.start(type(), Header.LENGTH + LENGTH_FIELDS + withdrawnOctets + list.length() + announcedOctets);
        Prefixes.write(out.u16(withdrawnOctets), withdrawn);
        Prefixes.write(out.u16(list.length()).bytes(list), announced);
        return out;
    }

    private int prefixOctetsInAttributes() {
        int octets = 0;
        for (int i = 0; i < attributes.size(); i++) {
            octets += switch (attributes.get(i)) {
                case MpReach reach -> Prefixes.encodedLength(reach.prefixes());
                case MpUnreach unreach -> Prefixes.encodedLength(unreach.prefixes());
                case Attribute _ -> 0;
            };
        }
        return octets;
    }

    /** Reads the body; what is wrong with attributes comes as faults, anything else ends the session. */
    static Decoded decode(Reader in, WireContext context) throws DecodeException {
        // Lengths that do not add up leave nothing to hold on to (RFC 7606 section 4).
        Reader withdrawnField = in.slice(in.u16(), BgpError.INVALID_NETWORK_FIELD);
        Reader attributeField = in.slice(in.u16());
        List<Prefix> withdrawn = PackedPrefixes.read(withdrawnField, IpFamily.IPV4, BgpError.INVALID_NETWORK_FIELD);
        Reader announcedField = in.slice(in.remaining(), BgpError.INVALID_NETWORK_FIELD);
        List<Prefix> announced = PackedPrefixes.read(announcedField, IpFamily.IPV4, BgpError.INVALID_NETWORK_FIELD);
        AttributeReader reader = new AttributeReader(context);
        reader.readAll(attributeField);
        Update update = new Update(withdrawn, reader.attributes(), announced);
        update.addMissing(reader, context);
        return update.judge(reader.faults());
    }

    /** What a route must have (RFC 4271 section 5, RFC 4760 section 3) and this message does not say. */
    private void addMissing(AttributeReader reader, WireContext context) {
        if (announced.isEmpty() && !reader.saw(MpReach.TYPE)) {
            return;
        }
        require(reader, Origin.TYPE);
        require(reader, AsPath.TYPE);
        if (!announced.isEmpty()) {
            require(reader, NextHop.TYPE);
        }
        if (!context.external()) {
            require(reader, LocalPref.TYPE);
        }
    }

    private static void require(AttributeReader reader, int type) {
        if (!reader.saw(type)) {
            Bytes data = Bytes.of((byte) type);
            reader.faults()
                    .add(new AttributeFault.Withdraw(
                            type, Notification.of(BgpError.MISSING_WELL_KNOWN_ATTRIBUTE, data)));
        }
    }

    /** The strongest outcome wins. */
    private Decoded judge(List<AttributeFault> faults) {
        for (AttributeFault fault : faults) {
            if (fault instanceof AttributeFault.Reset) {
                return new Decoded.Refused(fault.error());
            }
        }
        for (AttributeFault fault : faults) {
            // With nothing to take as withdrawn, the routes meant may be any (RFC 7606 section 5.2).
            if (fault instanceof AttributeFault.Withdraw && !announcesAnything()) {
                return new Decoded.Refused(fault.error());
            }
        }
        return new Decoded.Accepted(this, faults);
    }

    private boolean announcesAnything() {
        return !announced.isEmpty()
                || attributes.stream().anyMatch(attribute -> switch (attribute) {
                    case MpReach reach -> !reach.prefixes().isEmpty();
                    case OpaqueAttribute other -> other.type() == MpReach.TYPE; // Of a family that we cannot read.
                    case Attribute _ -> false;
                });
    }
}
