package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.Quantiles;
import dev.clarion.bench.lab.Results;
import dev.clarion.bench.lab.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table. Quantiles are values that were measured (nearest rank). */
final class Summary {
    private Summary() {}

    static String of(Results results, String build) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-5s %-20s %5s %10s %10s %10s %10s %10s   %s%n",
                "event",
                "figure",
                "n",
                "min",
                "p50",
                "p95",
                "p99",
                "max",
                "aims"));
        for (Event event : Event.values()) {
            Map<String, List<Row>> figures = results.of(event.name(), build).stream()
                    .collect(Collectors.groupingBy(row -> row.get("figure"), LinkedHashMap::new, Collectors.toList()));
            figures.forEach((figure, rows) -> text.append(line(event, figure, rows)));
        }
        return text.append('\n').toString();
    }

    private static String line(Event event, String figure, List<Row> rows) {
        List<Double> values = rows.stream().map(row -> row.number("value")).toList();
        String aims = Aims.of(event, figure).stream()
                .map(aim -> (aim.metBy(rows) ? "met " : "MISSED ") + aim.text())
                .collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "%-5s %-20s %5d %10.1f %10.1f %10.1f %10.1f %10.1f   %s%n",
                event,
                figure,
                rows.size(),
                Quantiles.nearest(values, 0),
                Quantiles.nearest(values, 50),
                Quantiles.nearest(values, 95),
                Quantiles.nearest(values, 99),
                Quantiles.nearest(values, 100),
                aims);
    }
}
