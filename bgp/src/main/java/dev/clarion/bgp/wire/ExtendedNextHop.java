package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Code 5: routes of a family may have a next hop of another one (RFC 8950 section 4).
 *
 * @param pairs what the speaker takes
 */
public record ExtendedNextHop(List<Pair> pairs) implements Capability {
    static final int CODE = 5;

    /** IPv4 routes by way of IPv6: the only pair that we know what to do with. */
    public static final ExtendedNextHop IPV4_OVER_IPV6 =
            new ExtendedNextHop(List.of(new Pair(Family.IPV4_UNICAST, Family.IPV6_UNICAST.afi())));

    private static final int PAIR_LENGTH = 6;

    /**
     * One of them.
     *
     * @param family the routes' family
     * @param nextHopAfi the address family of their next hop, 16 bits
     */
    public record Pair(Family family, int nextHopAfi) {}

    /** Takes a copy of the list. */
    public ExtendedNextHop {
        pairs = List.copyOf(pairs);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public void writeValue(Writer out) {
        for (Pair pair : pairs) {
            // Here, and nowhere else, the SAFI takes two octets.
            out.u16(pair.family().afi()).u16(pair.family().safi()).u16(pair.nextHopAfi());
        }
    }

    static boolean fits(int length) {
        return length % PAIR_LENGTH == 0;
    }

    static ExtendedNextHop read(Reader value) throws DecodeException {
        List<Pair> pairs = new ArrayList<>();
        while (value.hasMore()) {
            int afi = value.u16();
            int safi = value.u16();
            int nextHopAfi = value.u16();
            if (safi <= 0xff) { // No family has a greater one.
                pairs.add(new Pair(new Family(afi, safi), nextHopAfi));
            }
        }
        return new ExtendedNextHop(pairs);
    }
}
