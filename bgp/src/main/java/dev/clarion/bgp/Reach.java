package dev.clarion.bgp;

/** How far away a peer may be, in hops. */
public sealed interface Reach {
    /** Farthest that an IP packet can go. */
    int MAX = 255;

    /** Where its kind is usually: an eBGP peer on the segment (TTL 1), an iBGP peer anywhere (the kernel's TTL). */
    record Usual() implements Reach {}

    /**
     * An eBGP peer that is not on the segment.
     *
     * @param ttl the TTL of our packets, 2 to 255
     */
    record Multihop(int ttl) implements Reach {
        /** Throws IllegalArgumentException when the TTL is out of range. */
        public Multihop {
            if (ttl < 2 || ttl > MAX) {
                throw new IllegalArgumentException("a TTL of " + ttl + " is not from 2 to 255");
            }
        }
    }

    /**
     * No farther than this: packets are sent with TTL 255, and those that come with less than 256 - hops are dropped by
     * the kernel, so nobody farther away can pretend (RFC 5082). The peer must do the same.
     *
     * @param hops 1 to 254; 1 for a peer on the segment
     */
    record Security(int hops) implements Reach {
        /** Throws IllegalArgumentException when the number is out of range. */
        public Security {
            if (hops < 1 || hops > MAX - 1) {
                throw new IllegalArgumentException("TTL security over " + hops + " hops is not from 1 to 254");
            }
        }

        /** The least TTL of a packet that is let in. */
        int leastTtl() {
            return MAX + 1 - hops;
        }
    }
}
