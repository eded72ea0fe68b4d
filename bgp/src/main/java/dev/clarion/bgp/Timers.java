package dev.clarion.bgp;

import dev.clarion.bgp.fsm.TimerKind;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The timers of one session, on the loop. One that was stopped or started anew never fires. */
final class Timers {
    /** RFC 4271 section 10: the configured time multiplied by a random number from 0.75 to 1. */
    private static final double LEAST_JITTER = 0.75;

    /** Not even jitter sends two KEEPALIVEs within a second (RFC 4271 section 4.4). */
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final Consumer<TimerKind> expired;
    private final Map<TimerKind, Running> running = new EnumMap<>(TimerKind.class);
    private long generation;

    private record Running(long generation, ScheduledFuture<?> future) {}

    Timers(EventLoop loop, Consumer<TimerKind> expired) {
        this.loop = loop;
        this.expired = expired;
    }

    void start(TimerKind kind, Duration delay) {
        stop(kind);
        long mine = ++generation;
        ScheduledFuture<?> future = loop.schedule(() -> fire(kind, mine), nanos(kind, delay), TimeUnit.NANOSECONDS);
        running.put(kind, new Running(mine, future));
    }

    void stop(TimerKind kind) {
        Running old = running.remove(kind);
        if (old != null) {
            old.future().cancel(false);
        }
    }

    /** What is left of those that run. */
    Map<TimerKind, Duration> left() {
        Map<TimerKind, Duration> left = new EnumMap<>(TimerKind.class);
        running.forEach((kind, timer) ->
                left.put(kind, Duration.ofMillis(Math.max(0, timer.future().getDelay(TimeUnit.MILLISECONDS)))));
        return left;
    }

    void stopAll() {
        for (TimerKind kind : TimerKind.values()) {
            stop(kind);
        }
    }

    private void fire(TimerKind kind, long mine) {
        Running current = running.get(kind);
        if (current != null && current.generation() == mine) {
            running.remove(kind);
            expired.accept(kind);
        }
    }

    private static long nanos(TimerKind kind, Duration delay) {
        long full = delay.toNanos();
        if (!kind.jittered() || full <= SECOND) {
            return full;
        }
        double factor = ThreadLocalRandom.current().nextDouble(LEAST_JITTER, 1);
        return Math.max(SECOND, (long) (full * factor));
    }
}
