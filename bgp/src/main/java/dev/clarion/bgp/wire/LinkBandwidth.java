package dev.clarion.bgp.wire;

/**
 * The extended community that says by how much traffic a route can be used, for routers that use several side by side
 * (draft-ietf-idr-link-bandwidth section 2): kind, subtype 4, a two-octet AS number, octets per second as an IEEE 754
 * number of 32 bits.
 */
public final class LinkBandwidth {
    private static final long TRANSITIVE = 0x0004;
    private static final long NON_TRANSITIVE = 0x4004;

    private LinkBandwidth() {}

    /**
     * Its eight octets.
     *
     * @param transitive whether it may cross the border of an AS; the other form is to be taken off there (RFC 4360
     *     section 6)
     * @param as whose number it is, ours; 23456 stands for one that needs four octets
     * @param octetsPerSecond the bandwidth; rounded to the nearest that 24 bits can say
     */
    public static long of(boolean transitive, long as, long octetsPerSecond) {
        long kind = transitive ? TRANSITIVE : NON_TRANSITIVE;
        long bandwidth = Float.floatToIntBits((float) octetsPerSecond) & 0xffff_ffffL;
        return kind << 48 | (long) Open.twoOctets(as) << 32 | bandwidth;
    }
}
