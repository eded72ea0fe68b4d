package dev.clarion.bench.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the controller costs on a real API server: {@code ControllerBench KUBECONFIG ROOT SERVICES}. The questions are those
 * that MetalLB was asked in the team's study, so that the figures can be laid side by side.
 */
final class ControllerBench {
    private static final int CONNECTIONS = 4;
    private static final int BARE_WRITES = 2_000;
    private static final long SECOND = 1_000_000_000L;
    private static final String OWN = "/api/v1/namespaces/clarion-system";
    private static final String SERVICES = "/api/v1/namespaces/bench/services";
    private static final String POOLS = "ipAddressPools:\n- name: bench\n  addresses: [20.0.0.0/8]\n";

    private final Path kubeconfig;
    private final Path root;
    private final int services;
    private final List<Api> connections = new ArrayList<>();
    private final Table table = new Table();
    private final AtomicInteger next = new AtomicInteger();

    private ControllerBench(Path kubeconfig, Path root, int services) throws Exception {
        this.kubeconfig = kubeconfig;
        this.root = root;
        this.services = services;
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(Api.connect(kubeconfig));
        }
    }

    /** Entry point. */
    public static void main(String[] arguments) throws Exception {
        new ControllerBench(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2])).run();
    }

    private Api api() {
        return connections.getFirst();
    }

    private void run() throws Exception {
        for (String namespace : List.of("clarion-system", "bench", "bare")) {
            api().post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + namespace + "\"}}");
        }
        api().post(OWN + "/configmaps", configMap(POOLS));
        double bare = bareClient();
        // Kubernetes counts all cluster IPs for each one that it gives out: 10,000 take minutes. That is not measured.
        System.out.println("creating " + services + " Services");
        each(services, (api, i) -> create(api, "/api/v1/namespaces/bench/services", name(), ""));

        Requests atFirst = Requests.of(api());
        try (Addressed addressed = new Addressed(Api.connect(kubeconfig), SERVICES)) {
            Program program = start("first");
            try {
                all(addressed, program, bare, atFirst);
                single(addressed);
                table.row("RSS after those edits", "MB", program.memory("VmRSS"));
            } finally {
                program.close();
            }
            restart();
            leader(addressed);
        }
        table.write(root.resolve("build/bench/controller.csv"));
    }

    /** From the start of the process to the last address, and what it wrote on the way. */
    private void all(Addressed addressed, Program program, double bare, Requests before) throws Exception {
        long limit = System.nanoTime() + 600 * SECOND;
        while (addressed.count() < services) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException(
                        addressed.count() + " of " + services + " have addresses; see " + program.log);
            }
            Thread.sleep(5);
        }
        double seconds = (addressed.last() - program.started) / 1e9;
        table.row(services + " Services; from start to all addressed", "s", seconds);
        table.row("rate", "/s", services / seconds);
        table.row("rate; of the bare client's", "%", 100 * services / seconds / bare);
        table.row("RSS with " + services, "MB", program.memory("VmRSS"));
        table.row("anonymous memory with " + services, "MB", program.memory("RssAnon"));
        table.row("processor time for all", "s", program.processor());
        Requests writes = quiet();
        for (String key : writes.counts().keySet()) {
            long count = writes.since(before, key);
            if (count > 0) {
                table.row("writes per Service; " + key, "", (double) count / services);
            }
        }
    }

    /** Waits until nothing has been written for three seconds: events trail. */
    private Requests quiet() throws Exception {
        Requests last = Requests.of(api());
        for (int i = 0; i < 400; i++) {
            Thread.sleep(3_000);
            Requests now = Requests.of(api());
            if (now.since(last) == 0) {
                return now;
            }
            last = now;
        }
        throw new IllegalStateException("the writes do not come to an end");
    }

    private void single(Addressed addressed) throws Exception {
        table.row("next Service; nothing else going on", "ms", times(100, () -> latency(addressed, name())));
        AtomicInteger deleted = new AtomicInteger();
        table.row("next Service; right after a deletion", "ms", times(30, () -> {
            api().delete(SERVICES + "/svc-" + deleted.getAndIncrement());
            return latency(addressed, name());
        }));
        AtomicInteger edits = new AtomicInteger();
        table.row("next Service; right after a pool edit", "ms", times(30, () -> {
            String more = "- name: more\n  addresses: [192.0.2.0-192.0.2." + edits.incrementAndGet() + "]\n";
            api().patch(OWN + "/configmaps/clarion", configMap(POOLS + more));
            return latency(addressed, name());
        }));
        table.row("Service in a pool that was just added", "ms", times(30, () -> {
            String pool = "p" + edits.incrementAndGet();
            String more = "- name: " + pool + "\n  addresses: [198.51.100.0/24]\n";
            String name = name();
            create(api(), SERVICES, name, "\"annotations\":{\"clarion.dev/address-pool\":\"" + pool + "\"},");
            Thread.sleep(100);
            long begin = System.nanoTime();
            api().patch(OWN + "/configmaps/clarion", configMap(POOLS + more));
            double took = (addressed.await(name, 60 * SECOND) - begin) / 1e6;
            api().delete(SERVICES + "/" + name);
            return took;
        }));
    }

    /** A restart where nothing has changed writes nothing. */
    private void restart() throws Exception {
        Requests before = quiet();
        long began = System.nanoTime();
        try (Program program = start("restarted")) {
            while (!program.said(" leads")) {
                if (System.nanoTime() - began > 60 * SECOND) {
                    throw new IllegalStateException("it never led; see " + program.log);
                }
                Thread.sleep(20);
            }
            Requests after = quiet();
            table.row("writes by a restart with all present", "", after.since(before));
            table.row("RSS after a restart", "MB", program.memory("VmRSS"));
        }
    }

    /** Two replicas; the one that leads is killed, and a Service is made at that moment. */
    private void leader(Addressed addressed) throws Exception {
        List<Double> times = new ArrayList<>();
        Program leader = start("leader-0");
        try {
            awaitLead(leader);
            for (int i = 1; i <= 5; i++) {
                Program follower = start("leader-" + i);
                try {
                    while (!follower.said("ready sinceStart")) {
                        Thread.sleep(20);
                    }
                    leader.kill();
                    times.add(latency(addressed, name()));
                    awaitLead(follower);
                } catch (Exception | Error failed) {
                    follower.close();
                    throw failed;
                }
                leader = follower;
            }
        } finally {
            leader.close();
        }
        table.row(
                "next Service; when the leader was just killed",
                "s",
                times.stream().mapToDouble(ms -> ms / 1e3).toArray());
    }

    private static void awaitLead(Program program) throws Exception {
        long end = System.nanoTime() + 90 * SECOND;
        while (!program.said(" leads")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it never led; see " + program.log);
            }
            Thread.sleep(20);
        }
    }

    private double latency(Addressed addressed, String name) throws Exception {
        create(api(), SERVICES, name, "");
        return addressed.latency(name, 60 * SECOND);
    }

    private static double[] times(int count, Callable<Double> what) throws Exception {
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            times[i] = what.call();
            Thread.sleep(50);
        }
        return times;
    }

    /**
     * What a client without any thought reaches on this API server now, with writes of the same form and size, and of names
     * that are nobody's.
     */
    private double bareClient() throws Exception {
        String others = "\"loadBalancerClass\":\"bench.example/none\",";
        each(BARE_WRITES, (api, i) -> create(api, "/api/v1/namespaces/bare/services", "bare-" + i, "", others));
        long begin = System.nanoTime();
        each(BARE_WRITES, (api, i) -> api.patch("/api/v1/namespaces/bare/services/bare-" + i + "/status", status(i)));
        double rate = BARE_WRITES / ((System.nanoTime() - begin) / 1e9);
        table.row("bare client; same patches on " + CONNECTIONS + " connections", "/s", rate);
        return rate;
    }

    private static String status(int i) {
        return String.format(
                Locale.ROOT,
                "{\"metadata\":{\"annotations\":{\"example.dev/allocated-from\":\"bench\"}},\"status\":{\"loadBalancer\":"
                        + "{\"ingress\":[{\"ip\":\"11.0.%d.%d\",\"ipMode\":\"VIP\"}]},\"conditions\":[{\"type\":\"example.dev/Allocated\","
                        + "\"status\":\"True\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\",\"reason\":\"Allocated\","
                        + "\"message\":\"11.0.%d.%d from pool bench\"}]}}",
                i / 256,
                i % 256,
                i / 256,
                i % 256);
    }

    @FunctionalInterface
    private interface Work {
        void on(Api api, int i) throws Exception;
    }

    /** Does the work for 0 to count-1, on all connections at once. */
    private void each(int count, Work work) throws Exception {
        AtomicInteger turn = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> running = new ArrayList<>();
            for (Api api : connections) {
                running.add(threads.submit(() -> {
                    for (int i = turn.getAndIncrement(); i < count; i = turn.getAndIncrement()) {
                        work.on(api, i);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private String name() {
        return "svc-" + next.getAndIncrement();
    }

    private static void create(Api api, String path, String name, String metadata) throws Exception {
        create(api, path, name, metadata, "");
    }

    private static void create(Api api, String path, String name, String metadata, String spec) throws Exception {
        api.post(
                path,
                "{\"metadata\":{" + metadata + "\"name\":\"" + name + "\"},\"spec\":{" + spec
                        + "\"type\":\"LoadBalancer\",\"allocateLoadBalancerNodePorts\":false,\"ports\":[{\"port\":80}]}}");
    }

    private static String configMap(String yaml) {
        return "{\"metadata\":{\"name\":\"clarion\"},\"data\":{\"config.yaml\":\"" + yaml.replace("\n", "\\n") + "\"}}";
    }

    private Program start(String name) throws IOException {
        Path logs = Files.createDirectories(root.resolve("build/bench/logs"));
        return new Program(root, kubeconfig, logs.resolve("controller-" + name + ".log"));
    }
}
