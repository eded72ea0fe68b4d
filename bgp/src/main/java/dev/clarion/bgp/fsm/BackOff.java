package dev.clarion.bgp.fsm;

import java.time.Duration;

/**
 * How long to wait after a failure: a short time, then twice as long each time, up to a limit. Only a session that stays
 * up resets it; one that is accepted and thrown out again at once must not be tried in a tight loop.
 *
 * @param failures those that count, since the last session that stayed up
 */
public record BackOff(int failures) {
    /** Before any failure. */
    public static final BackOff START = new BackOff(0);

    /** Beyond this many doublings every limit is reached. */
    private static final int MOST = 30;

    BackOff grown() {
        return new BackOff(Math.min(failures + 1, MOST));
    }

    /** The wait after one more failure. */
    Duration next(PeerTimes times) {
        Duration wait = times.firstBackOff();
        for (int i = 0; i < failures && wait.compareTo(times.longestBackOff()) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(times.longestBackOff()) < 0 ? wait : times.longestBackOff();
    }
}
