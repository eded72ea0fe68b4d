package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import dev.clarion.bench.lab.Results;
import dev.clarion.bench.lab.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Plays each event as often as asked, goes on where an earlier call stopped, and prints the table. */
public final class BgpBench {
    /** Of what a program that failed has said, its end is enough. */
    private static final int MOST_SAID = 800;

    private final Results results;
    private final Lab lab;
    private final String build;
    private final Path scratch;
    private final double until;
    private final List<String> failures = new ArrayList<>();

    private BgpBench(Path root, String labName, String build) throws IOException {
        Path bench = Files.createDirectories(root.resolve("build/bench"));
        results = new Results(bench.resolve("bgp.csv"), Figures.COLUMNS);
        lab = new Lab(root, labName);
        this.build = build;
        scratch = Files.createDirectories(bench.resolve("bgp"));
        until = variable("MINUTES")
                .map(minutes -> Pause.now() + Double.parseDouble(minutes) * 60e3)
                .orElse(Double.MAX_VALUE);
    }

    /**
     * Arguments: checkout, name of the lab, name of what is measured. The environment has EVENTS, RUNS and MINUTES. Exit code 1: an event could not be
     * played; an aim that is missed is none.
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]).toAbsolutePath().normalize();
        List<Event> events = variable("EVENTS")
                .map(names ->
                        Stream.of(names.split(",", -1)).map(Event::valueOf).toList())
                .orElse(List.of(Event.values()));
        BgpBench bench = new BgpBench(root, args[1], args[2]);
        bench.withoutLab(events);
        bench.inLab(events);
        System.out.print(Summary.of(bench.results, args[2]));
        bench.failures.forEach(failure -> System.out.println("NOT PLAYED " + failure));
        System.exit(bench.failures.isEmpty() ? 0 : 1);
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private List<Integer> missing(Event event) {
        int runs =
                event.runs() == 1 ? 1 : variable("RUNS").map(Integer::parseInt).orElse(event.runs());
        return IntStream.rangeClosed(1, runs)
                .filter(run -> !results.has(event.name(), build, run))
                .boxed()
                .toList();
    }

    private void withoutLab(List<Event> events) throws IOException {
        if (events.contains(Event.T)) {
            Cold cold = new Cold(lab.root(), scratch);
            all(Event.T, cold::play);
        }
    }

    private void inLab(List<Event> events) throws IOException {
        List<Event> due = events.stream()
                .filter(Event::inLab)
                .filter(event -> !missing(event).isEmpty())
                .toList();
        if (due.isEmpty()) {
            return;
        }
        try (Site site = new Site(lab, scratch)) {
            for (Event event : due) {
                all(event, figures -> {
                    event.play(site, figures);
                    site.check();
                });
            }
        }
    }

    private interface Run {
        void play(Figures figures) throws IOException;
    }

    /** All runs of an event that are missing; one that cannot be played ends them, and is told of at the end. */
    private void all(Event event, Run play) throws IOException {
        for (int run : missing(event)) {
            if (Pause.now() > until) {
                System.err.println("bgp: the minutes are over; the same call goes on with run " + run + " of " + event);
                return;
            }
            System.err.printf(Locale.ROOT, "bgp: %s run %d (%s)%n", event, run, event.title());
            Figures figures = new Figures();
            double began = Pause.now();
            try {
                play.play(figures);
            } catch (BenchException failed) {
                String message = String.valueOf(failed.getMessage());
                failures.add(
                        event + " run " + run + ": " + message.substring(Math.max(0, message.length() - MOST_SAID)));
                System.err.println("bgp:   " + failures.getLast());
                return;
            }
            List<Row> rows = figures.rows(event.name(), run, build, began, load());
            results.addAll(rows);
            System.err.println("bgp:   " + figures.inWords() + ", load " + load());
        }
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    }
}
