package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the list of path attributes of an UPDATE and judges its faults by RFC 7606 sections 3 to 7. */
final class AttributeReader {
    private static final int ATOMIC_AGGREGATE = 6;
    private static final int AGGREGATOR = 7;
    private static final int ORIGINATOR_ID = 9;
    private static final int CLUSTER_LIST = 10;
    private static final int EXTENDED_COMMUNITIES = 16;
    private static final int AS4_AGGREGATOR = 18;
    private static final int LARGE_COMMUNITIES = 32;

    private static final int OPTIONAL_TRANSITIVE = Attribute.OPTIONAL | Attribute.TRANSITIVE;

    private final WireContext context;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<AttributeFault> faults = new ArrayList<>();
    private final Set<Integer> seen = new HashSet<>();

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
        return seen.contains(type);
    }

    void readAll(Reader in) {
        while (in.hasMore()) {
            try {
                readOne(in);
            } catch (DecodeException overrun) {
                // The list's own framing is broken; its total length still tells where the prefixes are (section 4).
                faults.add(new AttributeFault.Withdraw(0, BgpError.ATTRIBUTE_LENGTH_ERROR));
                return;
            }
        }
    }

    private void readOne(Reader in) throws DecodeException {
        int flags = in.u8();
        int type = in.u8();
        int length = (flags & Attribute.EXTENDED_LENGTH) == 0 ? in.u8() : in.u16();
        Bytes value = Bytes.of(in.take(length));
        if (!seen.add(type)) {
            if (isMultiProtocol(type)) {
                faults.add(new AttributeFault.Reset(type, BgpError.MALFORMED_ATTRIBUTE_LIST));
            }
            return; // Of other duplicates the first counts (section 3 g).
        }
        if (!flagsFit(type, flags)) {
            faults.add(new AttributeFault.Withdraw(type, BgpError.ATTRIBUTE_FLAGS_ERROR));
            if (!isMultiProtocol(type)) {
                return;
            }
        }
        try {
            attributes.add(decode(type, flags & ~Attribute.EXTENDED_LENGTH, value));
        } catch (DecodeException bad) {
            faults.add(judge(type, bad.error()));
        }
    }

    private Attribute decode(int type, int flags, Bytes value) throws DecodeException {
        Reader in = Reader.of(value, underrunOf(type));
        return switch (type) {
            case Origin.TYPE -> Origin.read(in);
            case AsPath.TYPE -> AsPath.read(in, context);
            case NextHop.TYPE -> NextHop.read(in);
            case MultiExitDisc.TYPE -> MultiExitDisc.read(in);
            case LocalPref.TYPE -> localPref(in);
            case Communities.TYPE -> Communities.read(in);
            case MpReach.TYPE -> MpReach.read(in, flags, value);
            case MpUnreach.TYPE -> MpUnreach.read(in, flags, value);
            case As4Path.TYPE -> As4Path.read(in);
            default -> opaque(type, flags, value);
        };
    }

    private LocalPref localPref(Reader in) throws DecodeException {
        if (context.external()) {
            throw new DecodeException(BgpError.OPTIONAL_ATTRIBUTE_ERROR);
        }
        return LocalPref.read(in);
    }

    private OpaqueAttribute opaque(int type, int flags, Bytes value) throws DecodeException {
        int length = value.length();
        boolean fits = switch (type) {
            case ATOMIC_AGGREGATE -> length == 0;
            case AGGREGATOR -> length == (context.fourOctetAs() ? 8 : 6);
            case AS4_AGGREGATOR -> length == 8;
            case ORIGINATOR_ID -> !context.external() && length == 4;
            case CLUSTER_LIST -> !context.external() && length > 0 && length % 4 == 0;
            case EXTENDED_COMMUNITIES -> length > 0 && length % 8 == 0;
            case LARGE_COMMUNITIES -> length > 0 && length % 12 == 0;
            default -> true; // Unknown: any bytes will do.
        };
        if (!fits) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        return new OpaqueAttribute(flags, type, value);
    }

    private AttributeFault judge(int type, BgpError error) {
        return switch (type) {
            case MpReach.TYPE, MpUnreach.TYPE -> new AttributeFault.Reset(type, error);
            case ATOMIC_AGGREGATE, AGGREGATOR, As4Path.TYPE, AS4_AGGREGATOR -> new AttributeFault.Discard(type, error);
            case LocalPref.TYPE, ORIGINATOR_ID, CLUSTER_LIST ->
                context.external() ? new AttributeFault.Discard(type, error) : new AttributeFault.Withdraw(type, error);
            default -> new AttributeFault.Withdraw(type, error);
        };
    }

    /** Which flags a known attribute must have; the partial flag is nobody's fault (RFC 7606 section 3 c). */
    private static boolean flagsFit(int type, int flags) {
        int kind = flags & OPTIONAL_TRANSITIVE;
        return switch (type) {
            case Origin.TYPE, AsPath.TYPE, NextHop.TYPE, LocalPref.TYPE, ATOMIC_AGGREGATE ->
                kind == Attribute.WELL_KNOWN;
            case MultiExitDisc.TYPE, ORIGINATOR_ID, CLUSTER_LIST, MpReach.TYPE, MpUnreach.TYPE ->
                kind == Attribute.OPTIONAL;
            case AGGREGATOR, Communities.TYPE, EXTENDED_COMMUNITIES, As4Path.TYPE, AS4_AGGREGATOR, LARGE_COMMUNITIES ->
                kind == OPTIONAL_TRANSITIVE;
            default -> true;
        };
    }

    private static BgpError underrunOf(int type) {
        return switch (type) {
            case AsPath.TYPE -> BgpError.MALFORMED_AS_PATH;
            case Origin.TYPE -> BgpError.INVALID_ORIGIN;
            case MpReach.TYPE, MpUnreach.TYPE -> BgpError.OPTIONAL_ATTRIBUTE_ERROR;
            default -> BgpError.ATTRIBUTE_LENGTH_ERROR;
        };
    }

    private static boolean isMultiProtocol(int type) {
        return type == MpReach.TYPE || type == MpUnreach.TYPE;
    }
}
