package dev.clarion.bench.lab;

import java.util.Collection;

/** Quantiles that are values that were measured (nearest rank). */
public final class Quantiles {
    private Quantiles() {}

    /** The value that so many percent of all are not above; 0 of none. */
    public static double nearest(Collection<Double> values, int percent) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.length) - 1)];
    }
}
