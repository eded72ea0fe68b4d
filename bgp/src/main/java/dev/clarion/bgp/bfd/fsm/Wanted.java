package dev.clarion.bgp.bfd.fsm;

/**
 * What the configuration wants of a session.
 *
 * @param transmit the interval in which to send while up, in microseconds, at least 1
 * @param receive the least interval in which we can receive, in microseconds, at least 1
 * @param multiplier of how many of our intervals the peer's detection time is made, 1 to 255
 * @param passive whether to be silent until the peer is heard (RFC 5880 section 6.1)
 */
public record Wanted(long transmit, long receive, int multiplier, boolean passive) {

    /** Nobody sends faster than this while a session is not up (RFC 5880 section 6.8.3): one second. */
    public static final long SLOW = 1_000_000;

    private static final long MAX = 0xffff_ffffL;

    /** Throws IllegalArgumentException when a value is outside its range. */
    public Wanted {
        if (transmit < 1 || transmit > MAX || receive < 1 || receive > MAX || multiplier < 1 || multiplier > 255) {
            throw new IllegalArgumentException("intervals of 1 to 4294967295 microseconds and a multiplier of 1 to 255,"
                    + " not " + transmit + ", " + receive + " and " + multiplier);
        }
    }

    /** What is offered while the session is up. */
    Offer whenUp() {
        return new Offer(transmit, receive);
    }

    /** What is offered while it is not. */
    Offer whenDown() {
        return new Offer(Math.max(transmit, SLOW), receive);
    }
}
