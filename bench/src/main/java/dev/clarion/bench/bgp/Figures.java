package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one run came to: a row for each figure. */
final class Figures {
    static final List<String> COLUMNS = List.of("event", "run", "build", "at_epoch_ms", "load", "figure", "value");

    private final List<Row> rows = new ArrayList<>();

    /** One more. */
    void add(String figure, double value) {
        rows.add(new Row(COLUMNS).put("figure", figure).put("value", String.format(Locale.ROOT, "%.3f", value)));
    }

    /** Those that were found, each with what all have in common. */
    List<Row> rows(String event, int run, String build, double at, String load) {
        rows.forEach(row -> row.put("event", event)
                .put("run", run)
                .put("build", build)
                .put("at_epoch_ms", (long) at)
                .put("load", load));
        return List.copyOf(rows);
    }

    String inWords() {
        return String.join(
                ", ",
                rows.stream()
                        .map(row -> row.get("figure") + " " + row.get("value").replaceFirst("\\.?0+$", ""))
                        .toList());
    }
}
