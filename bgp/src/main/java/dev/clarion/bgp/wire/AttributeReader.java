package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the list of path attributes of an UPDATE and judges its faults by RFC 7606 sections 3 to 7. */
final class AttributeReader {
    private static final int OPTIONAL_TRANSITIVE = Attribute.OPTIONAL | Attribute.TRANSITIVE;

    /** The errors whose NOTIFICATION carries the attribute itself (RFC 4271 section 6.3). */
    private static final Set<BgpError> WITH_ATTRIBUTE = EnumSet.of(
            BgpError.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE,
            BgpError.ATTRIBUTE_LENGTH_ERROR,
            BgpError.INVALID_ORIGIN,
            BgpError.OPTIONAL_ATTRIBUTE_ERROR);

    private final WireContext context;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<AttributeFault> faults = new ArrayList<>();
    private final BitSet seen = new BitSet();

    AttributeReader(WireContext context) {
        this.context = context;
    }

    List<Attribute> attributes() {
        return attributes;
    }

    List<AttributeFault> faults() {
        return faults;
    }

    boolean saw(int type) {
        return seen.get(type);
    }

    void readAll(Reader in) {
        while (in.hasMore()) {
            try {
                readOne(in);
            } catch (DecodeException overrun) {
                // The list's own framing is broken; its total length still tells where the prefixes are (section 4).
                faults.add(new AttributeFault.Withdraw(0, Notification.of(BgpError.ATTRIBUTE_LENGTH_ERROR)));
                return;
            }
        }
    }

    private void readOne(Reader in) throws DecodeException {
        int start = in.position();
        int flags = in.u8();
        int type = in.u8();
        int length = (flags & Attribute.EXTENDED_LENGTH) == 0 ? in.u8() : in.u16();
        Reader value = in.slice(length, underrunOf(type));
        if (saw(type)) {
            if (isMultiProtocol(type)) {
                faults.add(new AttributeFault.Reset(type, Notification.of(BgpError.MALFORMED_ATTRIBUTE_LIST)));
            }
            return; // Of other duplicates the first counts (section 3 g).
        }
        seen.set(type);
        if (!flagsFit(type, flags)) {
            faults.add(new AttributeFault.Withdraw(
                    type, Notification.of(BgpError.ATTRIBUTE_FLAGS_ERROR, in.since(start))));
            if (!isMultiProtocol(type)) {
                return;
            }
        }
        try {
            attributes.add(decode(type, flags & ~Attribute.EXTENDED_LENGTH, value));
        } catch (DecodeException bad) {
            Bytes data = WITH_ATTRIBUTE.contains(bad.error()) ? in.since(start) : Bytes.EMPTY;
            faults.add(judge(type, Notification.of(bad.error(), data)));
        }
    }

    private Attribute decode(int type, int flags, Reader in) throws DecodeException {
        return switch (type) {
            case Origin.TYPE -> Origin.read(in);
            case AsPath.TYPE -> AsPath.read(in, context);
            case NextHop.TYPE -> NextHop.read(in);
            case MultiExitDisc.TYPE -> MultiExitDisc.read(in);
            case LocalPref.TYPE -> LocalPref.read(internal(in));
            case AtomicAggregate.TYPE -> AtomicAggregate.read(in);
            case Aggregator.TYPE -> Aggregator.read(in, context);
            case Communities.TYPE -> Communities.read(in);
            case OriginatorId.TYPE -> OriginatorId.read(internal(in));
            case ClusterList.TYPE -> ClusterList.read(internal(in));
            case MpReach.TYPE -> MpReach.read(in, flags);
            case MpUnreach.TYPE -> MpUnreach.read(in, flags);
            case ExtendedCommunities.TYPE -> ExtendedCommunities.read(in);
            case As4Path.TYPE -> As4Path.read(fromTwoOctets(in));
            case As4Aggregator.TYPE -> As4Aggregator.read(fromTwoOctets(in));
            case LargeCommunities.TYPE -> LargeCommunities.read(in);
            case OnlyToCustomer.TYPE -> OnlyToCustomer.read(in);
            default -> unknown(type, flags, in);
        };
    }

    /** The value of an attribute that only peers of our own AS have any business to send. */
    private Reader internal(Reader in) throws DecodeException {
        if (context.external()) {
            throw new DecodeException(BgpError.OPTIONAL_ATTRIBUTE_ERROR);
        }
        return in;
    }

    /** The value of an attribute that only peers with two-octet AS numbers pass on (RFC 6793 section 4.1). */
    private Reader fromTwoOctets(Reader in) throws DecodeException {
        if (context.fourOctetAs()) {
            throw new DecodeException(BgpError.OPTIONAL_ATTRIBUTE_ERROR);
        }
        return in;
    }

    /** Any bytes will do, unless the attribute claims to be one that everybody knows (RFC 4271 section 6.3). */
    private static OpaqueAttribute unknown(int type, int flags, Reader in) throws DecodeException {
        if ((flags & Attribute.OPTIONAL) == 0) {
            throw new DecodeException(BgpError.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE);
        }
        return new OpaqueAttribute(flags, type, in.rest());
    }

    private AttributeFault judge(int type, Notification error) {
        return switch (type) {
            case MpReach.TYPE, MpUnreach.TYPE -> new AttributeFault.Reset(type, error);
            case AtomicAggregate.TYPE, Aggregator.TYPE, As4Path.TYPE, As4Aggregator.TYPE ->
                new AttributeFault.Discard(type, error);
            case LocalPref.TYPE, OriginatorId.TYPE, ClusterList.TYPE ->
                context.external() ? new AttributeFault.Discard(type, error) : new AttributeFault.Withdraw(type, error);
            case Origin.TYPE,
                    AsPath.TYPE,
                    NextHop.TYPE,
                    MultiExitDisc.TYPE,
                    Communities.TYPE,
                    ExtendedCommunities.TYPE,
                    LargeCommunities.TYPE,
                    OnlyToCustomer.TYPE -> new AttributeFault.Withdraw(type, error);
            default -> new AttributeFault.Reset(type, error);
        };
    }

    /** Which flags a known attribute must have; the partial flag is nobody's fault (RFC 7606 section 3 c). */
    private static boolean flagsFit(int type, int flags) {
        int kind = flags & OPTIONAL_TRANSITIVE;
        return switch (type) {
            case Origin.TYPE, AsPath.TYPE, NextHop.TYPE, LocalPref.TYPE, AtomicAggregate.TYPE ->
                kind == Attribute.WELL_KNOWN;
            case MultiExitDisc.TYPE, OriginatorId.TYPE, ClusterList.TYPE, MpReach.TYPE, MpUnreach.TYPE ->
                kind == Attribute.OPTIONAL;
            case Aggregator.TYPE,
                    Communities.TYPE,
                    ExtendedCommunities.TYPE,
                    As4Path.TYPE,
                    As4Aggregator.TYPE,
                    LargeCommunities.TYPE,
                    OnlyToCustomer.TYPE -> kind == OPTIONAL_TRANSITIVE;
            default -> true;
        };
    }

    private static BgpError underrunOf(int type) {
        return switch (type) {
            case AsPath.TYPE, As4Path.TYPE -> BgpError.MALFORMED_AS_PATH;
            case Origin.TYPE -> BgpError.INVALID_ORIGIN;
            case MpReach.TYPE, MpUnreach.TYPE -> BgpError.OPTIONAL_ATTRIBUTE_ERROR;
            default -> BgpError.ATTRIBUTE_LENGTH_ERROR;
        };
    }

    private static boolean isMultiProtocol(int type) {
        return type == MpReach.TYPE || type == MpUnreach.TYPE;
    }
}
