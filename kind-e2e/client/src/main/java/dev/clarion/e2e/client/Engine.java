package dev.clarion.e2e.client;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Sends on schedule and reads what comes back, on one thread. Between two slots it sleeps in the selector, where an answer wakes it;
 * for the last two milliseconds before a slot, which the selector's timeout is too coarse for, it naps and looks by turns.
 */
final class Engine {
    private static final long COARSE_NANOS = 2_000_000;
    private static final long NAP_NANOS = 100_000;
    private static final long SPIN_NANOS = 150_000;
    private static final long LINGER_NANOS = 100_000_000;

    private final Selector selector;
    private final List<Lane> lanes;
    private final BooleanSupplier stopped;

    Engine(Selector selector, List<Lane> lanes, BooleanSupplier stopped) {
        this.selector = selector;
        this.lanes = lanes;
        this.stopped = stopped;
    }

    /** Sends every request of the schedule, or until stopped. */
    void send(Schedule schedule) throws IOException {
        int next = 0;
        while (next < schedule.count() && !stopped.getAsBoolean()) {
            listenUntil(schedule.dueNanos(next));
            long now = System.nanoTime();
            int due = schedule.newestDue(next, now);
            for (; next < due; next++) {
                for (Lane lane : lanes) {
                    lane.ledger.skipped(next, now);
                }
            }
            for (Lane lane : lanes) {
                lane.send(next);
            }
            next++;
        }
    }

    /** Reads on until nothing waits any more, for at most this long; and a moment in any case, since duplicates come after answers. */
    void drain(long nanos) throws IOException {
        long start = System.nanoTime();
        listenUntil(start + Math.min(LINGER_NANOS, nanos));
        while (System.nanoTime() - start < nanos && lanes.stream().anyMatch(l -> l.ledger.waiting() > 0)) {
            listenUntil(System.nanoTime() + COARSE_NANOS);
        }
    }

    private static void dispatch(SelectionKey key) {
        if (key.attachment() instanceof Ready ready) {
            ready.ready();
        }
    }

    private void listenUntil(long deadline) throws IOException {
        for (long left = deadline - System.nanoTime(); ; left = deadline - System.nanoTime()) {
            if (left > COARSE_NANOS) {
                selector.select(Engine::dispatch, (left - COARSE_NANOS / 2) / 1_000_000);
            } else {
                selector.selectNow(Engine::dispatch);
            }
            long now = System.nanoTime();
            for (Lane lane : lanes) {
                lane.expire(now);
            }
            left = deadline - now;
            if (left <= 0) {
                return;
            }
            if (left <= SPIN_NANOS) {
                Thread.onSpinWait();
            } else if (left <= COARSE_NANOS) {
                LockSupport.parkNanos(Math.min(NAP_NANOS, left - SPIN_NANOS / 2));
            }
        }
    }
}
