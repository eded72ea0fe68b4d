package dev.clarion.bench.failover;

import java.util.function.BooleanSupplier;

/** Waiting: a bench plays a part in time. */
final class Pause {
    private Pause() {}

    static double now() {
        return System.currentTimeMillis();
    }

    static void millis(double millis) {
        try {
            Thread.sleep(Math.max(0, (long) millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }

    static void until(double epochMillis) {
        millis(epochMillis - now());
    }

    /** Until it is so; whether it was in time. */
    static boolean within(int seconds, BooleanSupplier condition) {
        double end = now() + seconds * 1e3;
        while (!condition.getAsBoolean()) {
            if (now() > end) {
                return false;
            }
            millis(100);
        }
        return true;
    }
}
