package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What {@link FrrIT} runs inside the sandbox: one speaker's life with a router, in order. Prints each step that held. */
final class FrrScenario {
    static final List<String> STEPS = List.of(
            "both sessions come up and the router forwards to us",
            "routes come and go without a reset",
            "after a Cease from the router the session comes back",
            "after the router's daemon was killed the routes come back",
            "a silent link ends the sessions by the hold timer",
            "a restart closes without a NOTIFICATION",
            "a shutdown withdraws and sends Cease 6/2");

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Path ROUTER_LOG = Path.of("/run/frr/bgpd.log");
    private static final Prefix V4 = Prefix.parse("203.0.113.10/32");
    private static final Prefix V6 = Prefix.parse("2001:db8:113::10/128");

    private final Recorder recorder = new Recorder();
    private BgpSpeaker speaker = new BgpSpeaker(recorder);

    private FrrScenario() {}

    /** Exits with 0 if every step held. */
    public static void main(String[] arguments) {
        FrrScenario scenario = new FrrScenario();
        List<Step> steps = List.of(
                scenario::comesUp,
                scenario::routesComeAndGo,
                scenario::cease,
                scenario::kill,
                scenario::silence,
                scenario::restart,
                scenario::shutdown);
        int done = 0;
        try {
            for (Step step : steps) {
                step.run();
                System.out.println("PASS " + STEPS.get(done++));
            }
        } catch (Exception | AssertionError failure) {
            System.out.println("FAIL " + STEPS.get(done));
            failure.printStackTrace(System.out);
            System.out.println(scenario.speaker.status());
            System.exit(1);
        }
        System.exit(0);
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void comesUp() {
        speaker.apply(intent(Set.of()));
        awaitEstablished(1);
        awaitRouter(true);
        assertThat(run("vtysh", "-c", "show bgp ipv4 unicast json"))
                .contains("\"203.0.113.10/32\"", "\"ip\":\"192.168.50.11\"", "\"origin\":\"IGP\"");
        assertThat(run("vtysh", "-c", "show bgp ipv6 unicast json"))
                .contains("\"2001:db8:113::10/128\"", "\"ip\":\"fd50::11\"");
        assertThat(speaker.status())
                .allSatisfy(peer -> assertThat(peer.unsendable()).hasSize(1));
    }

    private void routesComeAndGo() {
        Set<Prefix> many = IntStream.range(0, 1_000)
                .mapToObj(i -> Prefix.host(Ip.ofV4(0xcb00_7200 + i)))
                .collect(Collectors.toSet());
        speaker.apply(intent(many));
        await().atMost(PATIENCE).until(() -> routerPrefixes() == 1_001);
        speaker.apply(intent(Set.of()));
        await().atMost(PATIENCE).until(() -> routerPrefixes() == 1);
        assertThat(recorder.count(BgpReason.ESTABLISHED)).isEqualTo(2);
        assertThat(speaker.status())
                .allSatisfy(peer -> assertThat(peer.counters().sessionsLost()).isZero());
    }

    private void cease() {
        run("vtysh", "-c", "clear bgp *");
        recorder.awaitCount(BgpReason.NOTIFICATION_RECEIVED, 2);
        assertThat(speaker.status())
                .allSatisfy(peer -> assertThat(peer.lastError().orElse("")).contains("received", "(6/"));
        awaitEstablished(2);
        awaitRouter(true);
    }

    private void kill() throws IOException {
        String pid = Files.readString(Path.of("/run/frr/bgpd.pid")).strip();
        run("kill", "-9", pid);
        recorder.awaitCount(BgpReason.CONNECTION_LOST, 2);
        run("/run/start-frr", "bgpd");
        awaitEstablished(3);
        awaitRouter(true);
    }

    private void silence() {
        run("ip", "netns", "exec", "rtr", "nft", "add table inet silence");
        run(
                "ip",
                "netns",
                "exec",
                "rtr",
                "nft",
                "add chain inet silence all { type filter hook input priority 0; policy drop; }");
        run(
                "ip",
                "netns",
                "exec",
                "rtr",
                "nft",
                "add chain inet silence out { type filter hook output priority 0; policy drop; }");
        recorder.awaitCount(BgpReason.HOLD_TIMER_EXPIRED, 2);
        run("ip", "netns", "exec", "rtr", "nft", "delete table inet silence");
        awaitEstablished(4);
        awaitRouter(true);
    }

    private void restart() throws IOException {
        long before = log().size();
        speaker.stop(StopMode.RESTART);
        awaitLog(before, "neighbor 192.168.50.11", " Down ");
        awaitLog(before, "neighbor fd50::11", " Down ");
        assertThat(log().stream().skip(before)).noneMatch(line -> line.contains("NOTIFICATION"));
        awaitRouter(false);
    }

    private void shutdown() throws IOException {
        speaker = new BgpSpeaker(recorder);
        speaker.apply(intent(Set.of()));
        awaitEstablished(1);
        awaitRouter(true);
        long before = log().size();
        speaker.stop(StopMode.SHUTDOWN);
        awaitLog(before, "received from neighbor 192.168.50.11", "6/2");
        awaitLog(before, "received from neighbor fd50::11", "6/2");
        awaitRouter(false);
    }

    /** Two peers that are one router, as in the lab; each gets the routes of both families. */
    private static BgpIntent intent(Set<Prefix> more) {
        Set<Prefix> prefixes = new HashSet<>(more);
        prefixes.add(V4);
        prefixes.add(V6);
        Set<Route> routes = prefixes.stream().map(Route::of).collect(Collectors.toSet());
        return new BgpIntent(List.of(
                new PeerIntent(peer("router-v4", "192.168.50.254"), without(routes, more, false)),
                new PeerIntent(peer("router-v6", "fd50::254"), without(routes, more, true))));
    }

    private static Set<Route> without(Set<Route> routes, Set<Prefix> more, boolean drop) {
        return routes.stream()
                .filter(route -> !drop || !more.contains(route.prefix()))
                .collect(Collectors.toSet());
    }

    private static PeerConfig peer(String name, String address) {
        return new PeerConfig(
                name,
                Ip.parse(address),
                PeerConfig.BGP_PORT,
                64_513,
                64_512,
                Ip.parse("192.168.50.11"),
                Duration.ofSeconds(3),
                Optional.empty());
    }

    private void awaitEstablished(long times) {
        await().atMost(PATIENCE)
                .until(() -> speaker.status().size() == 2
                        && speaker.status().stream()
                                .allMatch(peer -> peer.state() == FsmState.ESTABLISHED
                                        && peer.counters().sessionsEstablished() >= times));
    }

    private static void awaitRouter(boolean there) {
        await().atMost(PATIENCE)
                .until(() ->
                        run("ip", "-n", "rtr", "route", "show", "203.0.113.10").contains("via 192.168.50.11") == there);
        await().atMost(PATIENCE)
                .until(() -> run("ip", "-n", "rtr", "-6", "route", "show", "2001:db8:113::10")
                                .contains("proto bgp")
                        == there);
    }

    private static int routerPrefixes() {
        String table = run("vtysh", "-c", "show bgp ipv4 unicast");
        return (int) table.lines().filter(line -> line.startsWith("*>")).count();
    }

    private static List<String> log() throws IOException {
        return Files.readAllLines(ROUTER_LOG);
    }

    private static void awaitLog(long after, String... words) {
        await().atMost(PATIENCE)
                .until(() -> log().stream()
                        .skip(after)
                        .anyMatch(line -> List.of(words).stream().allMatch(line::contains)));
    }

    private static String run(String... command) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException failed) {
            throw new AssertionError(List.of(command) + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
