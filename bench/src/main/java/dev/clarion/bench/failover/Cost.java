package dev.clarion.bench.failover;

import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Clarion;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the speakers have cost so far.
 *
 * @param at when, in ms since the epoch
 * @param sent datagrams that each has sent
 * @param ticks processor time of each, in hundredths of a second
 * @param megabytes resident, of each
 * @param versions of every object of Clarion's namespace that speakers write
 */
record Cost(double at, List<Double> sent, List<Double> ticks, List<Double> megabytes, String versions) {
    private static final Pattern SENT =
            Pattern.compile("(?m)^clarion_heartbeat_datagrams_total\\{direction=\"sent\"\\} (\\S+)$");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    static Cost of(Cluster cluster) {
        List<Double> sent = new ArrayList<>();
        List<Double> ticks = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        for (String node : Lab.NODES) {
            Matcher counted = SENT.matcher(cluster.clarion().metrics(node));
            double sum = 0;
            while (counted.find()) {
                sum += Double.parseDouble(counted.group(1));
            }
            sent.add(sum);
            cluster.lab().speaker(node).ifPresent(process -> {
                Path proc = Path.of("/proc", Long.toString(process.pid()));
                try {
                    String[] fields = Files.readString(proc.resolve("stat"))
                            .replaceFirst(".*\\) ", "")
                            .split(" ", -1);
                    ticks.add(Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]));
                    Matcher resident = RESIDENT.matcher(Files.readString(proc.resolve("status")));
                    megabytes.add(resident.find() ? Double.parseDouble(resident.group(1)) / 1024 : 0);
                } catch (IOException ended) {
                    throw new BenchException("the speaker of " + node + " has ended");
                }
            });
        }
        String versions = cluster.lab()
                .kubectl(
                        "-n",
                        Clarion.NAMESPACE,
                        "get",
                        "configmaps,leases",
                        "-o",
                        "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{'\\n'}{end}");
        return new Cost(Pause.now(), sent, ticks, megabytes, versions);
    }

    /** In words, each figure the greatest of the three nodes. */
    String since(Cost before) {
        double seconds = (at - before.at) / 1e3;
        long written = versions.lines()
                .filter(line -> !line.contains("/clarion-controller"))
                .filter(line -> before.versions.lines().noneMatch(line::equals))
                .count();
        return String.format(
                Locale.ROOT,
                "datagrams %.0f/s a node; processor %.2f %% of a core; RSS %.0f MB; objects written %d",
                most(sent, before.sent) / seconds,
                most(ticks, before.ticks) / seconds,
                megabytes.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                written);
    }

    private static double most(List<Double> now, List<Double> before) {
        double most = 0;
        for (int i = 0; i < Math.min(now.size(), before.size()); i++) {
            most = Math.max(most, now.get(i) - before.get(i));
        }
        return most;
    }
}
