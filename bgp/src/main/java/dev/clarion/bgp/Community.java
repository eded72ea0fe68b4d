package dev.clarion.bgp;

/** A mark on a route, whose meaning its readers have agreed on. */
public sealed interface Community {
    /** Prefer any other route: this one is about to go (RFC 8326 section 4). */
    Community GRACEFUL_SHUTDOWN = new Standard(0xffff, 0);

    /** A long-lived stale route (RFC 9494 section 2). */
    Community LLGR_STALE = new Standard(0xffff, 6);

    /** Do not keep this route as a long-lived stale one (RFC 9494 section 2). */
    Community NO_LLGR = new Standard(0xffff, 7);

    /** Throw traffic to this destination away (RFC 7999 section 5). */
    Community BLACKHOLE = new Standard(0xffff, 666);

    /** Not beyond the AS (RFC 1997). */
    Community NO_EXPORT = new Standard(0xffff, 0xff01);

    /** To nobody else (RFC 1997). */
    Community NO_ADVERTISE = new Standard(0xffff, 0xff02);

    /** Not over bilateral peerings (RFC 3765). */
    Community NO_PEER = new Standard(0xffff, 0xff04);

    /**
     * Four octets (RFC 1997).
     *
     * @param high 0 to 65535, usually the AS number of whoever gives the other its meaning
     * @param low 0 to 65535
     */
    record Standard(int high, int low) implements Community {
        /** Throws IllegalArgumentException when a number is out of range. */
        public Standard {
            check(high, 0xffff);
            check(low, 0xffff);
        }

        /** {@code high:low}. */
        @Override
        public String toString() {
            return high + ":" + low;
        }
    }

    /**
     * Eight octets, of which the first one or two say of what kind (RFC 4360).
     *
     * @param value all eight, the first one topmost
     */
    record Extended(long value) implements Community {
        /** {@code extended:} and sixteen hexadecimal digits. */
        @Override
        public String toString() {
            return "extended:%016x".formatted(value);
        }
    }

    /**
     * Twelve octets (RFC 8092), each number 0 to 4294967295.
     *
     * @param global the AS number of whoever gives the others their meaning
     * @param first its first number
     * @param second its second number
     */
    record Large(long global, long first, long second) implements Community {
        /** Throws IllegalArgumentException when a number is out of range. */
        public Large {
            check(global, 0xffff_ffffL);
            check(first, 0xffff_ffffL);
            check(second, 0xffff_ffffL);
        }

        /** {@code large:global:first:second}. */
        @Override
        public String toString() {
            return "large:" + global + ":" + first + ":" + second;
        }
    }

    private static void check(long number, long most) {
        if (number < 0 || number > most) {
            throw new IllegalArgumentException("a number of a community is from 0 to " + most + ", not " + number);
        }
    }
}
