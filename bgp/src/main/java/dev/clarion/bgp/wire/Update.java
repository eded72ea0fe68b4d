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
    /** Takes copies of the lists. */
    public Update {
        withdrawn = List.copyOf(withdrawn);
        attributes = List.copyOf(attributes);
        announced = List.copyOf(announced);
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
        Writer body = new Writer().u16(0);
        Prefixes.write(body, withdrawn);
        body.putU16(0, body.length() - 2);
        int at = body.length();
        body.u16(0);
        attributes.forEach(attribute -> attribute.write(body, context));
        body.putU16(at, body.length() - at - 2);
        Prefixes.write(body, announced);
        return Header.around(type(), body);
    }

    /** Reads the body; what is wrong with attributes comes as faults, anything else ends the session. */
    static Decoded decode(Reader in, WireContext context) throws DecodeException {
        // Lengths that do not add up leave nothing to hold on to (RFC 7606 section 4).
        Reader withdrawnField = in.slice(in.u16(), BgpError.INVALID_NETWORK_FIELD);
        Reader attributeField = in.slice(in.u16());
        List<Prefix> withdrawn = Prefixes.readAll(withdrawnField, IpFamily.IPV4, BgpError.INVALID_NETWORK_FIELD);
        Reader announcedField = in.slice(in.remaining(), BgpError.INVALID_NETWORK_FIELD);
        List<Prefix> announced = Prefixes.readAll(announcedField, IpFamily.IPV4, BgpError.INVALID_NETWORK_FIELD);
        AttributeReader reader = new AttributeReader(context);
        reader.readAll(attributeField);
        Update update = new Update(withdrawn, reader.attributes(), announced);
        update.addMissing(reader, context);
        return update.judge(reader.faults());
    }

    private void addMissing(AttributeReader reader, WireContext context) {
        boolean multiProtocol = reader.saw(MpReach.TYPE);
        if (announced.isEmpty() && !multiProtocol) {
            return;
        }
        boolean complete = reader.saw(Origin.TYPE)
                && reader.saw(AsPath.TYPE)
                && (announced.isEmpty() || reader.saw(NextHop.TYPE))
                && (context.external() || reader.saw(LocalPref.TYPE));
        if (!complete) {
            reader.faults().add(new AttributeFault.Withdraw(0, BgpError.MISSING_WELL_KNOWN_ATTRIBUTE));
        }
    }

    private Decoded judge(List<AttributeFault> faults) {
        boolean nothingReachable = announced.isEmpty() && attributes.stream().noneMatch(MpReach.class::isInstance);
        for (AttributeFault fault : faults) {
            boolean fatal = switch (fault) {
                case AttributeFault.Reset reset -> true;
                // There would be nothing to take as withdrawn (RFC 7606 section 5.2).
                case AttributeFault.Withdraw withdraw -> nothingReachable;
                case AttributeFault.Discard discard -> false;
            };
            if (fatal) {
                return new Decoded.Refused(Notification.of(fault.error()));
            }
        }
        return new Decoded.Accepted(this, faults);
    }
}
