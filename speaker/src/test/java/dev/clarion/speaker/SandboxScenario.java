package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs inside the sandbox of {@link SpeakerIT}; throws, and so exits with 1, at the first thing that is not so. */
final class SandboxScenario {
    private static final String V4 = "192.168.50.200";
    private static final String V6 = "fd50::200";
    /** Far more than anything takes on a machine that is not busy. */
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Sandbox sandbox;

    private SandboxScenario(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        boolean good = false;
        try (Sandbox sandbox = new Sandbox(Path.of(args[0]), directory)) {
            new SandboxScenario(sandbox).run();
            good = true;
        } finally {
            if (!good) {
                sandboxLogs(directory);
            }
        }
    }

    private static void sandboxLogs(Path directory) throws IOException {
        for (String node : List.of("n1", "n2")) {
            Path log = directory.resolve(node + ".log");
            System.out.println("== " + log + "\n" + (Files.exists(log) ? Files.readString(log) : "(none)"));
        }
    }

    private void run() throws Exception {
        sandbox.apply(sandbox.objects());
        sandbox.status("web", V4, V6);
        try (SpeakerProcess n1 = sandbox.speaker("n1");
                SpeakerProcess n2 = sandbox.speaker("n2")) {
            String owner = bothAgree(n1, n2);
            say("one owner, one answer");
            oneAnswer();
            afterAKill(owner, n1, n2);
            whileTheApiIsFrozen(n1, n2);
            afterARestart(n1, n2);
            afterTheDaemonSetIsGone(n1, n2);
        }
    }

    private static void say(String step) {
        System.out.println("-- " + step);
    }

    private static String bothAgree(SpeakerProcess n1, SpeakerProcess n2) {
        await().atMost(SOON.plus(SOON)).until(() -> n1.ready() && n2.ready());
        await().atMost(SOON).until(() -> {
            Optional<String> owner = n1.owner(V4);
            return owner.isPresent()
                    && n1.alive("n2")
                    && n2.alive("n1")
                    && owner.equals(n2.owner(V4))
                    && owner.equals(n1.owner(V6))
                    && owner.equals(n2.owner(V6));
        });
        return n1.owner(V4).orElseThrow();
    }

    /** Habets' arping counts answers beyond one a request as extra. */
    private void oneAnswer() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sandbox.near("arping", "-i", "eth2", "-c", "3", V4))
                        .contains("3 packets received")
                        .contains("(0 extra)"));
        sandbox.near("ping", "-6", "-c", "1", "-W", "1", V6);
        assertThat(sandbox.near("ip", "-6", "neigh", "show", V6)).contains("lladdr");
    }

    private void afterAKill(String owner, SpeakerProcess n1, SpeakerProcess n2) throws Exception {
        say("the owner is killed: the other takes over, and only then");
        SpeakerProcess dead = owner.equals("n1") ? n1 : n2;
        SpeakerProcess other = owner.equals("n1") ? n2 : n1;
        dead.kill();
        await().atMost(SOON).until(() -> other.owns(V4) && other.owns(V6));
        oneAnswer();
        dead.start();
        bothAgree(n1, n2);
        oneAnswer();
    }

    private void whileTheApiIsFrozen(SpeakerProcess n1, SpeakerProcess n2) throws Exception {
        say("the API server freezes: nobody takes over, nobody withdraws");
        String owner = bothAgree(n1, n2);
        sandbox.freezeApi();
        await().atMost(SOON).until(() -> n1.frozen() && n2.frozen());
        await().during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(20))
                .until(() -> owner.equals(n1.owner(V4).orElse(""))
                        && owner.equals(n2.owner(V4).orElse("")));
        oneAnswer();
        sandbox.thawApi();
        await().atMost(SOON).until(() -> !n1.frozen() && !n2.frozen());
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> owner.equals(n1.owner(V4).orElse(""))
                        && owner.equals(n2.owner(V4).orElse("")));
    }

    private void afterARestart(SpeakerProcess n1, SpeakerProcess n2) throws Exception {
        say("the owner is told to stop while its DaemonSet is there: it will be back, nothing moves");
        String owner = bothAgree(n1, n2);
        SpeakerProcess stopped = owner.equals("n1") ? n1 : n2;
        SpeakerProcess other = owner.equals("n1") ? n2 : n1;
        stopped.terminate();
        assertThat(stopped.log()).contains("kind=RESTART reason=NOTHING_ELSE_GOES");
        await().during(Duration.ofSeconds(7))
                .atMost(Duration.ofSeconds(14))
                .until(() -> owner.equals(other.owner(V4).orElse("")));
        stopped.start();
        bothAgree(n1, n2);
        oneAnswer();
    }

    private void afterTheDaemonSetIsGone(SpeakerProcess n1, SpeakerProcess n2) throws Exception {
        say("the owner is told to stop and the DaemonSet is gone: it gives everything up");
        String owner = bothAgree(n1, n2);
        sandbox.kubectl("-n", "clarion-system", "delete", "daemonset", "clarion-speaker");
        SpeakerProcess stopped = owner.equals("n1") ? n1 : n2;
        SpeakerProcess other = owner.equals("n1") ? n2 : n1;
        stopped.terminate();
        assertThat(stopped.log()).contains("kind=LEAVE reason=DAEMON_SET_GONE");
        await().atMost(SOON).until(() -> other.owns(V4) && other.owns(V6));
        oneAnswer();
        assertThat(sandbox.kubectl("-n", "default", "get", "events", "-o", "name"))
                .contains("event");
        assertThat(sandbox.kubectl("-n", "clarion-system", "get", "configmap", "-o", "yaml"))
                .contains("clarion-node-n1", "clarion-node-n2");
    }
}
