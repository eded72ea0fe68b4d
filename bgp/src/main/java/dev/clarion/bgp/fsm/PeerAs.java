package dev.clarion.bgp.fsm;

/** Which AS number a peer must have. With the two that name none, it is learned from the peer's OPEN. */
public sealed interface PeerAs {
    /** The greatest AS number (RFC 6793). */
    long MAX = 0xffff_ffffL;

    /**
     * This one.
     *
     * @param number 1 to 4294967295
     */
    record Number(long number) implements PeerAs {
        /** Throws IllegalArgumentException when the number is out of range. */
        public Number {
            if (number < 1 || number > MAX) {
                throw new IllegalArgumentException(number + " is not an AS number");
            }
        }
    }

    /** Any but ours: an eBGP session with whoever is there. */
    record External() implements PeerAs {}

    /** Ours: an iBGP session. */
    record Internal() implements PeerAs {}

    /** Whether a peer with this number is the right one. AS 0 never is (RFC 7607). */
    default boolean allows(long as, long localAs) {
        return as != 0
                && switch (this) {
                    case Number(long number) -> as == number;
                    case External() -> as != localAs;
                    case Internal() -> as == localAs;
                };
    }

    /** Whether the session is eBGP; known before the peer has said anything. */
    default boolean external(long localAs) {
        return switch (this) {
            case Number(long number) -> number != localAs;
            case External() -> true;
            case Internal() -> false;
        };
    }

    /** For people: what the peer should have been. */
    default String describe(long localAs) {
        return switch (this) {
            case Number(long number) -> String.valueOf(number);
            case External() -> "any but ours, " + localAs;
            case Internal() -> "ours, " + localAs;
        };
    }
}
