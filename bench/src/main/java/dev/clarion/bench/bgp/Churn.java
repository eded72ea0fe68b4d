package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Services whose endpoints come and go at random, and what the router should have of them in the end. */
final class Churn implements AutoCloseable {
    private static final String LABEL = "churn";
    private static final int WORKERS = 8;
    private static final Pattern ADDRESSED = Pattern.compile("(churn-\\d+) (\\S+)");

    private final Site site;
    private final SplittableRandom random = new SplittableRandom();
    /** One after the other to one slice, or an earlier change might win. */
    private final List<ExecutorService> workers = new ArrayList<>();

    private final Map<String, Set<String>> nodes = new ConcurrentHashMap<>();
    private final Map<String, Prefix> prefixes = new HashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    /** So many Services, alternating IPv4 and IPv6; returns when the router has them all from all nodes. */
    Churn(Site site, int services) {
        this.site = site;
        for (int i = 0; i < WORKERS; i++) {
            workers.add(Executors.newSingleThreadExecutor());
        }
        for (int i = 0; i < services; i++) {
            make(name(i), Set.copyOf(Lab.NODES));
        }
        int wrong = settle(120, "at the begin");
        if (wrong > 0) {
            throw new BenchException(wrong + " routes of the Services are not as they should be to begin with");
        }
    }

    private static String name(int i) {
        return "churn-" + i;
    }

    private static IpFamily family(String service) {
        return Integer.parseInt(service.substring(6)) % 2 == 0 ? IpFamily.IPV4 : IpFamily.IPV6;
    }

    private void make(String service, Set<String> on) {
        nodes.put(service, on);
        Api api = site.api();
        api.make(Endpoints.SLICES, Endpoints.slice(service, LABEL, family(service), on));
        api.patch(slice(service), Endpoints.patch(family(service), on));
        api.make(Endpoints.SERVICES, Endpoints.service(service, LABEL, "routed", "Local", List.of(family(service))));
    }

    private static String slice(String service) {
        return Endpoints.SLICES + "/" + Endpoints.sliceName(service, family(service));
    }

    /** One Service gets other endpoints. Returns at once. */
    void endpoints() {
        int i = random.nextInt(nodes.size());
        int some = random.nextInt(8);
        Set<String> on = new HashSet<>();
        for (int node = 0; node < Lab.NODES.size(); node++) {
            if ((some >> node & 1) != 0) {
                on.add(Lab.NODES.get(node));
            }
        }
        String service = name(i);
        nodes.put(service, Set.copyOf(on));
        later(i, () -> site.api().patch(slice(service), Endpoints.patch(family(service), on)));
    }

    /** One Service goes and comes again. Returns at once. */
    void service() {
        int i = random.nextInt(nodes.size());
        String service = name(i);
        later(i, () -> {
            site.api().delete(Endpoints.SERVICES + "/" + service);
            site.api()
                    .make(
                            Endpoints.SERVICES,
                            Endpoints.service(service, LABEL, "routed", "Local", List.of(family(service))));
        });
    }

    /** Routes get another community. Returns at once. */
    void community(int which) {
        later(0, () -> site.community(which));
    }

    private void later(int worker, Runnable change) {
        workers.get(worker % WORKERS).execute(() -> {
            try {
                change.run();
                done.incrementAndGet();
            } catch (RuntimeException failed) {
                failures.add(String.valueOf(failed.getMessage()));
            }
        });
    }

    /** Waits until all changes are made; how many were. */
    int finish() {
        for (ExecutorService worker : workers) {
            worker.shutdown();
            try {
                if (!worker.awaitTermination(120, TimeUnit.SECONDS)) {
                    throw new BenchException("the API server does not answer");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted");
            }
        }
        if (!failures.isEmpty()) {
            throw new BenchException(failures.size() + " changes failed: " + failures.peek());
        }
        return done.get();
    }

    /** Waits until the router has just what it should have; how many prefixes of all nodes are wrong at the end of it. */
    int settle(int seconds, String when) {
        int[] wrong = {0};
        if (!Pause.within(seconds, () -> (wrong[0] = wrong()) == 0)) {
            System.err.println("bgp: " + when + ": " + wrong[0] + " routes are not as they should be");
        }
        return wrong[0];
    }

    private int wrong() {
        if (!addressed()) {
            return nodes.size();
        }
        int wrong = 0;
        Set<Prefix> all = Set.copyOf(prefixes.values());
        for (String node : Lab.NODES) {
            Set<Prefix> wanted = new HashSet<>();
            nodes.forEach((service, on) -> {
                if (on.contains(node)) {
                    wanted.add(prefixes.get(service));
                }
            });
            Set<Prefix> has = site.ribs().of(Settings.addresses(node));
            wrong += (int)
                    wanted.stream().filter(prefix -> !has.contains(prefix)).count();
            wrong += (int) has.stream()
                    .filter(prefix -> all.contains(prefix) && !wanted.contains(prefix))
                    .count();
        }
        return wrong;
    }

    /** Reads the addresses of the Services; whether all have one. */
    private boolean addressed() {
        prefixes.clear();
        Matcher each = ADDRESSED.matcher(site.lab()
                .kubectl(
                        "get",
                        "services",
                        "-l",
                        "bench=" + LABEL,
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.name} {.status.loadBalancer.ingress[*].ip}{'\\n'}{end}"));
        while (each.find()) {
            prefixes.put(each.group(1), Prefix.host(Ip.parse(each.group(2))));
        }
        return prefixes.keySet().equals(nodes.keySet());
    }

    @Override
    public void close() {
        workers.forEach(ExecutorService::shutdownNow);
        for (int i = 0; i < nodes.size(); i++) {
            site.api().delete(Endpoints.SERVICES + "/" + name(i));
            site.api().delete(slice(name(i)));
        }
    }
}
