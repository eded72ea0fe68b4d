package dev.clarion.speaker;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A speaker as a process of its own, seen through its probes and its state endpoint. */
final class SpeakerProcess implements AutoCloseable {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final String node;
    private final int port;
    private final Path kubeconfig;
    private final Path log;
    private final List<String> more;
    private Process process;

    SpeakerProcess(String node, int port, Path kubeconfig, Path log, List<String> more) throws IOException {
        this.more = List.copyOf(more);
        this.node = node;
        this.port = port;
        this.kubeconfig = kubeconfig;
        this.log = log;
        this.process = launch();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                SandboxScenario.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--kubeconfig=" + kubeconfig,
                "--namespace=clarion-system",
                "--node-name=" + node,
                "--state-dir=" + log.resolveSibling("state"),
                "--probe-port=" + port,
                "--metrics-port=" + (port + 1)));
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    void start() throws IOException {
        process = launch();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, and waits for the end. */
    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    boolean ready() {
        return code("/readyz") == 200;
    }

    boolean frozen() {
        return Boolean.TRUE.equals(state().get("livenessFrozen"));
    }

    boolean alive(String other) {
        return state().get("alive") instanceof List<?> alive && alive.contains(other);
    }

    /** What there is to say of ownership. */
    Map<?, ?> ownership() {
        return state().get("ownership") instanceof Map<?, ?> map ? map : Map.of();
    }

    String problems() {
        return String.valueOf(state().get("problems"));
    }

    /** Why a node does or does not announce an address at layer 2. */
    String layer2Reason(String address, String of) {
        String reasons = address(address)
                .map(entry -> String.valueOf(entry.get("layer2")))
                .orElse("");
        return reasons.replaceAll(".*\\b" + of + "=(\\w+).*", "$1");
    }

    /** Whom this speaker takes for the owner. */
    Optional<String> owner(String address) {
        return address(address).map(entry -> String.valueOf(entry.get("owner")));
    }

    boolean owns(String address) {
        return owner(address).filter(node::equals).isPresent();
    }

    private Optional<Map<?, ?>> address(String address) {
        if (!(state().get("addresses") instanceof List<?> addresses)) {
            return Optional.empty();
        }
        for (Object entry : addresses) {
            if (entry instanceof Map<?, ?> map && address.equals(map.get("address"))) {
                return Optional.of(map);
            }
        }
        return Optional.empty();
    }

    private Map<?, ?> state() {
        try (InputStream in = open("/state").getInputStream()) {
            return JSON.unmarshal(new String(in.readAllBytes(), StandardCharsets.UTF_8), Map.class);
        } catch (IOException away) {
            return Map.of();
        }
    }

    private int code(String path) {
        try {
            return open(path).getResponseCode();
        } catch (IOException away) {
            return 0;
        }
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setConnectTimeout(2_000);
        connection.setReadTimeout(5_000);
        return connection;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
