package dev.clarion.bench.failover;

import dev.clarion.bench.lab.Quantiles;
import dev.clarion.bench.lab.Results;
import dev.clarion.bench.lab.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table. Outage: of datagrams, the longer one of the two families; time-derived. Quantiles are values that were measured (nearest rank). */
final class Summary {
    private static final List<String> PHASES = List.of(
            "C", "D", "N", "B", "NB", "K", "S", "SL", "thaw", "P", "PD", "W", "A", "AD", "AN", "AK", "L2", "L2-far",
            "L2-heal", "H", "H-heal", "X", "M", "NM", "Z", "V1", "V01", "Q", "Q1", "Q5");

    private Summary() {}

    static String of(Results results, String build) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-8s %4s %31s   %23s %8s %6s %6s %6s %7s %6s%n",
                "event",
                "n",
                "outage p50/p95/p99/max ms",
                "new TCP p50/p99/max ms",
                "lost",
                "resets",
                "moves",
                "dup",
                "anew ms",
                "doubly"));
        List<String> verdicts = new ArrayList<>();
        Set<String> events = new LinkedHashSet<>(PHASES);
        for (String event : events) {
            List<Row> rows = results.of(event, build);
            if (rows.isEmpty()) {
                continue;
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%-8s %4d %7.0f %7.0f %7.0f %7.0f   %7.0f %7.0f %7.0f %8.0f %6.0f %6.2f %6.0f %7.0f %6.0f%n",
                    event,
                    rows.size(),
                    quantile(rows, "outage_ms", 50),
                    quantile(rows, "outage_ms", 95),
                    quantile(rows, "outage_ms", 99),
                    quantile(rows, "outage_ms", 100),
                    connect(rows, 50),
                    connect(rows, 99),
                    connect(rows, 100),
                    sum(rows, "lost"),
                    sum(rows, "resets"),
                    sum(rows, "moves") / rows.size(),
                    sum(rows, "duplicates"),
                    quantile(rows, "unanswered_ms", 100),
                    sum(rows, "doubly")));
            Aims.of(event).forEach(aim -> verdicts.add(String.format("%-8s %s", event, aim.verdict(rows))));
        }
        text.append(
                "\nlost, resets, dup, doubly: of all runs together; moves: of an address in a run; anew: the longest time without an answer of who asks anew.\n\n");
        verdicts.forEach(verdict -> text.append(verdict).append('\n'));
        return text.toString();
    }

    private static double sum(List<Row> rows, String column) {
        return rows.stream().mapToDouble(row -> row.number(column)).sum();
    }

    private static double connect(List<Row> rows, int percent) {
        return Quantiles.nearest(
                rows.stream()
                        .map(row -> Math.max(row.number("connect4_ms"), row.number("connect6_ms")))
                        .toList(),
                percent);
    }

    static double quantile(List<Row> rows, String column, int percent) {
        return Quantiles.nearest(rows.stream().map(row -> row.number(column)).toList(), percent);
    }
}
