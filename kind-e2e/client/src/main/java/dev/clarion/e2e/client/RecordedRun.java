package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Analysis;
import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Probe;
import dev.clarion.e2e.client.analysis.Responder;
import dev.clarion.e2e.client.analysis.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run read back from its CSV files, for tests and benchmarks that ran the client as its own process. The analysis is computed
 * anew from the requests, so that it holds what the tables round or leave out.
 */
public record RecordedRun(List<RecordedRun.Lane> lanes) {
    /**
     * One probe to one target.
     *
     * @param samples its requests
     * @param summary its row of summary.csv, by column
     */
    public record Lane(
            Probe probe, String target, List<Sample> samples, Analysis analysis, Map<String, String> summary) {
        /** A whole number from the summary, for instance {@code connection_resets}. */
        public int count(String column) {
            return Integer.parseInt(summary.getOrDefault(column, ""));
        }
    }

    /** Reads the directory that was given as {@code --csv}. */
    public static RecordedRun read(Path directory) throws IOException {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(directory.resolve("requests.csv"))) {
            lines.skip(1)
                    .map(RecordedRun::fields)
                    .forEach(f -> samples.computeIfAbsent(key(f.get(0), f.get(1)), _ -> new ArrayList<>())
                            .add(sample(f)));
        }
        List<String> summary = Files.readAllLines(directory.resolve("summary.csv"));
        List<String> columns = fields(summary.getFirst());
        List<Lane> lanes = new ArrayList<>();
        for (String line : summary.subList(1, summary.size())) {
            List<String> row = fields(line);
            Map<String, String> byColumn = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                byColumn.put(columns.get(i), row.get(i));
            }
            lanes.add(lane(byColumn, samples));
        }
        return new RecordedRun(List.copyOf(lanes));
    }

    /** The requests of one probe to one target. */
    public Lane lane(Probe probe, String target) {
        return lanes.stream()
                .filter(l -> l.probe() == probe && l.target().equals(target))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no " + probe + " to " + target + " in this run"));
    }

    private static Lane lane(Map<String, String> row, Map<String, List<Sample>> samples) {
        String probe = row.getOrDefault("probe", "");
        String target = row.getOrDefault("target", "");
        List<Sample> own = List.copyOf(samples.getOrDefault(key(probe, target), List.of()));
        long interval = Long.parseLong(row.getOrDefault("interval_ns", ""));
        return new Lane(Probe.of(probe).orElseThrow(), target, own, Analysis.of(own, interval), Map.copyOf(row));
    }

    private static String key(String probe, String target) {
        return probe + " " + target;
    }

    private static List<String> fields(String line) {
        return List.of(line.split(",", -1));
    }

    private static Sample sample(List<String> f) {
        boolean answered = !f.get(5).isEmpty();
        return new Sample(
                Integer.parseInt(f.get(2)),
                Long.parseLong(f.get(3)),
                Long.parseLong(f.get(4)),
                answered ? Long.parseLong(f.get(5)) : 0,
                answered ? Optional.of(new Responder(f.get(6), f.get(7))) : Optional.empty(),
                Outcome.valueOf(f.get(8).toUpperCase(Locale.ROOT)),
                Integer.parseInt(f.get(9)));
    }
}
