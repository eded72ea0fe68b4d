package dev.clarion.bgp.wire;

/** A path attribute (RFC 4271 section 4.3): flags, type, value. */
public sealed interface Attribute
        permits Origin,
                AsPath,
                NextHop,
                MultiExitDisc,
                LocalPref,
                AtomicAggregate,
                Aggregator,
                Communities,
                OriginatorId,
                ClusterList,
                MpReach,
                MpUnreach,
                ExtendedCommunities,
                As4Path,
                As4Aggregator,
                LargeCommunities,
                OnlyToCustomer,
                OpaqueAttribute {
    /** Not known to every implementation. */
    int OPTIONAL = 0x80;

    /** Passed on by those who do not know it. */
    int TRANSITIVE = 0x40;

    /** Flags of an attribute that every implementation knows. */
    int WELL_KNOWN = TRANSITIVE;

    /** The length takes two octets. */
    int EXTENDED_LENGTH = 0x10;

    /** The longest value whose length fits in one octet. */
    int MAX_SHORT = 255;

    /** The type code. */
    int type();

    /** The flags but for the extended length, which follows from the value. */
    int flags();

    /** Appends the value. */
    void writeValue(Writer out, WireContext context);

    /** Appends flags, type, length and value. */
    default void write(Writer out, WireContext context) {
        int start = out.length();
        out.u8(flags()).u8(type()).u8(0);
        writeValue(out, context);
        int length = out.length() - start - 3;
        if (length > MAX_SHORT) {
            out.putU8(start, flags() | EXTENDED_LENGTH).insertU8(start + 2, 0).putU16(start + 2, length);
        } else {
            out.putU8(start + 2, length);
        }
    }
}
