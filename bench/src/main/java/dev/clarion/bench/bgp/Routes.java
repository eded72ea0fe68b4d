package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Client;
import dev.clarion.bench.lab.Pause;
import dev.clarion.bench.lab.Watcher;
import dev.clarion.net.IpFamily;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Events of a route: an endpoint comes or goes, and the router hears of it. */
final class Routes {
    private static final String NODE = "n1";
    private static final String DROPPED = "no-endpoint-services";
    private static final double PATIENCE = 15;
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private Routes() {}

    /** From the API server's word to the wire, and from the request that made it so. */
    static void gone(Site site, Figures figures) {
        site.settle(Set.of(NODE));
        try (Watcher api = api(site)) {
            begun(api);
            phase(1);
            site.capture().forget();
            api.forget();
            Map<IpFamily, Double> asked = change(site, Set.of());
            for (IpFamily family : IpFamily.values()) {
                double told = told(api, family);
                double withdrawn = site.capture()
                        .first(PATIENCE, heard -> of(heard) && heard.withdrawn().contains(site.prefix(family)))
                        .orElseThrow(() -> new BenchException("no withdrawal of " + site.prefix(family)))
                        .at();
                figures.add(name(family, "ms"), withdrawn - told);
                figures.add(name(family, "from_request_ms"), withdrawn - asked.get(family));
            }
        }
    }

    /** From the rule in the node's kernel to the wire, and from the API server's word; and what far lost meanwhile. */
    static void ready(Site site, Figures figures) throws IOException {
        site.settle(Set.of("n2"));
        if (!Pause.within(20, () -> drops(site))) {
            throw new BenchException(NODE + " does not drop what comes for a Service that it has no endpoint of");
        }
        try (Watcher api = api(site);
                Watcher rules = rules(site);
                Client far = new Client(
                        site.lab(),
                        "far",
                        site.addresses(),
                        "udp,connect",
                        8,
                        site.directory().resolve("far"))) {
            begun(api);
            Pause.until(far.startMillis() + 2e3);
            phase(1);
            site.capture().forget();
            api.forget();
            rules.forget();
            change(site, Set.of(NODE, "n2"));
            for (IpFamily family : IpFamily.values()) {
                String address = site.prefix(family).network().toString();
                double told = told(api, family);
                double announced = site.capture()
                        .first(PATIENCE, heard -> of(heard) && heard.announced().contains(site.prefix(family)))
                        .orElseThrow(() -> new BenchException("no UPDATE with " + site.prefix(family)))
                        .at();
                double ruled = rules.first(PATIENCE, line -> line.contains(" " + address + " . "))
                        .orElseThrow(() -> new BenchException("no rule for " + address))
                        .at();
                figures.add(name(family, "ms"), announced - ruled);
                figures.add(name(family, "from_api_ms"), announced - told);
            }
            Loss.of(far.recorded(30)).add(figures);
        }
    }

    private static String name(IpFamily family, String what) {
        return (family == IpFamily.IPV4 ? "v4_" : "v6_") + what;
    }

    private static boolean of(Heard heard) {
        return Settings.addresses(NODE).contains(heard.from());
    }

    private static Map<IpFamily, Double> change(Site site, Set<String> nodes) {
        Map<IpFamily, Double> asked = new EnumMap<>(IpFamily.class);
        for (IpFamily family : IpFamily.values()) {
            asked.put(family, Pause.now());
            site.endpoints(family, nodes);
        }
        return asked;
    }

    /** Whoever looks now and then must not do so in step with what happens. */
    private static void phase(double seconds) {
        Pause.millis(RANDOM.nextDouble() * seconds * 1e3);
    }

    /** A watch of the slices, as a speaker has one: a line of JSON for each change. */
    private static Watcher api(Site site) {
        return new Watcher(
                site.lab().root(),
                site.directory().resolve("watch.log"),
                site.lab().words("kubectl", "get", "--raw", Endpoints.labelled(Endpoints.SLICES, "base") + "&watch=1"),
                line -> true);
    }

    private static void begun(Watcher api) {
        for (IpFamily family : IpFamily.values()) {
            String name = "\"name\":\"" + Endpoints.sliceName(Site.SERVICE, family) + "\"";
            if (api.first(PATIENCE, line -> line.contains(name)).isEmpty()) {
                throw new BenchException("the watch of the API does not begin");
            }
        }
    }

    private static double told(Watcher api, IpFamily family) {
        String name = "\"name\":\"" + Endpoints.sliceName(Site.SERVICE, family) + "\"";
        return api.first(PATIENCE, line -> line.startsWith("{\"type\":\"MODIFIED\"") && line.contains(name))
                .orElseThrow(() -> new BenchException("the API server does not tell of the change"))
                .at();
    }

    /**
     * What goes from the map of what kube-proxy drops in the node's kernel. With endpoints on other nodes only, the map {@code service-ips} has the
     * Service all the same (for clients on the node itself), and this one drops what comes from outside.
     */
    private static Watcher rules(Site site) {
        return new Watcher(
                site.lab().root(),
                site.directory().resolve("rules.log"),
                site.lab().words("exec", NODE, "nft", "monitor", "destroy", "elements"),
                line -> line.contains(" kube-proxy " + DROPPED + " "));
    }

    /** Whether the node drops what comes for any address of the Service. */
    private static boolean drops(Site site) {
        return Stream.of(IpFamily.values()).allMatch(family -> {
            String table = family == IpFamily.IPV4 ? "ip" : "ip6";
            String element = "{ " + site.prefix(family).network() + " . tcp . 8081 }";
            return site.lab()
                            .tries("exec", NODE, "nft", "get", "element", table, "kube-proxy", DROPPED, element)
                            .code()
                    == 0;
        });
    }
}
