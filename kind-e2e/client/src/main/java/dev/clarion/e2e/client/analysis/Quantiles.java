package dev.clarion.e2e.client.analysis;

import java.util.Arrays;

/**
 * Nearest-rank quantiles of durations in nanoseconds: each is a value that was measured, none is interpolated.
 *
 * @param count how many values; the others are 0 if there are none
 */
public record Quantiles(int count, long p50, long p99, long max) {
    /** Quantiles of these values; the array is sorted in place. */
    static Quantiles of(long[] values) {
        if (values.length == 0) {
            return new Quantiles(0, 0, 0, 0);
        }
        Arrays.sort(values);
        return new Quantiles(values.length, rank(values, 50), rank(values, 99), values[values.length - 1]);
    }

    private static long rank(long[] sorted, int percent) {
        long rank = ((long) sorted.length * percent + 99) / 100;
        return sorted[(int) Math.max(0, rank - 1)];
    }
}
