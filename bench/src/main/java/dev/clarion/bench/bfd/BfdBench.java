package dev.clarion.bench.bfd;

import dev.clarion.bgp.bfd.BfdEngine;
import dev.clarion.bgp.bfd.BfdOptions;
import dev.clarion.bgp.bfd.BfdProfile;
import dev.clarion.bgp.bfd.BfdSessionConfig;
import dev.clarion.bgp.bfd.BfdStatus;
import dev.clarion.bgp.bfd.BfdStatus.Scheduling;
import dev.clarion.bgp.bfd.Lateness;
import dev.clarion.linux.ThreadPriority;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What {@code bench/bfd} runs inside its sandbox: one session with the router there, for minutes. */
public final class BfdBench {
    private static final long PATIENCE_SECONDS = 60;
    private static final int PRIORITY = 20;
    private static final int NICE = -15;
    private static final Ip ROUTER = Ip.parse("192.168.50.254");

    private BfdBench() {}

    /** Arguments: realtime or ordinary, minutes, interval in ms, multiplier, busy loops, the file to add to. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String mode = arguments[0];
        int minutes = Integer.parseInt(arguments[1]);
        BfdProfile profile = BfdProfile.of(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        Downs downs = new Downs();
        BfdOptions options = mode.equals("realtime") ? new BfdOptions(BfdBench::raise) : BfdOptions.ORDINARY;
        try (BfdEngine engine = new BfdEngine(downs, options)) {
            engine.sessions(Map.of("router", BfdSessionConfig.singleHop(ROUTER, profile)));
            if (!downs.up().await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the session with the router did not come up: " + engine.status());
                System.exit(1);
            }
            System.out.printf("%s: up; %d minutes with %s busy loops%n", mode, minutes, arguments[4]);
            // Nothing ends it early: what is measured is time.
            if (!new CountDownLatch(1).await(minutes, TimeUnit.MINUTES)) {
                String row = row(arguments, downs, engine.status());
                Files.writeString(Path.of(arguments[5]), row + "\n", StandardOpenOption.APPEND);
            }
        }
    }

    private static Scheduling raise() {
        return switch (ThreadPriority.raise(PRIORITY, NICE)) {
            case ThreadPriority.Outcome.RealTime(int priority) ->
                new Scheduling(true, "real time, priority " + priority);
            case ThreadPriority.Outcome.Nice(int nice, String why) ->
                new Scheduling(false, "nice " + nice + ": " + why);
            case ThreadPriority.Outcome.Unchanged(String why) -> new Scheduling(false, why);
        };
    }

    private static String row(String[] arguments, Downs downs, BfdStatus status) {
        System.out.println(status.scheduling().text());
        Lateness lateness = status.lateness();
        return String.join(
                ",",
                arguments[0],
                arguments[1],
                arguments[2],
                arguments[3],
                arguments[4],
                String.valueOf(status.scheduling().realTime()),
                String.valueOf(downs.byUs()),
                String.valueOf(downs.byPeer()),
                String.format(Locale.ROOT, "%.2f", lateness.worst().toNanos() / 1e6),
                above(lateness, 25),
                above(lateness, 50),
                above(lateness, 100),
                String.valueOf(lateness.turns()),
                String.valueOf(status.sessions().getFirst().counters().late()));
    }

    private static String above(Lateness lateness, int millis) {
        return String.valueOf(lateness.above().get(Lateness.BOUNDS.indexOf(Duration.ofMillis(millis))));
    }
}
