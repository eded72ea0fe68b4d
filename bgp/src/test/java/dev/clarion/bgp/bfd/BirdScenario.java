package dev.clarion.bgp.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.bfd.fsm.BfdReason;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.Discard;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Our engine and BIRD, with a router in between. */
final class BirdScenario {
    static final List<String> STEPS = List.of(
            "a multihop session comes up across a router",
            "other timers on BIRD end no session",
            "packets from farther away than the minimum TTL allows are dropped, and a lower minimum lets them in",
            "a silent cut is seen, and healed",
            "a passive BIRD waits for us");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path CONFIG = Path.of("/run/bird.conf");
    private static final String KEY = "far";
    private static final BfdProfile LENIENT = BfdProfile.of(100, 50);

    private final Recorder recorder = new Recorder();
    private final BfdEngine engine = new BfdEngine(recorder, BfdOptions.ORDINARY);

    private BirdScenario() {}

    /** Exits with 0 if every step held. */
    public static void main(String[] arguments) {
        BirdScenario scenario = new BirdScenario();
        Sandbox.steps(
                STEPS,
                List.of(
                        scenario::comeUp,
                        scenario::birdsTimers,
                        scenario::minimumTtl,
                        scenario::cut,
                        scenario::passiveBird),
                () -> System.out.println(
                        scenario.recorder + "\n" + scenario.engine.status() + "\n" + birdc("show", "bfd", "sessions")));
    }

    private void wants(BfdProfile profile) {
        engine.sessions(
                Map.of(KEY, BfdSessionConfig.multihop(Ip.parse("10.9.9.1"), Ip.parse("192.168.60.2"), profile)));
    }

    private void comeUp() throws IOException {
        configure("");
        Sandbox.run(
                "ip",
                "netns",
                "exec",
                "far",
                "bird",
                "-c",
                CONFIG.toString(),
                "-s",
                "/run/bird.ctl",
                "-P",
                "/run/bird.pid");
        wants(LENIENT);
        awaitUp();
    }

    private void birdsTimers() throws IOException {
        recorder.forget();
        Files.writeString(
                CONFIG, Files.readString(CONFIG).replace("100 ms", "250 ms").replace("multiplier 50", "multiplier 30"));
        birdc("configure");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(session().transmit()).isEqualTo(Duration.ofMillis(250));
            assertThat(session().detection()).isEqualTo(Duration.ofMillis(7_500));
        });
        configure("");
        birdc("configure");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(session().detection()).isEqualTo(Duration.ofSeconds(5)));
        assertThat(recorder.of(KEY)).isEmpty();
    }

    private void minimumTtl() {
        assertThat(engine.status().dropped()).doesNotContainKey(Discard.TOO_MANY_HOPS);
        Sandbox.run(
                "ip",
                "netns",
                "exec",
                "rtr",
                "nft",
                "add rule inet cut out ip saddr 192.168.60.2 udp dport 4784 ip ttl set 200");
        await().atMost(PATIENCE).until(() -> recorder.downs(KEY) == 1);
        assertThat(recorder.last(KEY).change().reason()).isEqualTo(BfdReason.DETECTION_TIME_EXPIRED);
        assertThat(engine.status().dropped().get(Discard.TOO_MANY_HOPS)).isPositive();
        wants(new BfdProfile(Duration.ofMillis(100), Duration.ofMillis(100), 50, false, false, 200));
        awaitUp();
        Sandbox.heal();
        wants(LENIENT);
    }

    private void cut() {
        recorder.forget();
        Sandbox.cut();
        await().atMost(PATIENCE).until(() -> recorder.downs(KEY) == 1);
        assertThat(recorder.of(KEY).getFirst().change().reason()).isEqualTo(BfdReason.DETECTION_TIME_EXPIRED);
        await().atMost(PATIENCE).until(() -> birdc("show", "bfd", "sessions").contains("Down"));
        Sandbox.heal();
        awaitUp();
    }

    private void passiveBird() throws IOException {
        engine.sessions(Map.of());
        await().atMost(PATIENCE).until(() -> !birdc("show", "bfd", "sessions").contains("Up"));
        configure("passive yes;");
        birdc("configure");
        wants(LENIENT);
        awaitUp();
        engine.close();
    }

    private BfdStatus.Session session() {
        return engine.status().sessions().getFirst();
    }

    private void awaitUp() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(session().state()).isEqualTo(BfdState.UP);
            assertThat(birdc("show", "bfd", "sessions")).contains("Up");
        });
    }

    private static String birdc(String... words) {
        String[] command = new String[words.length + 3];
        command[0] = "birdc";
        command[1] = "-s";
        command[2] = "/run/bird.ctl";
        System.arraycopy(words, 0, command, 3, words.length);
        return Sandbox.run(command);
    }

    private static void configure(String passive) throws IOException {
        try (InputStream resource = Objects.requireNonNull(BirdScenario.class.getResourceAsStream("bird.conf"))) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(CONFIG, text.replace("PASSIVE", passive));
        }
    }
}
