package dev.clarion.speaker;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * When to ask again for what the kernel refused: after five seconds, then after twice as long each time, five minutes at
 * most. Belongs to one thread.
 */
final class Retries {
    private static final long FIRST = Duration.ofSeconds(5).toNanos();
    private static final long LONGEST = Duration.ofMinutes(5).toNanos();

    private OptionalLong next = OptionalLong.empty();
    private long wait = FIRST;

    /**
     * Whether to ask now.
     *
     * @param now nanoseconds of a clock that only goes forward
     */
    boolean due(long now) {
        return next.isEmpty() || now - next.getAsLong() >= 0;
    }

    /** It was refused. */
    void refused(long now) {
        next = OptionalLong.of(now + wait);
        wait = Math.min(2 * wait, LONGEST);
    }

    /** Nobody needs it any more: the next one who does asks at once. */
    void forget() {
        next = OptionalLong.empty();
        wait = FIRST;
    }
}
