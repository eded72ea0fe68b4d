package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Probe;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the command line asks for. */
record Options(
        List<Target> targets,
        int udpPort,
        int tcpPort,
        Duration duration,
        Duration interval,
        Duration timeout,
        Duration warmUp,
        Duration drain,
        Set<Probe> probes,
        Optional<Path> csv,
        String label,
        boolean failOnLoss) {
    static final String HELP = """
            Usage: measure --target ADDRESS [--target ADDRESS ...] [OPTION VALUE ...]
            Sends requests to an echo service at fixed times and reports what a user would have lost.

              --target ADDRESS    IPv4 or IPv6 address; may be given several times
              --udp-port PORT     where the echo service hears datagrams (8080)
              --tcp-port PORT     where the echo service hears TCP (8081)
              --duration TIME     how long to measure (10s); up to 24h, 26 bytes of heap a request
              --interval TIME     between two requests of one probe to one target (5ms)
              --probes LIST       udp, connect (TCP connection for each request), long (one TCP connection) (all)
              --timeout TIME      of a connection attempt and of a connect request (500ms)
              --warm-up TIME      the same before it counts, so that neighbours are known and code is compiled (300ms; 0s: none)
              --drain TIME        how long to wait for the last answers (2s)
              --csv DIR           write requests.csv, windows.csv and summary.csv there
              --label TEXT        names the run in reports and CSV
              --fail-on-loss      exit 1 if any request was lost
              --help              this text

            Ends early, with its report, on SIGTERM and SIGINT. Exit codes: 0 measured, 1 lost something (--fail-on-loss), 2 could not measure.
            """;

    private static final long MAX_REQUESTS = 20_000_000;

    /** Reads a command line; the message of the exception is for the user. */
    static Options parse(String... args) throws UsageException {
        Builder builder = new Builder();
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String option = words.next();
            if (option.equals("--fail-on-loss")) {
                builder.failOnLoss = true;
            } else if (!words.hasNext()) {
                throw new UsageException(option + " needs a value, or is no option; --help lists them");
            } else {
                builder.set(option, words.next());
            }
        }
        return builder.build();
    }

    /** Slots per probe and target. */
    int count() {
        return (int) (duration.toNanos() / interval.toNanos());
    }

    /** What is wrong with the command line. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    private static final class Builder {
        final List<Target> targets = new ArrayList<>();
        int udpPort = 8080;
        int tcpPort = 8081;
        Duration duration = Duration.ofSeconds(10);
        Duration interval = Duration.ofMillis(5);
        Duration timeout = Duration.ofMillis(500);
        Duration warmUp = Duration.ofMillis(300);
        Duration drain = Duration.ofSeconds(2);
        Set<Probe> probes = EnumSet.allOf(Probe.class);
        Optional<Path> csv = Optional.empty();
        String label = "";
        boolean failOnLoss;

        void set(String option, String value) throws UsageException {
            switch (option) {
                case "--target" -> targets.add(target(value));
                case "--udp-port" -> udpPort = port(option, value);
                case "--tcp-port" -> tcpPort = port(option, value);
                case "--duration" -> duration = time(option, value);
                case "--interval" -> interval = time(option, value);
                case "--timeout" -> timeout = time(option, value);
                case "--warm-up" -> warmUp = time(option, value);
                case "--drain" -> drain = time(option, value);
                case "--probes" -> probes = probes(value);
                case "--csv" -> csv = Optional.of(Path.of(value));
                case "--label" -> label = label(value);
                default -> throw new UsageException("unknown option " + option + "; --help lists them");
            }
        }

        /** Half of the heap for the books, so that what they say can be worked out in the other. */
        private void checkHeap() throws UsageException {
            long needed = duration.dividedBy(interval) * targets.size() * probes.size() * Ledger.BYTES_PER_REQUEST;
            if (needed > Runtime.getRuntime().maxMemory() / 2) {
                throw new UsageException("--duration is too long for the heap: give more by MEASURE_JAVA_OPTS=-Xmx"
                        + (2 * needed / 1_000_000 + 1) + "m, or measure less");
            }
        }

        Options build() throws UsageException {
            if (targets.isEmpty()) {
                throw new UsageException("no --target given, for instance --target 192.168.50.200");
            }
            if (interval.compareTo(Duration.ofNanos(100_000)) < 0 || duration.compareTo(interval) < 0) {
                throw new UsageException("--interval must be at least 100us and --duration at least one interval");
            }
            if (duration.compareTo(Duration.ofHours(24)) > 0 || duration.dividedBy(interval) > MAX_REQUESTS) {
                throw new UsageException("--duration is limited to 24h and " + MAX_REQUESTS + " intervals");
            }
            checkHeap();
            return new Options(
                    List.copyOf(targets),
                    udpPort,
                    tcpPort,
                    duration,
                    interval,
                    timeout,
                    warmUp,
                    drain,
                    probes,
                    csv,
                    label,
                    failOnLoss);
        }
    }

    private static Target target(String value) throws UsageException {
        try {
            // The JDK takes short forms too: 192.0.2 would be 192.0.0.2.
            if (value.indexOf(':') >= 0 || value.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
                return new Target(value, InetAddress.ofLiteral(value));
            }
        } catch (IllegalArgumentException e) {
            // Told below, like any other text that is no address.
        }
        throw new UsageException("--target takes an IPv4 or IPv6 address, not \"" + value + "\"");
    }

    private static int port(String option, String value) throws UsageException {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65535) {
            throw new UsageException(option + " takes a port from 1 to 65535, not \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }

    private static Duration time(String option, String value) throws UsageException {
        if (!value.matches("[0-9]{1,9}(us|ms|s|m|h)")) {
            throw new UsageException(option + " takes a time like 500us, 5ms, 10s, 2m or 1h, not \"" + value + "\"");
        }
        long number = Long.parseLong(value.replaceAll("[a-z]", ""));
        return switch (value.replaceAll("[0-9]", "")) {
            case "us" -> Duration.ofNanos(number * 1000);
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private static Set<Probe> probes(String value) throws UsageException {
        Set<Probe> probes = EnumSet.noneOf(Probe.class);
        for (String name : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            probes.add(Probe.of(name)
                    .orElseThrow(
                            () -> new UsageException("--probes takes udp, connect and long, not \"" + name + "\"")));
        }
        return probes;
    }

    private static String label(String value) throws UsageException {
        if (value.chars().anyMatch(c -> c < ' ' || c == ',' || c == '"')) {
            throw new UsageException(
                    "--label takes no comma, quote or control character, since it is a field of the CSV");
        }
        return value;
    }
}
