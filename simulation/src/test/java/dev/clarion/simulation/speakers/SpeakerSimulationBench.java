package dev.clarion.simulation.speakers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many runs of the simulation on all processors. Every seed that is done is a line of a file, so that it goes on where it
 * ended: {@code java ... SpeakerSimulationBench FILE RUNS}.
 */
final class SpeakerSimulationBench {
    private static final String HEAD = "seed,nodes,addresses,millis,steps,checks,moves,longest_disagreement_ms,outcome";
    private static final long SAY_EVERY = TimeUnit.SECONDS.toNanos(30);

    private final Path file;
    private final long runs;
    private final SpeakerTally all = new SpeakerTally();
    private final AtomicLong next = new AtomicLong(1);
    private final Set<Long> done;
    private final TreeMap<Long, String> failed = new TreeMap<>();
    private long saidAt = System.nanoTime();

    private SpeakerSimulationBench(Path file, long runs) throws IOException {
        this.file = file;
        this.runs = runs;
        this.done = before(file, failed);
    }

    /** Runs the seeds from 1 to RUNS that the file does not have yet; exit code 1 if any of all failed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        SpeakerSimulationBench bench = new SpeakerSimulationBench(Path.of(args[0]), Long.parseLong(args[1]));
        bench.run(Runtime.getRuntime().availableProcessors());
        System.exit(bench.failed.isEmpty() ? 0 : 1);
    }

    private static Set<Long> before(Path file, TreeMap<Long, String> failed) throws IOException {
        Set<Long> done = new HashSet<>();
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, HEAD + "\n");
        }
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split(",", 9);
            if (fields.length == 9 && !fields[0].equals("seed")) {
                long seed = Long.parseLong(fields[0]);
                done.add(seed);
                if (!fields[8].equals("ok")) {
                    failed.put(seed, fields[8]);
                }
            }
        }
        return done;
    }

    private void run(int workers) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        System.out.printf(Locale.ROOT, "%d of %d seeds are done already; %d workers%n", done.size(), runs, workers);
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            for (int i = 0; i < workers; i++) {
                pool.execute(this::work);
            }
        }
        long minutes = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - begun);
        System.out.println(all.summary(1, runs));
        System.out.printf(Locale.ROOT, "%d seeds in %s, %d minutes of them now%n", done.size(), file, minutes);
        failed.forEach((seed, what) -> System.out.println("FAILED " + what));
        System.out.println(failed.isEmpty() ? "no seed failed" : "failed seeds: " + failed.keySet());
    }

    private void work() {
        for (long seed = next.getAndIncrement(); seed <= runs; seed = next.getAndIncrement()) {
            if (!isDone(seed)) {
                SpeakerTally tally = new SpeakerTally();
                long begun = System.nanoTime();
                SpeakerSimulation simulation = SpeakerSimulation.of(seed, Set.of(), tally);
                Optional<String> broken = simulation.run();
                note(seed, simulation, tally, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun), broken);
            }
        }
    }

    private synchronized boolean isDone(long seed) {
        return done.contains(seed);
    }

    private synchronized void note(
            long seed, SpeakerSimulation simulation, SpeakerTally tally, long millis, Optional<String> broken) {
        done.add(seed);
        all.add(tally);
        broken.ifPresent(what -> {
            failed.put(seed, what);
            System.out.println("FAILED " + what);
        });
        String line = "%d,%d,%d,%d,%s,%s%n"
                .formatted(
                        seed,
                        simulation.nodes(),
                        simulation.addresses(),
                        millis,
                        tally.figures(),
                        broken.map(what -> what.replace('\n', ' ')).orElse("ok"));
        try {
            Files.write(file, List.of(line.strip()), StandardOpenOption.APPEND);
        } catch (IOException full) {
            throw new IllegalStateException("cannot write " + file + ": " + full.getMessage(), full);
        }
        if (System.nanoTime() - saidAt > SAY_EVERY) {
            saidAt = System.nanoTime();
            System.out.printf(Locale.ROOT, "%d of %d, %d failed%n", done.size(), runs, failed.size());
        }
    }
}
