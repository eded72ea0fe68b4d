package dev.clarion.bench.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The CSV: a row for each run, written when it has been made, so that a run that is there need not be made again. */
final class Results {
    private final Path csv;
    private final List<Row> rows = new ArrayList<>();

    Results(Path csv) throws IOException {
        this.csv = csv;
        String head = String.join(",", Row.COLUMNS);
        if (!Files.exists(csv)) {
            Files.createDirectories(csv.getParent());
            Files.writeString(csv, head + "\n");
        }
        List<String> lines = Files.readAllLines(csv);
        if (!lines.getFirst().equals(head)) {
            throw new BenchException(csv + " has other columns than this bench writes; move it away");
        }
        lines.stream().skip(1).map(Row::parse).forEach(rows::add);
    }

    boolean has(String event, String build, int run) {
        return rows.stream().anyMatch(row -> row.is(event, build, run));
    }

    void add(Row row) throws IOException {
        rows.add(row);
        Files.writeString(csv, row.csv() + "\n", StandardOpenOption.APPEND);
    }

    List<Row> of(String event, String build) {
        return rows.stream()
                .filter(row ->
                        row.get("event").equals(event) && row.get("build").equals(build))
                .toList();
    }
}
