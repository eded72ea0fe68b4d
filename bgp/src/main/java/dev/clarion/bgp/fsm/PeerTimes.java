package dev.clarion.bgp.fsm;

import java.time.Duration;
import java.util.Optional;

/**
 * The times of a session (RFC 4271 section 10 and RFC 9687).
 *
 * @param hold the hold time that we offer: zero (never expires, no keepalives) or 3 to 65535 whole seconds
 * @param leastHold a peer that offers less than this is refused (2/6); zero takes everything that the RFC allows
 * @param keepalive between two KEEPALIVEs, 1 s up to the hold time; empty: a third of the hold time agreed on. Holds
 *     when the peer agrees to the hold time offered; one that wants a shorter one gets a third of that
 * @param connectRetry how long an attempt to connect may take, and the steady wait between attempts, 1 to 65535 s
 * @param sendHold how long the peer may take no bytes at all; empty: twice the hold time agreed on, 8 minutes for none
 * @param firstBackOff the wait after a first failure; each further one doubles it
 * @param longestBackOff the longest such wait
 * @param stable how long a session must have been up for its failures to be forgiven
 */
public record PeerTimes(
        Duration hold,
        Duration leastHold,
        Optional<Duration> keepalive,
        Duration connectRetry,
        Optional<Duration> sendHold,
        Duration firstBackOff,
        Duration longestBackOff,
        Duration stable) {
    private static final Duration MAX = Duration.ofSeconds(65_535);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Hold time 90 s, connect retry 5 s, back-off from 1 to 120 s, forgiven after 30 s. */
    public static final PeerTimes DEFAULT = new PeerTimes(
            Duration.ofSeconds(90),
            Duration.ZERO,
            Optional.empty(),
            Duration.ofSeconds(5),
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30));

    /** Throws IllegalArgumentException when a value is outside its range. */
    public PeerTimes {
        require(
                hold.isZero() || (whole(hold) && within(hold, Duration.ofSeconds(3), MAX)),
                "hold time " + hold + " is neither 0 nor 3 to 65535 whole seconds");
        require(
                whole(leastHold) && within(leastHold, Duration.ZERO, MAX),
                "least hold time " + leastHold + " is not 0 to 65535 whole seconds");
        Duration longestKeepalive = hold.isZero() ? MAX : hold;
        require(
                keepalive.map(time -> within(time, SECOND, longestKeepalive)).orElse(true),
                "keepalive time " + keepalive + " is not from 1 s to the hold time of " + hold);
        require(within(connectRetry, SECOND, MAX), "connect time " + connectRetry + " is not 1 to 65535 s");
        require(
                sendHold.map(time -> time.compareTo(hold) > 0).orElse(true),
                "send-hold time " + sendHold + " is not longer than the hold time of " + hold);
        require(
                firstBackOff.isPositive() && longestBackOff.compareTo(firstBackOff) >= 0,
                "back-off from " + firstBackOff + " to " + longestBackOff + " is no range of waits");
        require(stable.isPositive(), "a session is not stable after " + stable);
    }

    /** These with another hold time. */
    public PeerTimes withHold(Duration time) {
        return new PeerTimes(time, leastHold, keepalive, connectRetry, sendHold, firstBackOff, longestBackOff, stable);
    }

    /** These with another keepalive time; empty for a third of the hold time. */
    public PeerTimes withKeepalive(Optional<Duration> time) {
        return new PeerTimes(hold, leastHold, time, connectRetry, sendHold, firstBackOff, longestBackOff, stable);
    }

    /** These with another time for and between attempts to connect. */
    public PeerTimes withConnectRetry(Duration time) {
        return new PeerTimes(hold, leastHold, keepalive, time, sendHold, firstBackOff, longestBackOff, stable);
    }

    /** These with another send-hold time. */
    public PeerTimes withSendHold(Optional<Duration> time) {
        return new PeerTimes(hold, leastHold, keepalive, connectRetry, time, firstBackOff, longestBackOff, stable);
    }

    /** These with another least hold time of the peer. */
    public PeerTimes withLeastHold(Duration time) {
        return new PeerTimes(hold, time, keepalive, connectRetry, sendHold, firstBackOff, longestBackOff, stable);
    }

    /** These with other waits after failures, and another time after which a session that is up forgives them. */
    public PeerTimes withBackOff(Duration first, Duration longest, Duration forgivenAfter) {
        return new PeerTimes(hold, leastHold, keepalive, connectRetry, sendHold, first, longest, forgivenAfter);
    }

    /** The time between KEEPALIVEs of a session with this hold time, zero for none. */
    Duration keepaliveFor(Duration agreedHold) {
        Duration third = agreedHold.dividedBy(3);
        return keepalive
                .filter(time -> agreedHold.equals(hold) || time.compareTo(third) < 0)
                .orElse(third);
    }

    Duration sendHoldFor(Duration agreedHold) {
        return sendHold.orElse(agreedHold.isZero() ? Duration.ofMinutes(8) : agreedHold.multipliedBy(2));
    }

    private static boolean whole(Duration time) {
        return time.equals(Duration.ofSeconds(time.toSeconds()));
    }

    private static boolean within(Duration time, Duration least, Duration most) {
        return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
