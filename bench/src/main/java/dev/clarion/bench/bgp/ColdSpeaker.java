package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Pause;
import dev.clarion.bgp.BgpIntent;
import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerIntent;
import dev.clarion.bgp.Route;
import dev.clarion.bgp.StopMode;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Sessions with four routers come up without a route; then all routes are there at once. How long until the last one is on the wire? */
final class ColdSpeaker {
    private static final int PREFIXES = 10_000;
    private static final int PEERS = 4;
    private static final Ip OURS = Ip.parse("192.0.2.100");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private ColdSpeaker() {}

    /** Argument: a directory for logs. Runs where {@code bench/routers} has made everything. */
    public static void main(String[] args) throws IOException {
        Path scratch = Path.of(args[0]);
        try (Capture capture = new Capture(scratch, scratch.resolve("cold-tcpdump.log"), List.of(), "eth0");
                BgpSpeaker speaker = new BgpSpeaker(BgpListener.NONE)) {
            speaker.apply(intent(Set.of()));
            if (!Pause.within(60, () -> established(speaker))) {
                throw new BenchException("the sessions do not come up: " + speaker.status());
            }
            // The router's own routes and the end of them go by first.
            Pause.millis(2_000);
            capture.forget();
            double before = megabytes();
            Set<Route> routes = routes();
            double began = Pause.now();
            speaker.apply(intent(routes));
            if (!Pause.within(60, () -> announced(capture) >= (long) PREFIXES * PEERS)) {
                throw new BenchException("of " + PREFIXES * PEERS + " prefixes " + announced(capture) + " were sent");
            }
            List<Heard> updates = updates(capture);
            double last = updates.stream().mapToDouble(Heard::at).max().orElseThrow();
            figure("ms", last - began);
            figure("first_ms", updates.getFirst().at() - began);
            figure("updates", updates.size());
            figure("prefixes_per_update", announced(capture) / (double) updates.size());
            figure("rss_before_mb", before);
            figure("rss_mb", megabytes());
            figure("gaps", capture.gaps());
            speaker.stop(StopMode.SHUTDOWN);
        }
        System.exit(0);
    }

    private static BgpIntent intent(Set<Route> routes) {
        return new BgpIntent(IntStream.rangeClosed(1, PEERS)
                .mapToObj(i -> new PeerIntent(
                        PeerConfig.at("router-" + i, Ip.parse("192.0.2." + i), 64_513, new PeerAs.Exactly(64_512), OURS)
                                .build(),
                        routes))
                .toList());
    }

    private static Set<Route> routes() {
        Set<Route> routes = new HashSet<>();
        int first = Ip.parse("198.18.0.0").toV4Bits();
        for (int i = 0; i < PREFIXES; i++) {
            routes.add(Route.of(Prefix.host(Ip.ofV4(first + i))));
        }
        return routes;
    }

    private static boolean established(BgpSpeaker speaker) {
        return speaker.status().stream()
                        .filter(peer -> peer.state() == FsmState.ESTABLISHED)
                        .count()
                == PEERS;
    }

    private static List<Heard> updates(Capture capture) {
        return capture.heard().stream()
                .filter(heard -> heard.from().equals(OURS) && heard.kind() == Heard.Kind.UPDATE && !heard.endOfRib())
                .toList();
    }

    private static long announced(Capture capture) {
        return updates(capture).stream()
                .mapToLong(heard -> heard.announced().size())
                .sum();
    }

    private static double megabytes() throws IOException {
        Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/self/status")));
        return resident.find() ? Double.parseDouble(resident.group(1)) / 1024 : 0;
    }

    private static void figure(String name, double value) {
        System.out.printf(Locale.ROOT, "figure %s %.3f%n", name, value);
    }
}
