package dev.clarion.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The CSV: a row for each run, written when it has been made, so that a run that is there need not be made again. */
public final class Results {
    private final Path csv;
    private final List<Row> rows = new ArrayList<>();

    /** Reads what is there. Throws {@link BenchException} when that has other columns. */
    public Results(Path csv, List<String> columns) throws IOException {
        this.csv = csv;
        String head = String.join(",", columns);
        if (!Files.exists(csv)) {
            Files.createDirectories(csv.getParent());
            Files.writeString(csv, head + "\n");
        }
        List<String> lines = Files.readAllLines(csv);
        if (!lines.getFirst().equals(head)) {
            throw new BenchException(csv + " has other columns than this bench writes; move it away");
        }
        lines.stream().skip(1).map(line -> Row.parse(columns, line)).forEach(rows::add);
    }

    public boolean has(String event, String build, int run) {
        return rows.stream().anyMatch(row -> row.is(event, build, run));
    }

    public void add(Row row) throws IOException {
        addAll(List.of(row));
    }

    /** All rows of a run at once, so that a run is there wholly or not at all. */
    public void addAll(List<Row> run) throws IOException {
        rows.addAll(run);
        StringBuilder lines = new StringBuilder();
        run.forEach(row -> lines.append(row.csv()).append('\n'));
        Files.writeString(csv, lines, StandardOpenOption.APPEND);
    }

    public List<Row> of(String event, String build) {
        return rows.stream()
                .filter(row ->
                        row.get("event").equals(event) && row.get("build").equals(build))
                .toList();
    }
}
