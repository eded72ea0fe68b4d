package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.Aim;
import dev.clarion.bench.lab.Quantiles;
import dev.clarion.bench.lab.Row;
import java.util.List;
import java.util.Map;

/** What the issue promises of each event and figure. */
final class Aims {
    private static final List<Aim> SOON = List.of(quantile(50, 10), quantile(99, 50));
    private static final List<Aim> NONE = List.of(most(0));

    private static final Map<String, List<Aim>> BY_FIGURE = Map.ofEntries(
            Map.entry("G v4_ms", SOON),
            Map.entry("G v6_ms", SOON),
            Map.entry("R v4_ms", SOON),
            Map.entry("R v6_ms", SOON),
            Map.entry("R lost", NONE),
            Map.entry("T ms", List.of(quantile(99, 500))),
            Map.entry("T prefixes_per_update", List.of(least(200))),
            Map.entry("F1 v4_ms", List.of(quantile(99, 400))),
            Map.entry("F1 v6_ms", List.of(quantile(99, 400))),
            Map.entry("F3 v4_ms", List.of(quantile(99, 1_000))),
            Map.entry("F3 v6_ms", List.of(quantile(99, 1_000))),
            Map.entry("KG removed", NONE),
            Map.entry("KG lost", NONE),
            Map.entry("KG open_ms", List.of(most(5_000))),
            Map.entry("WG removed", NONE),
            Map.entry("WG lost", NONE),
            Map.entry("E changes_per_s", List.of(least(95))),
            Map.entry("E resets", NONE),
            Map.entry("E redundant", NONE),
            Map.entry("E wrong", NONE),
            Map.entry("SO resets", NONE),
            Map.entry("SO wrong", NONE),
            Map.entry("SO mb_per_hour", List.of(most(1))),
            Map.entry("M1 rss_mb", List.of(most(100))),
            Map.entry("M2 rss_mb", List.of(most(130))));

    private Aims() {}

    static List<Aim> of(Event event, String figure) {
        return figure.equals("gaps") ? NONE : BY_FIGURE.getOrDefault(event + " " + figure, List.of());
    }

    private static List<Double> values(List<Row> rows) {
        return rows.stream().map(row -> row.number("value")).toList();
    }

    private static Aim quantile(int percent, double limit) {
        return new Aim("p" + percent + " <= " + (long) limit, limit, rows -> Quantiles.nearest(values(rows), percent));
    }

    private static Aim most(double limit) {
        return new Aim("max <= " + (long) limit, limit, rows -> Quantiles.nearest(values(rows), 100));
    }

    private static Aim least(double limit) {
        return new Aim("min >= " + (long) limit, -limit, rows -> -Quantiles.nearest(values(rows), 0));
    }
}
