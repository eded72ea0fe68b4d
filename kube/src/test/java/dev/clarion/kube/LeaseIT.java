package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LeaseIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static ControlPlane plane;

    @BeforeAll
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    static void up() throws Exception {
        plane = ControlPlane.start();
    }

    @AfterAll
    static void down() throws Exception {
        plane.close();
    }

    /** A candidate in a process, and all that it said. */
    private static final class Candidate implements AutoCloseable {
        private final String name;
        private final Process process;
        private final List<String> said = new CopyOnWriteArrayList<>();

        Candidate(String namespace, String name) throws IOException {
            this.name = name;
            this.process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:+UseSerialGC",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            ElectionCandidate.class.getName(),
                            plane.kubeconfig().toString(),
                            namespace,
                            name)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                reader.lines().forEach(said::add);
            } catch (IOException | UncheckedIOException ended) {
                said.add("ended 0");
            }
        }

        boolean leads() {
            return !said.isEmpty() && said.getLast().startsWith("leads");
        }

        boolean saysNot() {
            return !said.isEmpty() && said.getLast().startsWith("not");
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** In the order of time nobody may begin to lead before the last sign that the one before him led. */
    private static void assertNeverTwo(Candidate... candidates) {
        TreeMap<Long, String> signs = new TreeMap<>();
        for (Candidate candidate : candidates) {
            candidate.said.stream()
                    .filter(line -> line.startsWith("leads "))
                    .forEach(line -> signs.put(Long.parseLong(line.substring(6)), candidate.name));
        }
        List<String> reigns = new ArrayList<>();
        signs.values().forEach(name -> {
            if (reigns.isEmpty() || !reigns.getLast().equals(name)) {
                reigns.add(name);
            }
        });
        assertThat(reigns)
                .as("each leads once, one after the other")
                .hasSize(candidates.length)
                .doesNotHaveDuplicates();
    }

    @Test
    void aLeaderThatIsPausedIsFollowedAndFindsItselfDeposedWhenItGoesOn() throws Exception {
        plane.clientWithNamespace("election").close();
        try (Candidate first = new Candidate("election", "first")) {
            await().atMost(SOON).until(first::leads);
            try (Candidate second = new Candidate("election", "second")) {
                await().atMost(SOON).until(second::saysNot);
                ControlPlane.signal(first.process.pid(), "STOP");
                await().atMost(SOON).until(second::leads);
                int before = first.said.size();
                ControlPlane.signal(first.process.pid(), "CONT");
                await().atMost(SOON).until(() -> first.said.size() > before + 20 && first.saysNot());
                // One line may have been under way when it was paused; its time is from before the pause.
                List<String> said = List.copyOf(first.said);
                assertThat(said.subList(before + 1, said.size())).noneMatch(line -> line.startsWith("leads"));
                assertThat(first.said).anyMatch(line -> line.startsWith("stopped"));
                assertNeverTwo(first, second);
            }
        }
    }

    /** Nobody could wait these times out within the test: who leads does so because the Lease was given back. */
    @Test
    void aLeaseGivenBackIsTakenAtOnceAndALeaderStopsBeforeItGivesBack() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (KubernetesClient client = plane.clientWithNamespace("given")) {
            LeaderElection first = new LeaderElection(client, patient("first"), telling(told, "first"));
            await().atMost(SOON).until(first::isLeader);
            try (LeaderElection second = new LeaderElection(client, patient("second"), telling(told, "second"))) {
                await().atMost(SOON).until(() -> second.leader().equals("first"));
                first.close();
                assertThat(first.isLeader()).isFalse();
                await().atMost(SOON).until(second::isLeader);
                await().atMost(SOON).until(() -> told.size() == 3);
                assertThat(lease(client, "given", "leader").getSpec().getLeaseTransitions())
                        .isEqualTo(1);
            }
        }
        assertThat(told).containsExactly("first started", "first stopped", "second started", "second stopped");
    }

    private static LeaderElection.Settings patient(String identity) {
        return new LeaderElection.Settings(
                "given", "leader", identity, Duration.ofHours(3), Duration.ofHours(2), Duration.ofHours(1));
    }

    private static LeaderElection.Listener telling(List<String> told, String name) {
        return new LeaderElection.Listener() {
            @Override
            public void started() {
                told.add(name + " started");
            }

            @Override
            public void stopped() {
                told.add(name + " stopped");
            }
        };
    }

    @Test
    void theFenceFallsByItselfWhenTheApiServerFallsSilentAndRisesAgain() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        LeaderElection.Settings settings = new LeaderElection.Settings(
                "fence", "leader", "me", Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofMillis(500));
        try (KubernetesClient client = plane.clientWithNamespace("fence");
                LeaderElection election = new LeaderElection(client, settings, telling(told, "me"))) {
            await().atMost(SOON).until(() -> election.isLeader() && told.equals(List.of("me started")));
            plane.freezeApiServer();
            try {
                await().atMost(SOON).until(() -> !election.isLeader());
                await().atMost(SOON).until(() -> told.equals(List.of("me started", "me stopped")));
            } finally {
                plane.thawApiServer();
            }
            await().atMost(SOON).until(() -> election.isLeader() && told.size() == 3);
        }
        assertThat(told).containsExactly("me started", "me stopped", "me started", "me stopped");
    }

    private static Lease lease(KubernetesClient client, String namespace, String name) {
        return client.leases().inNamespace(namespace).withName(name).get();
    }
}
