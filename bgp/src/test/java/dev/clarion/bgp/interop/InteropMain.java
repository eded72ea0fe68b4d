package dev.clarion.bgp.interop;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What {@link InteropIT} runs inside a sandbox: all rows of one daemon, each with a line that says how it went. */
final class InteropMain {
    static final String PASS = "PASS ";
    static final String FAIL = "FAIL ";

    private InteropMain() {}

    /** The daemon, then the rows if not all of them. Exits with 0 if all held. */
    public static void main(String[] arguments) {
        Daemon daemon = Daemon.valueOf(arguments[0]);
        List<Row> rows = arguments.length == 1
                ? Matrix.rows(daemon)
                : List.of(arguments).subList(1, arguments.length).stream()
                        .map(Row::valueOf)
                        .toList();
        Bench bench = new Bench(new Segment(), daemon.router(), new Ours());
        long failed = rows.stream().filter(row -> !holds(row, bench)).count();
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean holds(Row row, Bench bench) {
        long begin = System.nanoTime();
        int logged = bench.router().log().length();
        boolean held = done(() -> row.run(bench));
        if (!held) {
            bench.ours().changes().forEach(System.out::println);
            System.out.println(bench.router().log().substring(logged));
        }
        boolean ended = done(bench::end);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        System.out.println((held && ended ? PASS : FAIL) + row + " " + took + " ms");
        return held && ended;
    }

    private static boolean done(Runnable what) {
        try {
            what.run();
            return true;
        } catch (RuntimeException | AssertionError failure) {
            failure.printStackTrace(System.out);
            return false;
        }
    }
}
