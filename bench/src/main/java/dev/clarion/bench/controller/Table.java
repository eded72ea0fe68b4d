package dev.clarion.bench.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What was measured: a line on the terminal at once, and a row of CSV at the end. */
final class Table {
    private final List<String> rows = new ArrayList<>(List.of("figure,unit,n,min,median,p99,max"));

    void row(String figure, String unit, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double median = sorted[(n - 1) / 2];
        // The nearest rank: with fewer than 100 values it is the greatest.
        double p99 = sorted[(int) Math.ceil(0.99 * n) - 1];
        System.out.printf(
                Locale.ROOT,
                n == 1 ? "%-58s %9.1f %s%n" : "%-58s %9.1f %s  (min %.1f, p99 %.1f, max %.1f, n=%d)%n",
                figure,
                median,
                unit,
                sorted[0],
                p99,
                sorted[n - 1],
                n);
        rows.add(String.format(
                Locale.ROOT,
                "%s,%s,%d,%.3f,%.3f,%.3f,%.3f",
                figure.replace(',', ';'),
                unit,
                n,
                sorted[0],
                median,
                p99,
                sorted[n - 1]));
    }

    void write(Path csv) throws IOException {
        Files.createDirectories(csv.getParent());
        Files.write(csv, rows);
    }
}
