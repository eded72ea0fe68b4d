package dev.clarion.bench.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A row of a bench's CSV, by column. Every bench has the columns event, run and build. */
public record Row(List<String> columns, Map<String, String> values) {
    /** An empty one. */
    public Row(List<String> columns) {
        this(columns, new LinkedHashMap<>());
    }

    static Row parse(List<String> columns, String line) {
        String[] fields = line.split(",", -1);
        Row row = new Row(columns);
        for (int i = 0; i < Math.min(fields.length, columns.size()); i++) {
            row.values.put(columns.get(i), fields[i]);
        }
        return row;
    }

    public Row put(String column, Object value) {
        if (!columns.contains(column)) {
            throw new IllegalArgumentException(column);
        }
        values.put(column, value.toString().replace(',', ';').replace('\n', ' '));
        return this;
    }

    public Row millis(String column, double value) {
        return put(column, String.format(Locale.ROOT, "%.1f", value));
    }

    public String get(String column) {
        return values.getOrDefault(column, "");
    }

    /** Its number; 0 where there is none. */
    public double number(String column) {
        String text = get(column);
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    boolean is(String event, String build, int run) {
        return get("event").equals(event)
                && get("build").equals(build)
                && get("run").equals(Integer.toString(run));
    }

    String csv() {
        return String.join(",", columns.stream().map(this::get).toList());
    }
}
