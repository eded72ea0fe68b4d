package dev.clarion.e2e.client;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The measuring client. Prints one line when the run starts, and the report at its end, or when it is asked to stop by SIGTERM or
 * SIGINT.
 */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    /** See {@code --help}. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length == 0 || args[0].equals("--help")) {
            System.out.print(Options.HELP);
            System.exit(args.length == 0 ? USAGE : 0);
        }
        System.exit(measure(args));
    }

    private static int measure(String[] args) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (Options.UsageException e) {
            System.err.println("measure: " + e.getMessage());
            return USAGE;
        }
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop::onSignal));
        int code = USAGE;
        try {
            code = measure(options, stop, System.out);
        } catch (IOException e) {
            System.err.println("measure: " + e.getMessage());
        }
        stop.finished(code);
        return code;
    }

    private static int measure(Options options, Stop stop, PrintStream out) throws IOException {
        RunResult result = new Measurement(options, stop.asked::get).run(clock -> {
            out.println(TextReport.started(clock, options));
            out.flush();
        });
        out.print(TextReport.of(result));
        out.flush();
        if (options.csv().isPresent()) {
            CsvReport.write(options.csv().get(), result);
        }
        return options.failOnLoss() && result.lost() > 0 ? 1 : 0;
    }

    /** Ends a run early. The JVM would exit with the signal's code; a run that gave its report has done its work and exits with its own. */
    private static final class Stop {
        final AtomicBoolean asked = new AtomicBoolean();
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile int code = USAGE;

        void onSignal() {
            asked.set(true);
            try {
                if (done.await(30, TimeUnit.SECONDS)) {
                    Runtime.getRuntime().halt(code);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void finished(int exitCode) {
            code = exitCode;
            done.countDown();
        }
    }
}
