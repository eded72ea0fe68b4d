package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Clarion;
import dev.clarion.bench.lab.Client;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import dev.clarion.bench.lab.Watcher;
import dev.clarion.net.IpFamily;
import java.io.IOException;
import java.util.Set;

/** Events of a node or its speaker: what happens to the router's routes, and to requests. */
final class Outages {
    private static final String NODE = "n1";
    private static final double PATIENCE = 20;
    private static final String PROBES = "udp,connect";

    private Outages() {}

    /** The one node that announces is cut from the segment; nobody sees a change of carrier but itself. */
    static void cut(Site site, Figures figures) {
        int wanted = site.settings().peers() * Lab.NODES.size();
        int[] up = {0};
        // A session that was up for less than half a minute is waited for longer each time, and BFD waits for it.
        if (!Pause.within(90, () -> (up[0] = site.router().watched()) >= wanted)) {
            throw new BenchException("BFD does not watch: " + up[0] + " of " + wanted + " sessions of it are up");
        }
        site.settle(Set.of(NODE));
        try (Watcher routes = site.router().routes(site.addresses())) {
            // Nothing says that it listens; a route that it misses would fail the run.
            Pause.millis(1_000);
            double struck = site.lab().breaks(NODE, "--link", "lan");
            for (IpFamily family : IpFamily.values()) {
                String address = site.prefix(family).network().toString();
                double gone = routes.first(PATIENCE, line -> Router.gone(line, address))
                        .map(Router::at)
                        .orElseThrow(() -> new BenchException("the route to " + address + " stays"));
                figures.add(family == IpFamily.IPV4 ? "v4_ms" : "v6_ms", gone - struck);
            }
        } finally {
            site.lab().healAll();
        }
        site.settle(Set.of(NODE));
    }

    /** The speaker of the one node that announces is killed; the kubelet starts it anew. */
    static void killed(Site site, Figures figures) throws IOException {
        site.settle(Set.of(NODE));
        try (Watcher routes = site.router().routes(site.addresses());
                Client far = far(site, 20)) {
            Pause.until(far.startMillis() + 2e3);
            site.capture().forget();
            ProcessHandle speaker = site.clarion().speaker(NODE);
            double struck = Pause.now();
            site.lab().signal(speaker, "KILL");
            figures.add("open_ms", back(site, Heard.Kind.OPEN) - struck);
            figures.add("routes_ms", back(site, Heard.Kind.UPDATE) - struck);
            removed(site, routes, far, figures);
        } finally {
            site.clarion().replaceRestarted(NODE);
        }
    }

    private static double back(Site site, Heard.Kind kind) {
        return site.capture()
                .first(
                        PATIENCE,
                        heard ->
                                heard.kind() == kind && Settings.addresses(NODE).contains(heard.from()))
                .orElseThrow(() -> new BenchException("the speaker of " + NODE + " sent no " + kind))
                .at();
    }

    /** All speakers, one after the other, as an upgrade does it. */
    static void rolling(Site site, Figures figures) throws IOException {
        site.settle(Set.copyOf(Lab.NODES));
        try (Watcher routes = site.router().routes(site.addresses());
                Client far = far(site, 240)) {
            Pause.until(far.startMillis() + 2e3);
            double struck = Pause.now();
            site.lab().kubectl("-n", Clarion.NAMESPACE, "rollout", "restart", "daemonset/clarion-speaker");
            site.clarion().ready();
            figures.add("seconds", (Pause.now() - struck) / 1e3);
            Pause.millis(5_000);
            far.stop();
            removed(site, routes, far, figures);
        }
        site.settle(Set.copyOf(Lab.NODES));
    }

    private static Client far(Site site, double seconds) {
        return new Client(
                site.lab(),
                "far",
                site.addresses(),
                PROBES,
                seconds,
                site.directory().resolve("far"));
    }

    private static void removed(Site site, Watcher routes, Client far, Figures figures) throws IOException {
        Loss.of(far.recorded(40)).add(figures);
        routes.check();
        long removed = routes.lines().stream()
                .filter(line -> site.addresses().stream().anyMatch(address -> Router.gone(line.text(), address)))
                .count();
        figures.add("removed", removed);
        figures.add("changed", routes.lines().size() - removed);
    }
}
