package dev.clarion.announcement.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How often a node came back unexpectedly within the last hour. Who did is less preferred for 30 seconds, twice as long
 * each time, up to ten minutes.
 *
 * @param returns when, in monotonic nanoseconds, oldest first
 */
public record Flaps(List<Long> returns) {
    /** Never. */
    public static final Flaps NONE = new Flaps(List.of());

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long FIRST = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int REMEMBERED = 8;

    /** Takes a copy of the list. */
    public Flaps {
        returns = List.copyOf(returns);
    }

    /** After one more return. */
    public Flaps returned(long now) {
        List<Long> kept = new ArrayList<>();
        returns.stream().filter(at -> now - at < HOUR).forEach(kept::add);
        kept.add(now);
        return new Flaps(kept.subList(Math.max(0, kept.size() - REMEMBERED), kept.size()));
    }

    /** Whether the node is less preferred now. */
    public boolean damped(long now) {
        return !returns.isEmpty() && now < until(now);
    }

    private long until(long now) {
        int within = 0;
        for (long at : returns) {
            within += now - at < HOUR ? 1 : 0;
        }
        if (within == 0) {
            return now;
        }
        return returns.getLast() + Math.min(FIRST << (within - 1), LONGEST);
    }
}
