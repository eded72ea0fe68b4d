package dev.clarion.bench.lab;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waiting: a bench plays a part in time. */
public final class Pause {
    private Pause() {}

    /** Milliseconds since the epoch, as exact as the machine has them. */
    public static double now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1e3 + now.getNano() / 1e6;
    }

    public static void millis(double millis) {
        try {
            Thread.sleep(Math.max(0, (long) millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }

    public static void until(double epochMillis) {
        millis(epochMillis - now());
    }

    /** Until it is so; whether it was in time. */
    public static boolean within(int seconds, BooleanSupplier condition) {
        double end = now() + seconds * 1e3;
        while (!condition.getAsBoolean()) {
            if (now() > end) {
                return false;
            }
            millis(100);
        }
        return true;
    }

    /** Until it has been so for some time; whether that began in time. */
    public static boolean within(int seconds, BooleanSupplier condition, int forMillis) {
        double end = now() + seconds * 1e3;
        double since = now();
        while (now() - since < forMillis) {
            if (!condition.getAsBoolean()) {
                since = now();
                if (since > end) {
                    return false;
                }
            }
            millis(100);
        }
        return true;
    }
}
