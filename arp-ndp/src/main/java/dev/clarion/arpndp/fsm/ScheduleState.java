package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What {@link AnnouncementSchedule} consists of. Nobody changes the collections once they are here; they are not copied,
 * since there may be thousands of addresses.
 *
 * @param rules what it goes by
 * @param pacing of everything
 * @param refreshPacing of the periodic refresh besides
 * @param owned the addresses
 * @param waiting what is to be sent, sooner or later
 * @param unintroduced addresses of which the neighbours are to be told as soon as it is known who they are
 * @param refreshes when each address is announced again although nothing happened
 * @param defended when an address was last defended
 */
record ScheduleState(
        Rules rules,
        Pacing pacing,
        Pacing refreshPacing,
        Set<Ip> owned,
        List<Pending> waiting,
        Set<Ip> unintroduced,
        Map<Ip, Refresh> refreshes,
        Map<Ip, Long> defended) {

    /** While frames wait for the rate limit, they go in small groups instead of one wake-up each. */
    private static final long SHORTEST_SLEEP_NANOS = 10_000_000L;

    static ScheduleState start(Rules rules, long now) {
        return new ScheduleState(
                rules,
                Pacing.start(rules.framesPerSecond(), now),
                Pacing.start(rules.refreshesPerSecond(), now),
                Set.of(),
                List.of(),
                Set.of(),
                Map.of(),
                Map.of());
    }

    boolean isIdle() {
        return waiting.isEmpty() && unintroduced.isEmpty();
    }

    OptionalLong wakeAfter(long now) {
        if (!unintroduced.isEmpty()) {
            return OptionalLong.of(0);
        }
        return LongStream.concat(
                        waiting.stream().mapToLong(each -> readyAfter(each, now)),
                        refreshes.values().stream().mapToLong(each -> Math.max(0, each.due() - now)))
                .min();
    }

    private long readyAfter(Pending each, long now) {
        long due = Math.max(0, each.due() - now);
        long paced = Math.max(pacing.waitNanos(now), each.isRefresh() ? refreshPacing.waitNanos(now) : Long.MIN_VALUE);
        return paced > due ? Math.max(paced, SHORTEST_SLEEP_NANOS) : due;
    }
}
