package dev.clarion.bgp.fsm;

import java.time.Duration;

/**
 * Whether the peer is asked to keep our routes while we restart (RFC 4724, restarting side), and for how long. The times
 * are told the peer, which alone keeps them.
 */
public sealed interface Restart {
    /** The longest restart time that the capability holds: 12 bits of seconds. */
    Duration MAX_RESTART = Duration.ofSeconds(4095);

    /** The longest stale time that the long-lived capability holds: 24 bits of seconds (RFC 9494). */
    Duration MAX_STALE = Duration.ofSeconds(16_777_215);

    /** What is offered unless asked otherwise: the process has two minutes to come back. */
    Duration DEFAULT_TIME = Duration.ofSeconds(120);

    /** Routes go with the connection. */
    record Off() implements Restart {}

    /**
     * Routes stay, as good as before, until we are back or the time is over.
     *
     * @param time how long, 0 to 4095 whole seconds
     * @param afterNotification whether also a NOTIFICATION or an expired hold time leaves them (RFC 8538, N bit). Then a
     *     node that died keeps its routes that much longer; so it is off unless asked for
     */
    record Graceful(Duration time, boolean afterNotification) implements Restart {
        /** Throws IllegalArgumentException when the time is out of range. */
        public Graceful {
            check(time, MAX_RESTART, "restart time");
        }
    }

    /**
     * Routes stay, but any other is preferred to them (RFC 9494): a dead node drops out of a set of equal paths at once,
     * and one that announces alone stays reachable.
     *
     * @param time how long they stay as good as before, 0 to 4095 whole seconds
     * @param stale how long they stay then, 1 to 16777215 whole seconds
     * @param afterNotification as in {@link Graceful}
     */
    record LongLived(Duration time, Duration stale, boolean afterNotification) implements Restart {
        /** Throws IllegalArgumentException when a time is out of range. */
        public LongLived {
            check(time, MAX_RESTART, "restart time");
            check(stale, MAX_STALE, "stale time");
        }
    }

    private static void check(Duration time, Duration most, String name) {
        if (time.isNegative() || time.compareTo(most) > 0 || time.getNano() != 0) {
            throw new IllegalArgumentException(
                    name + " " + time + " is not 0 to " + most.toSeconds() + " whole seconds");
        }
    }
}
