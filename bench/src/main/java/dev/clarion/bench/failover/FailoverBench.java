package dev.clarion.bench.failover;

import dev.clarion.bench.lab.Background;
import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import dev.clarion.bench.lab.Results;
import dev.clarion.bench.lab.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Plays each event as often as asked, goes on where an earlier call stopped, and prints the table. */
public final class FailoverBench {
    private final Results results;
    private final Cluster cluster;
    private final String build;
    private final Path scratch;
    private final double until;

    private FailoverBench(Path root, String labName, String build, Path csv) throws IOException {
        results = new Results(csv, Findings.COLUMNS);
        cluster = new Cluster(new Lab(root, labName));
        this.build = build;
        scratch = root.resolve("build/bench/failover-runs");
        until = variable("MINUTES")
                .map(m -> Pause.now() + Double.parseDouble(m) * 60e3)
                .orElse(Double.MAX_VALUE);
    }

    /** Arguments: checkout, name of the lab, name of what is measured. The environment has EVENTS, RUNS and MINUTES. */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]).toAbsolutePath().normalize();
        Path csv = root.resolve("build/bench/failover.csv");
        List<Event> events = variable("EVENTS")
                .map(names ->
                        Stream.of(names.split(",", -1)).map(Event::valueOf).toList())
                .orElse(List.of(Event.values()));
        FailoverBench bench = new FailoverBench(root, args[1], args[2], csv);
        if (!bench.missing(events).isEmpty()) {
            bench.play(events);
        }
        System.out.print(Summary.of(bench.results, args[2]));
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private record Due(Event event, int run) {}

    private List<Due> missing(List<Event> events) {
        return events.stream()
                .flatMap(event ->
                        java.util.stream.IntStream.rangeClosed(1, runs(event)).mapToObj(run -> new Due(event, run)))
                .filter(due -> !results.has(due.event().name(), build, due.run()))
                .toList();
    }

    private static int runs(Event event) {
        return event.runs() == 1 ? 1 : variable("RUNS").map(Integer::parseInt).orElse(event.runs());
    }

    private void play(List<Event> events) throws IOException {
        cluster.install();
        try (Background echo = echo()) {
            List<Due> due = missing(events);
            double began = Pause.now();
            for (int i = 0; i < due.size(); i++) {
                if (Pause.now() > until) {
                    System.err.println("failover: the minutes are over; the same call goes on with run "
                            + due.get(i).run() + " of " + due.get(i).event());
                    return;
                }
                Due one = due.get(i);
                double each = i == 0 ? 25e3 : (Pause.now() - began) / i;
                System.err.printf(
                        Locale.ROOT,
                        "failover: %s run %d (%d of %d due, some %.0f min to go)%n",
                        one.event(),
                        one.run(),
                        i + 1,
                        due.size(),
                        each * (due.size() - i) / 60e3);
                once(one);
                if (!echo.running()) {
                    throw new BenchException("the echo server ended; see " + echo.log());
                }
            }
        }
    }

    private Background echo() throws IOException {
        Lab lab = cluster.lab();
        Path log = Files.createDirectories(scratch).resolve("echo.log");
        List<String> words = new java.util.ArrayList<>(
                lab.words("exec", "host", lab.root().resolve("build/bench/echo").toString()));
        for (int i = 1; i <= Lab.NODES.size(); i++) {
            words.add("10.0.0.1" + i + "=n" + i);
            words.add("fd00::1" + i + "=n" + i);
        }
        Background echo = new Background(lab.root(), log, words);
        if (!Pause.within(10, () -> said(log, "serving"))) {
            echo.close();
            throw new BenchException("the echo server did not start; see " + log);
        }
        return echo;
    }

    private static boolean said(Path log, String words) {
        try {
            return Files.readString(log).contains(words);
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Plays one run; the files of one that was not as it should be are kept. */
    private void once(Due due) throws IOException {
        if (due.event().keepalived().isPresent()) {
            try (Keepalived keepalived =
                    new Keepalived(cluster.lab(), due.event().keepalived().get(), scratch)) {
                once(due, cluster.other(keepalived.addresses()));
            }
        } else {
            once(due, cluster);
        }
    }

    private void once(Due due, Cluster cluster) throws IOException {
        String victim = cluster.settle();
        Path directory = scratch.resolve(build + "-" + due.event() + "-" + due.run());
        sweep(directory);
        List<Row> rows;
        try (Scene scene = new Scene(cluster, directory, victim)) {
            due.event().play(scene);
            rows = scene.end(30);
        } finally {
            cluster.lab().healAll();
            due.event().after(cluster, victim);
        }
        for (Row row : rows) {
            row.put("run", due.run()).put("build", build);
            results.add(row);
            System.err.printf(
                    Locale.ROOT,
                    "failover:   %-8s out %s ms (udp %s %s, tcp %s %s), long stalls %s ms, lost %s, resets %s, moves %s to %s, claim %s ms, "
                            + "unanswered %s ms, doubly %s, MACs %s, load %s %s%n",
                    row.get("event"),
                    row.get("outage_ms"),
                    row.get("udp4_ms"),
                    row.get("udp6_ms"),
                    row.get("connect4_ms"),
                    row.get("connect6_ms"),
                    row.get("stall_ms"),
                    row.get("lost"),
                    row.get("resets"),
                    row.get("moves"),
                    row.get("moved_to"),
                    row.get("claim_ms"),
                    row.get("unanswered_ms"),
                    row.get("doubly"),
                    row.get("macs_after"),
                    row.get("load"),
                    row.get("note"));
        }
        if (variable("KEEP_RUNS").isEmpty() && rows.stream().allMatch(Aims::met)) {
            sweep(directory);
        } else {
            keepLogs(directory);
        }
    }

    /** What the speakers have said: the reason for a run that was not as it should be. */
    private void keepLogs(Path directory) throws IOException {
        Files.writeString(directory.resolve("speakers.log"), cluster.clarion().logs());
    }

    private static void sweep(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
