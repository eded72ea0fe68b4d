package dev.clarion.bench.lab;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What is promised of all runs of an event.
 *
 * @param text how it reads
 * @param limit the value must not be above it
 * @param value of all runs
 */
public record Aim(String text, double limit, ToDoubleFunction<List<Row>> value) {
    public boolean metBy(List<Row> rows) {
        return value.applyAsDouble(rows) <= limit;
    }

    public String verdict(List<Row> rows) {
        double seen = value.applyAsDouble(rows);
        return String.format(Locale.ROOT, "%s %s: %.0f", metBy(rows) ? "met" : "MISSED", text, seen);
    }
}
