package dev.clarion.bgp.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.bfd.BfdStatus.Session;
import dev.clarion.bgp.bfd.fsm.BfdReason;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.Diagnostic;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our engine and FRR's bfdd. Where detection is not looked at it takes seconds, so no busy machine is a cut. */
final class FrrScenario {
    static final List<String> STEPS = List.of(
            "IPv4, IPv6, link-local and multihop sessions come up at the slower pace of both",
            "other timers on the router end no session",
            "other timers of ours end no session",
            "a session that people shut down on the router is no failure, and comes back",
            "a session that we take away is none for the router, and comes back",
            "a passive session waits for the router",
            "a passive router waits for us",
            "a router that starts anew is a new session, and comes up",
            "a silent cut is seen on both sides, and healed");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path CONFIG = Path.of("/run/frr/frr.conf");
    private static final Path PID = Path.of("/run/frr/bfdd.pid");
    private static final BfdProfile LENIENT = BfdProfile.of(50, 100);
    private static final String V4 = "192.168.50.11";
    private static final String V6 = "fd50::11";
    private static final String LINK = "fe80::11";
    private static final String MULTIHOP = "10.9.9.1";

    private final Recorder recorder = new Recorder();
    private final BfdEngine engine = new BfdEngine(recorder, BfdOptions.ORDINARY);

    private FrrScenario() {}

    /** Exits with 0 if every step held. */
    public static void main(String[] arguments) {
        FrrScenario scenario = new FrrScenario();
        Sandbox.steps(
                STEPS,
                List.of(
                        scenario::comeUp,
                        scenario::routersTimers,
                        scenario::ourTimers,
                        scenario::routersShutdown,
                        scenario::ourShutdown,
                        scenario::passive,
                        scenario::passiveRouter,
                        scenario::restart,
                        scenario::cut),
                () -> System.out.println(scenario.recorder + "\n" + scenario.engine.status() + "\n"
                        + Sandbox.run("vtysh", "-c", "show bfd peers json")));
    }

    /** Named as the router names them: by our address. */
    private static Map<String, BfdSessionConfig> sessions(BfdProfile profile) {
        return Map.of(
                V4,
                BfdSessionConfig.singleHop(Ip.parse("192.168.50.254"), profile),
                V6,
                BfdSessionConfig.singleHop(Ip.parse("fd50::254"), profile),
                LINK,
                new BfdSessionConfig(
                        Ip.parse("fe80::254"),
                        Optional.of(Ip.parse(LINK)),
                        Optional.of("eth0"),
                        Optional.empty(),
                        false,
                        profile),
                MULTIHOP,
                BfdSessionConfig.multihop(Ip.parse(MULTIHOP), Ip.parse("10.9.9.9"), profile));
    }

    private void comeUp() throws IOException {
        try (InputStream resource = Objects.requireNonNull(FrrScenario.class.getResourceAsStream("frr.conf"))) {
            Files.copy(resource, CONFIG);
        }
        Sandbox.run("chown", "frr:frr", CONFIG.toString());
        start("zebra");
        start("bfdd");
        engine.sessions(sessions(LENIENT));
        awaitUp();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.status().sessions()).allSatisfy(session -> {
                    assertThat(session.transmit()).isEqualTo(Duration.ofMillis(100));
                    assertThat(session.receive()).isEqualTo(Duration.ofMillis(100));
                    assertThat(session.detection()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(session.polling()).isFalse();
                }));
        assertThat(engine.status().dropped()).isEmpty();
    }

    private void routersTimers() {
        recorder.forget();
        configure("profile ours", "receive-interval 200", "transmit-interval 250", "detect-multiplier 40");
        await().atMost(PATIENCE)
                .until(() -> engine.status().sessions().stream()
                        .allMatch(session -> session.transmit().equals(Duration.ofMillis(200))
                                && session.detection().equals(Duration.ofSeconds(10))));
        configure("profile ours", "receive-interval 60", "transmit-interval 60", "detect-multiplier 100");
        await().atMost(PATIENCE)
                .until(() -> engine.status().sessions().stream()
                        .allMatch(session -> session.transmit().equals(Duration.ofMillis(60))
                                && session.detection().equals(Duration.ofSeconds(6))));
        assertNobodyWentDown();
    }

    private void ourTimers() {
        recorder.forget();
        engine.sessions(
                sessions(new BfdProfile(Duration.ofMillis(150), Duration.ofMillis(350), 20, false, false, 254)));
        awaitRouter("remote-receive-interval", "150");
        awaitRouter("remote-transmit-interval", "350");
        awaitRouter("remote-detect-multiplier", "20");
        await().atMost(PATIENCE).until(() -> engine.status().sessions().stream().noneMatch(Session::polling));
        engine.sessions(sessions(LENIENT));
        awaitRouter("remote-transmit-interval", "50");
        await().atMost(PATIENCE).until(() -> engine.status().sessions().stream().noneMatch(Session::polling));
        assertNobodyWentDown();
    }

    private void routersShutdown() {
        recorder.forget();
        configure("peer " + V4 + " interface lan0", "shutdown");
        await().atMost(PATIENCE).until(() -> recorder.downs(V4) == 1);
        assertThat(recorder.last(V4).change().reason()).isEqualTo(BfdReason.PEER_ADMIN_DOWN);
        assertThat(recorder.last(V4).change().failed()).isFalse();
        configure("peer " + V4 + " interface lan0", "no shutdown");
        awaitUp();
        assertThat(recorder.downs(V6)).isZero();
    }

    private void ourShutdown() {
        Map<String, BfdSessionConfig> fewer = new HashMap<>(sessions(LENIENT));
        fewer.remove(MULTIHOP);
        engine.sessions(fewer);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(router(MULTIHOP, "status")).isEqualTo("down");
            assertThat(router(MULTIHOP, "diagnostic")).isEqualTo("neighbor signaled session down");
        });
        engine.sessions(sessions(LENIENT));
        awaitUp();
    }

    private void passive() {
        recorder.forget();
        engine.sessions(Map.of());
        await().atMost(PATIENCE).until(() -> router(V6, "status").equals("down"));
        engine.sessions(sessions(new BfdProfile(Duration.ofMillis(50), Duration.ofMillis(50), 100, false, true, 254)));
        awaitUp();
        assertThat(recorder.of(V6))
                .anySatisfy(seen ->
                        assertThat(seen.change().reason()).isIn(BfdReason.PEER_HEARD, BfdReason.HANDSHAKE_DONE));
    }

    private void passiveRouter() {
        recorder.forget();
        engine.sessions(Map.of());
        await().atMost(PATIENCE).until(() -> router(V6, "status").equals("down"));
        configure("profile ours", "passive-mode");
        engine.sessions(sessions(LENIENT));
        awaitUp();
        configure("profile ours", "no passive-mode");
    }

    private void restart() throws IOException {
        recorder.forget();
        Map<String, Integer> before = discriminators();
        Sandbox.run("kill", "-9", Files.readString(PID).strip());
        start("bfdd");
        await().atMost(PATIENCE)
                .until(() -> sessions(LENIENT).keySet().stream().allMatch(key -> recorder.downs(key) > 0));
        awaitUp();
        assertThat(discriminators()).as("ours stay").isEqualTo(before);
        Sandbox.seen("bfdd killed and started anew: %s"
                .formatted(recorder.of(V4).getFirst().change().reason()));
    }

    private void cut() throws IOException {
        configure("profile ours", "receive-interval 300", "transmit-interval 300", "detect-multiplier 3");
        engine.sessions(sessions(BfdProfile.DEFAULT));
        awaitUp();
        awaitRouter("remote-detect-multiplier", "3");
        await().atMost(PATIENCE).until(() -> engine.status().sessions().stream().noneMatch(Session::polling));
        recorder.forget();
        Sandbox.cut();
        long at = System.nanoTime();
        await().atMost(PATIENCE).until(() -> recorder.downs(V4) > 0 && recorder.downs(V6) > 0);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> router(V4, "status").equals("down"));
        Sandbox.seen(
                "300 ms x 3: router seen down %d ms after the cut".formatted((System.nanoTime() - at) / 1_000_000));
        for (String key : List.of(V4, V6, LINK, MULTIHOP)) {
            Sandbox.seen("300 ms x 3: %s seen down %d ms after the cut"
                    .formatted(key, (recorder.of(key).getFirst().nanos() - at) / 1_000_000));
        }
        assertThat(recorder.of(V4).getFirst().change().reason()).isEqualTo(BfdReason.DETECTION_TIME_EXPIRED);
        assertThat(recorder.of(V4).getFirst().change().diagnostic())
                .isEqualTo(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
        assertThat(recorder.of(V4).getFirst().change().failed()).isTrue();
        Sandbox.heal();
        engine.sessions(sessions(LENIENT));
        awaitUp();
        engine.close();
    }

    private Map<String, Integer> discriminators() {
        Map<String, Integer> byKey = new HashMap<>();
        engine.status().sessions().forEach(session -> byKey.put(session.key(), session.discriminator()));
        return byKey;
    }

    private void assertNobodyWentDown() {
        sessions(LENIENT)
                .keySet()
                .forEach(key -> assertThat(recorder.of(key)).as(key).isEmpty());
        sessions(LENIENT)
                .keySet()
                .forEach(key -> assertThat(router(key, "status")).as(key).isEqualTo("up"));
    }

    private void awaitUp() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(engine.status().sessions())
                    .hasSize(4)
                    .allSatisfy(session -> assertThat(session.state()).isEqualTo(BfdState.UP));
            sessions(LENIENT)
                    .keySet()
                    .forEach(key -> assertThat(router(key, "status")).as(key).isEqualTo("up"));
        });
    }

    private void awaitRouter(String field, String value) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> sessions(LENIENT)
                        .keySet()
                        .forEach(key -> assertThat(router(key, field)).as(key).isEqualTo(value)));
    }

    /** What the router says about its session with an address of ours. */
    private static String router(String peer, String field) {
        Matcher session = Pattern.compile("\\{[^{}]*\"peer\":\"" + Pattern.quote(peer) + "\"[^{}]*}")
                .matcher(Sandbox.run("vtysh", "-c", "show bfd peers json"));
        assertThat(session.find()).as(peer).isTrue();
        Matcher value = Pattern.compile("\"" + field + "\":\"?([^\",}]*)").matcher(session.group());
        assertThat(value.find()).as(session.group()).isTrue();
        return value.group(1).strip();
    }

    private static void configure(String... lines) {
        List<String> command = new ArrayList<>(List.of("vtysh", "-c", "configure terminal", "-c", "bfd"));
        for (String line : lines) {
            command.add("-c");
            command.add(line);
        }
        Sandbox.run(command.toArray(String[]::new));
    }

    private static void start(String daemon) {
        Sandbox.run(
                "ip",
                "netns",
                "exec",
                "rtr",
                "/usr/lib/frr/" + daemon,
                "-d",
                "-f",
                CONFIG.toString(),
                "-i",
                "/run/frr/" + daemon + ".pid",
                "-A",
                "127.0.0.1");
    }
}
