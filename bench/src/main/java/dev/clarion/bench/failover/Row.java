package dev.clarion.bench.failover;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run of one event, by column. */
record Row(Map<String, String> values) {
    static final List<String> COLUMNS = List.of(
            "event",
            "run",
            "build",
            "at_epoch_ms",
            "victim",
            "outage_ms",
            "udp4_ms",
            "udp6_ms",
            "connect4_ms",
            "connect6_ms",
            "stall_ms",
            "lost",
            "lost_udp",
            "lost_connect",
            "lost_long",
            "resets",
            "late",
            "duplicates",
            "moves",
            "moved_to",
            "claim_ms",
            "unanswered_ms",
            "doubly",
            "macs_after",
            "former_after",
            "stale",
            "announcements",
            "peak_per_s",
            "sent",
            "client_late_ms",
            "skipped",
            "load",
            "note");

    Row() {
        this(new LinkedHashMap<>());
    }

    static Row parse(String line) {
        String[] fields = line.split(",", -1);
        Row row = new Row();
        for (int i = 0; i < Math.min(fields.length, COLUMNS.size()); i++) {
            row.values.put(COLUMNS.get(i), fields[i]);
        }
        return row;
    }

    Row put(String column, Object value) {
        if (!COLUMNS.contains(column)) {
            throw new IllegalArgumentException(column);
        }
        values.put(column, value.toString().replace(',', ';').replace('\n', ' '));
        return this;
    }

    Row millis(String column, double value) {
        return put(column, String.format(Locale.ROOT, "%.1f", value));
    }

    String get(String column) {
        return values.getOrDefault(column, "");
    }

    double number(String column) {
        String text = get(column);
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    boolean is(String event, String build, int run) {
        return get("event").equals(event)
                && get("build").equals(build)
                && get("run").equals(Integer.toString(run));
    }

    String csv() {
        return String.join(",", COLUMNS.stream().map(this::get).toList());
    }
}
