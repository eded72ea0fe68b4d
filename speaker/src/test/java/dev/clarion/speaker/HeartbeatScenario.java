package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/**
 * Runs inside the sandbox of {@link SpeakerIT}: one node whose ownership goes by heartbeats, from the appearance of the
 * key on; throws, and so exits with 1, at the first thing that is not so.
 */
final class HeartbeatScenario {
    private static final String V4 = "192.168.50.200";
    private static final String V6 = "fd50::200";
    private static final String TAKEN = "192.168.50.201";
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final Sandbox sandbox;
    private final Path keys;

    private HeartbeatScenario(Sandbox sandbox, Path keys) {
        this.sandbox = sandbox;
        this.keys = keys;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        Path keys = Files.createDirectory(directory.resolve("keys"));
        boolean good = false;
        try (Sandbox sandbox = new Sandbox(Path.of(args[0]), directory)) {
            new HeartbeatScenario(sandbox, keys).run();
            good = true;
        } finally {
            if (!good) {
                Path log = directory.resolve("n1.log");
                System.out.println(Files.exists(log) ? Files.readString(log) : "no log");
            }
        }
    }

    private void run() throws Exception {
        sandbox.apply(sandbox.objects());
        sandbox.kubectl("delete", "node", "n2");
        sandbox.kubectl(
                "patch",
                "node",
                "n1",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"192.168.50.11\"}]}}");
        sandbox.status("web", V4, V6);
        try (SpeakerProcess n1 = sandbox.speaker("n1", "--heartbeat-keys=" + keys)) {
            withoutAKey(n1);
            theKeyAppears(n1);
            aForeignHostHasAnAddress(n1);
            aStartWhileTheApiIsAway(n1);
        }
    }

    private static void say(String step) {
        System.out.println("-- " + step);
    }

    private void withoutAKey(SpeakerProcess n1) {
        say("no key: ownership follows the API's view");
        await().atMost(SOON).until(() -> n1.ready() && n1.owns(V4) && n1.owns(V6));
        assertThat(n1.ownership().get("by")).isEqualTo("leases");
    }

    private void theKeyAppears(SpeakerProcess n1) throws IOException {
        say("a key appears: ownership goes by heartbeats, and the same node owns");
        String encoded = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.US_ASCII));
        sandbox.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: clarion-heartbeat, namespace: clarion-system}
                data: {key: %s}
                """.formatted(encoded));
        Files.writeString(keys.resolve("key"), KEY);
        await().atMost(SOON).until(() -> "heartbeats".equals(n1.ownership().get("by")));
        await().atMost(SOON).until(() -> n1.owns(V4) && n1.owns(V6));
        oneAnswer(V4);
        sandbox.near("ping", "-6", "-c", "1", "-W", "1", V6);
        assertThat(sandbox.near("ip", "-6", "neigh", "show", V6)).contains("lladdr");
    }

    /** Habets' arping counts answers beyond one a request as extra. */
    private void oneAnswer(String address) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sandbox.near("arping", "-i", "eth2", "-c", "3", address))
                        .contains("3 packets received")
                        .contains("(0 extra)"));
    }

    private void aForeignHostHasAnAddress(SpeakerProcess n1) throws IOException {
        say("a host outside of the cluster has an address that a new Service gets: it is not announced, and told of");
        sandbox.near("ip", "address", "add", TAKEN + "/24", "dev", "eth2");
        sandbox.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: taken, namespace: default}
                spec: {type: LoadBalancer, ports: [{port: 80}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: taken-1, namespace: default, labels: {kubernetes.io/service-name: taken}}
                addressType: IPv4
                ports: [{port: 80, protocol: TCP}]
                endpoints: [{addresses: [10.244.1.3], nodeName: n1, conditions: {ready: true}}]
                """);
        sandbox.status("taken", TAKEN);
        await().atMost(SOON).until(() -> n1.problems().contains(TAKEN + " is in quarantine"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sandbox.kubectl("-n", "default", "get", "events", "-o", "yaml"))
                        .contains("addressInUse"));
        assertThat(n1.layer2Reason(TAKEN, "n1")).isEqualTo("QUARANTINED");
        oneAnswer(V4);
    }

    private void aStartWhileTheApiIsAway(SpeakerProcess n1) throws Exception {
        say("the API server freezes, and the speaker is killed and starts: it serves what it knows from the node");
        n1.kill();
        sandbox.freezeApi();
        n1.start();
        await().atMost(SOON).until(() -> n1.owns(V4) && n1.owns(V6));
        oneAnswer(V4);
        sandbox.thawApi();
        await().atMost(SOON).until(n1::ready);
        assertThat(n1.owns(V4)).isTrue();
        oneAnswer(V4);
    }
}
