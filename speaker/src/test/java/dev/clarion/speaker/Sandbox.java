package dev.clarion.speaker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A segment with a neighbour on it, and an API server; all inside the namespaces that this process is in already. */
final class Sandbox implements AutoCloseable {
    private final Path root;
    private final Path directory;
    private final Path controlPlane;

    Sandbox(Path root, Path directory) throws IOException {
        this.root = root;
        this.directory = directory;
        this.controlPlane = directory.resolve("control-plane");
        run("mount", "-t", "tmpfs", "run", "/run");
        run("ip", "link", "set", "lo", "up");
        run("ip", "netns", "add", "near");
        run("ip", "link", "add", "eth1", "type", "veth", "peer", "name", "eth2", "netns", "near");
        run("ip", "link", "set", "eth1", "up");
        run("ip", "address", "add", "192.168.50.11/24", "dev", "eth1");
        run("ip", "address", "add", "fd50::11/64", "dev", "eth1", "nodad");
        near("ip", "link", "set", "eth2", "up");
        near("ip", "address", "add", "192.168.50.100/24", "dev", "eth2");
        near("ip", "address", "add", "fd50::100/64", "dev", "eth2", "nodad");
        lab("control-plane", "up", controlPlane.toString());
    }

    /** What the scenario begins with: two Nodes, a published configuration, one Service with an endpoint. */
    String objects() {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: clarion-system}
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: n2}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: clarion-effective, namespace: clarion-system}
                data:
                  effective.yaml: |
                    generation: 1
                    ipAddressPools:
                    - name: lan
                      addresses: [192.168.50.200-192.168.50.219, "fd50::200-fd50::219"]
                    l2Advertisements:
                    - name: lan
                ---
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: clarion-speaker, namespace: clarion-system}
                spec:
                  selector: {matchLabels: {app: speaker}}
                  template:
                    metadata: {labels: {app: speaker}}
                    spec: {containers: [{name: speaker, image: none}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: default}
                spec: {type: LoadBalancer, ports: [{port: 80}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-1, namespace: default, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{port: 80, protocol: TCP}]
                endpoints: [{addresses: [10.244.1.2], nodeName: n1, conditions: {ready: true}}]
                """;
    }

    void apply(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("objects.yaml"), yaml);
        kubectl("apply", "-f", file.toString());
    }

    /** Writes a Service's addresses, as the controller would. */
    void status(String service, String... addresses) {
        List<String> ingress =
                Arrays.stream(addresses).map(ip -> "{\"ip\":\"" + ip + "\"}").toList();
        kubectl(
                "patch",
                "service",
                service,
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"metadata\":{\"annotations\":{\"clarion.dev/allocated-from\":\"lan\"}},"
                        + "\"status\":{\"loadBalancer\":{\"ingress\":[" + String.join(",", ingress) + "]}}}");
    }

    SpeakerProcess speaker(String node, String... more) throws IOException {
        int port = node.equals("n1") ? 17_480 : 17_580;
        return new SpeakerProcess(
                node, port, controlPlane.resolve("kubeconfig"), directory.resolve(node + ".log"), List.of(more));
    }

    /** Runs a command at the neighbour; whatever its exit code. */
    String near(String... command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", "near"));
        whole.addAll(List.of(command));
        return output(whole).text();
    }

    String kubectl(String... arguments) {
        List<String> whole = new ArrayList<>(List.of(
                kubectl().toString(),
                "--kubeconfig",
                controlPlane.resolve("kubeconfig").toString()));
        whole.addAll(List.of(arguments));
        return run(whole.toArray(String[]::new));
    }

    /** The newest one that the lab has built. */
    private static Path kubectl() {
        String cache =
                System.getenv().getOrDefault("CLARION_CACHE", System.getProperty("user.home") + "/.cache/clarion");
        String own = System.getenv("CLARION_KUBE_BIN");
        if (own != null) {
            return Path.of(own, "kubectl");
        }
        try (Stream<Path> sets = Files.list(Path.of(cache, "kube"))) {
            return sets.map(set -> set.resolve("bin/kubectl"))
                    .filter(Files::isExecutable)
                    .max((a, b) ->
                            Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
                    .orElseThrow(() -> new IllegalStateException("no kubectl under " + cache));
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    void freezeApi() throws IOException {
        signalApi("-STOP");
    }

    void thawApi() throws IOException {
        signalApi("-CONT");
    }

    private void signalApi(String signal) throws IOException {
        for (String line : Files.readAllLines(controlPlane.resolve("pids"))) {
            if (line.startsWith("apiserver ")) {
                run("kill", signal, line.split(" ", -1)[1]);
            }
        }
    }

    private String lab(String... arguments) {
        List<String> whole =
                new ArrayList<>(List.of(root.resolve("kind-e2e/lab/lab").toString()));
        whole.addAll(List.of(arguments));
        return run(whole.toArray(String[]::new));
    }

    static String run(String... command) {
        Output output = output(List.of(command));
        if (output.code() != 0) {
            throw new IllegalStateException(String.join(" ", command) + "\n" + output.text());
        }
        return output.text();
    }

    private record Output(int code, String text) {}

    private static Output output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() throws IOException {
        thawApi();
        lab("control-plane", "down", controlPlane.toString());
    }
}
