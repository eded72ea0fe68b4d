package dev.clarion.bgp.fsm;

import java.time.Duration;

/**
 * How long to wait after the next failure: a second, then twice as long each time, up to two minutes. Only a session
 * that stays up resets it; one that is accepted and thrown out again at once must not be tried in a tight loop.
 *
 * @param next the wait after the next failure
 */
public record BackOff(Duration next) {
    /** Before any failure. */
    public static final BackOff START = new BackOff(Duration.ofSeconds(1));

    private static final Duration MAX = Duration.ofMinutes(2);

    BackOff grown() {
        Duration twice = next.multipliedBy(2);
        return new BackOff(twice.compareTo(MAX) < 0 ? twice : MAX);
    }
}
