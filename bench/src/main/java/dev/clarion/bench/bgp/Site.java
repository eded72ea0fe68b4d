package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.Background;
import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Clarion;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Clarion in the lab beside the router, one dual-stack Service with {@code externalTrafficPolicy: Local}, and who watches the wire. */
final class Site implements AutoCloseable {
    /** The Service whose endpoints come and go. */
    static final String SERVICE = "bench";

    /** kube-proxy writes rules once a second at most. */
    private static final int STAYS_MILLIS = 1_500;

    private static final int SETTLE_SECONDS = 60;

    private final Lab lab;
    private final Clarion clarion;
    private final Path directory;
    private final Api api;
    private final Capture capture;
    private final Router router;
    private final Ribs ribs = new Ribs(Settings.ROUTER);
    private final List<Background> servers = new ArrayList<>();
    private final Map<IpFamily, Prefix> prefixes = new EnumMap<>(IpFamily.class);
    private Settings settings = Settings.PLAIN;

    /** Installs what is not there, and returns when all sessions are up that were not before. */
    Site(Lab lab, Path directory) throws IOException {
        this.lab = lab;
        this.directory = directory;
        clarion = new Clarion(lab);
        router = new Router(lab, directory);
        lab.healAll();
        clarion.install();
        api = new Api(lab, directory);
        capture = new Capture(lab.root(), directory.resolve("tcpdump.log"), lab.words("exec", "router"), "lan0");
        capture.also(ribs);
        try {
            serve();
            configure();
            clarion.ready();
            api.make(
                    Endpoints.SERVICES,
                    Endpoints.service(SERVICE, "base", "routed", "Local", EnumSet.allOf(IpFamily.class)));
            for (IpFamily family : IpFamily.values()) {
                api.make(Endpoints.SLICES, Endpoints.slice(SERVICE, "base", family, List.of()));
            }
            if (!Pause.within(60, this::addressed)) {
                throw new BenchException("the Service got no addresses");
            }
            sessions();
        } catch (RuntimeException | IOException failed) {
            close();
            throw failed;
        }
    }

    private void serve() throws IOException {
        String echo = lab.root().resolve("build/bench/echo").toString();
        for (String node : Lab.NODES) {
            servers.add(new Background(
                    lab.root(),
                    directory.resolve("echo-" + node + ".log"),
                    lab.words("exec", node, echo, "172.31.0.2=" + node, "fd31::2=" + node)));
        }
    }

    private boolean addressed() {
        String text = lab.kubectl("get", "service", SERVICE, "-o", "jsonpath={.status.loadBalancer.ingress[*].ip}");
        List<Ip> found = Stream.of(text.strip().split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(Ip::parse)
                .toList();
        found.forEach(ip -> prefixes.put(ip.family(), Prefix.host(ip)));
        return found.size() == 2;
    }

    Lab lab() {
        return lab;
    }

    Clarion clarion() {
        return clarion;
    }

    Api api() {
        return api;
    }

    Capture capture() {
        return capture;
    }

    Router router() {
        return router;
    }

    Ribs ribs() {
        return ribs;
    }

    /** For what a run writes. */
    Path directory() {
        return directory;
    }

    Settings settings() {
        return settings;
    }

    /** What the router hears of the Service in this family. */
    Prefix prefix(IpFamily family) {
        Prefix prefix = prefixes.get(family);
        if (prefix == null) {
            throw new IllegalStateException("no address of " + family);
        }
        return prefix;
    }

    List<String> addresses() {
        return Stream.of(IpFamily.values())
                .map(family -> prefix(family).network().toString())
                .toList();
    }

    /** Makes these the settings; if they are others than before, all sessions begin anew. */
    void settings(Settings wanted) {
        if (!wanted.equals(settings)) {
            settings = wanted;
            router.settings(wanted);
            configure();
            Pause.millis(3_000);
            sessions();
        }
    }

    /** The same without a wait, where only routes change. */
    void community(int which) {
        settings = settings.with(which);
        configure();
    }

    private void configure() {
        String yaml =
                settings.yaml().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        String path = "/api/v1/namespaces/" + Clarion.NAMESPACE + "/configmaps";
        String data = "\"data\": {\"config.yaml\": \"" + yaml + "\"}}";
        if (!api.make(
                path,
                "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"clarion\"}, " + data)) {
            api.patch(path + "/clarion", "{" + data);
        }
    }

    /** All sessions from their beginning, so that what the router has is what was on the wire. */
    private void sessions() {
        int wanted = settings.peers() * Lab.NODES.size();
        router.clear();
        int[] up = {0};
        if (!Pause.within(SETTLE_SECONDS, () -> (up[0] = router.established()) >= wanted)) {
            throw new BenchException(up[0] + " of " + wanted + " sessions are up");
        }
    }

    /** Makes these nodes the endpoints of one family. */
    void endpoints(IpFamily family, Set<String> nodes) {
        api.patch(Endpoints.SLICES + "/" + Endpoints.sliceName(SERVICE, family), Endpoints.patch(family, nodes));
    }

    /**
     * Makes these the endpoints of both families, and waits until the router hears of the Service from just these, and goes on to: a rule of kube-proxy's
     * that is late takes back what was announced by an older one.
     */
    void settle(Set<String> nodes) {
        lab.healAll();
        for (IpFamily family : IpFamily.values()) {
            endpoints(family, nodes);
        }
        if (!Pause.within(SETTLE_SECONDS, () -> announcing().equals(nodes), STAYS_MILLIS)) {
            throw new BenchException("the Service should be announced by " + nodes + ", and is by " + announcing());
        }
    }

    /** The nodes that announce both of the Service's addresses; one that announces a single one has a dash. */
    private Set<String> announcing() {
        Set<String> nodes = new java.util.TreeSet<>();
        for (String node : Lab.NODES) {
            Set<Prefix> has = ribs.of(Settings.addresses(node));
            long count = prefixes.values().stream().filter(has::contains).count();
            if (count > 0) {
                nodes.add(count == prefixes.size() ? node : node + "-");
            }
        }
        return nodes;
    }

    /** Throws when something ended that should not have. */
    void check() {
        servers.stream().filter(server -> !server.running()).forEach(server -> {
            throw new BenchException("an echo server has ended; see " + server.log());
        });
    }

    @Override
    public void close() {
        servers.forEach(Background::close);
        capture.close();
        api.close();
    }
}
