package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import dev.clarion.net.IpFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Events of many changes, a long time, or many Services. */
final class Load {
    private static final int SERVICES = 40;
    private static final int CHANGES = 100;
    /** Of a hundred changes so many are of the routes' community, all others of endpoints. */
    private static final int COMMUNITIES = 10;

    private Load() {}

    /** Changes as fast as is asked for, whether or not the last one has been told to the router. */
    static void changes(Site site, Figures figures) {
        double seconds = number("E_SECONDS", 60);
        try (Churn churn = new Churn(site, SERVICES)) {
            Counts before = Counts.of(site);
            site.capture().remember(false);
            double begin = Pause.now();
            for (int i = 0; i < seconds * CHANGES; i++) {
                Pause.until(begin + i * 1e3 / CHANGES);
                if (i % CHANGES % (CHANGES / COMMUNITIES) == 0) {
                    churn.community(i / COMMUNITIES % 2);
                } else {
                    churn.endpoints();
                }
            }
            int done = churn.finish();
            figures.add("changes_per_s", done / (Pause.now() - begin) * 1e3);
            figures.add("wrong", churn.settle(60, "after the changes"));
            Counts.of(site).since(before, figures);
        } finally {
            site.capture().remember(true);
            site.community(-1);
        }
    }

    /** Some changes a second for long, and what each speaker weighs every ten seconds. */
    static void soak(Site site, Figures figures) throws IOException {
        double seconds = number("SOAK_SECONDS", 3600);
        Path csv = site.directory().resolve("soak.csv");
        Files.writeString(csv, "seconds,node,mb\n");
        Map<String, Slope> slopes = new HashMap<>();
        double most = 0;
        try (Churn churn = new Churn(site, SERVICES)) {
            Counts before = Counts.of(site);
            site.capture().remember(false);
            double begin = Pause.now();
            for (int i = 0; i < seconds * 5; i++) {
                Pause.until(begin + i * 200.0);
                churn.endpoints();
                if (i % 25 == 0) {
                    churn.community(i / 25 % 2);
                }
                if (i % 50 == 0) {
                    churn.service();
                    for (String node : Lab.NODES) {
                        double mb = site.clarion().megabytes(node);
                        double at = (Pause.now() - begin) / 1e3;
                        most = Math.max(most, mb);
                        slopes.computeIfAbsent(node, any -> new Slope()).add(at / 3600, mb);
                        Files.writeString(
                                csv,
                                String.format(Locale.ROOT, "%.1f,%s,%.1f%n", at, node, mb),
                                StandardOpenOption.APPEND);
                    }
                }
            }
            churn.finish();
            figures.add("wrong", churn.settle(60, "after the soak"));
            Counts.of(site).since(before, figures);
        } finally {
            site.capture().remember(true);
            site.community(-1);
        }
        figures.add("rss_mb", most);
        figures.add(
                "mb_per_hour",
                slopes.values().stream().mapToDouble(Slope::value).max().orElse(0));
    }

    /** What speakers weigh with so many Services that all nodes announce to four peers. */
    static void memory(Site site, Figures figures, int services) {
        site.capture().remember(false);
        try {
            many(site, services);
            boolean all = Pause.within(
                    600,
                    () -> Lab.NODES.stream()
                            .allMatch(node ->
                                    site.ribs().of(Settings.addresses(node)).size() >= services));
            if (!all) {
                throw new BenchException("not all routes reached the router in ten minutes; n1 announced "
                        + site.ribs().of(Settings.addresses("n1")).size());
            }
            Pause.millis(number("IDLE", 20) * 1e3);
            for (String node : Lab.NODES) {
                figures.add("rss_mb", site.clarion().megabytes(node));
            }
        } finally {
            site.api().delete(Endpoints.labelled(Endpoints.SERVICES, "many"));
            site.api().delete(Endpoints.labelled(Endpoints.SLICES, "many"));
            site.capture().remember(true);
        }
    }

    private static void many(Site site, int count) {
        try (ExecutorService workers = Executors.newFixedThreadPool(16)) {
            List<Future<?>> made = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "many-" + i;
                IpFamily family = i % 2 == 0 ? IpFamily.IPV4 : IpFamily.IPV6;
                made.add(workers.submit(() -> {
                    site.api().make(Endpoints.SLICES, Endpoints.slice(name, "many", family, Lab.NODES));
                    site.api()
                            .make(
                                    Endpoints.SERVICES,
                                    Endpoints.service(name, "many", "many", "Cluster", List.of(family)));
                }));
            }
            for (Future<?> one : made) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        } catch (java.util.concurrent.ExecutionException failed) {
            throw new BenchException("a Service could not be made: " + failed.getCause());
        }
    }

    private static double number(String variable, double otherwise) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(text -> !text.isBlank())
                .map(Double::parseDouble)
                .orElse(otherwise);
    }

    private record Counts(int updates, int prefixes, int redundant, int resets) {
        static Counts of(Site site) {
            Ribs ribs = site.ribs();
            return new Counts(ribs.updates(), ribs.prefixes(), ribs.redundant(), ribs.resets());
        }

        void since(Counts before, Figures figures) {
            figures.add("updates", updates - before.updates);
            figures.add("prefixes", prefixes - before.prefixes);
            figures.add("redundant", redundant - before.redundant);
            figures.add("resets", resets - before.resets);
        }
    }
}
