package dev.clarion.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real etcd and API server of a test's own, by the lab's verb {@code control-plane}, and ways to hurt them. */
final class ControlPlane implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("clarion.root", ".."));
    private static final long UP_MINUTES = 25;

    private final Path dir;
    private final List<String> command;
    private ProcessHandle apiServer;

    private ControlPlane(Path dir) throws IOException {
        this.dir = dir;
        this.apiServer = Files.readAllLines(dir.resolve("pids")).stream()
                .map(line -> line.split(" ", -1))
                .filter(words -> words[0].equals("apiserver"))
                .map(words -> ProcessHandle.of(Long.parseLong(words[1])).orElseThrow())
                .findFirst()
                .orElseThrow();
        String cmdline = Files.readString(Path.of("/proc/" + apiServer.pid() + "/cmdline"));
        this.command = Arrays.asList(cmdline.strip().replaceAll("\0$", "").split("\0", -1));
    }

    /** Builds what is missing on the way, which takes minutes the first time. */
    static ControlPlane start() throws IOException {
        Path dir = Files.createTempDirectory("clarion-kube-it").resolve("control-plane");
        lab(dir, "up");
        return new ControlPlane(dir);
    }

    private static void lab(Path dir, String verb) throws IOException {
        Path log = dir.resolveSibling(verb + ".log");
        Process lab = new ProcessBuilder(
                        ROOT.resolve("kind-e2e/lab/lab").toString(), "control-plane", verb, dir.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = !lab.onExit()
                .completeOnTimeout(lab, UP_MINUTES, TimeUnit.MINUTES)
                .join()
                .isAlive();
        if (!ended || lab.exitValue() != 0) {
            lab.destroy();
            throw new AssertionError("lab control-plane " + verb + " failed:\n" + Files.readString(log));
        }
    }

    Path kubeconfig() {
        return dir.resolve("kubeconfig");
    }

    KubernetesClient client() {
        return KubeAccess.connect(Optional.of(kubeconfig()), "clarion-test/1");
    }

    /** For setting things up: tries again by itself where the client under test must not. */
    KubernetesClient patientClient() {
        try (KubernetesClient client = client()) {
            return new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(client.getConfiguration())
                            .withRequestRetryBackoffLimit(8)
                            .build())
                    .build();
        }
    }

    /** Makes etcd forget all history up to a revision: who watches from before it must list again. */
    void compact(String revision) throws IOException, InterruptedException {
        String etcd = command.stream()
                .filter(argument -> argument.startsWith("--etcd-servers="))
                .map(argument -> argument.substring("--etcd-servers=".length()))
                .findFirst()
                .orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(URI.create(etcd + "/v3/kv/compaction"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"revision\":\"" + revision + "\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("etcd did not compact: " + answer.body());
            }
        }
    }

    /** A client with the rights of somebody else. */
    KubernetesClient clientAs(String user) {
        try (KubernetesClient admin = client()) {
            return new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(admin.getConfiguration())
                            .withImpersonateUsername(user)
                            .build())
                    .build();
        }
    }

    /** A client and a fresh namespace of this name. */
    KubernetesClient clientWithNamespace(String name) {
        try (KubernetesClient patient = patientClient()) {
            patient.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        return client();
    }

    void killApiServer() {
        apiServer.destroyForcibly();
        apiServer.onExit().join();
    }

    void startApiServer() throws IOException {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("apiserver-again.log").toFile())
                .start();
        apiServer = started.toHandle();
    }

    /** Its connections stay open and nobody answers any more, as behind a cable that was pulled. */
    void freezeApiServer() throws IOException, InterruptedException {
        signal(apiServer.pid(), "STOP");
    }

    void thawApiServer() throws IOException, InterruptedException {
        signal(apiServer.pid(), "CONT");
    }

    /** Sends a signal; after STOP no thread of the process runs any more. */
    static void signal(long pid, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
        if (kill.waitFor() != 0) {
            String said = new String(kill.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new AssertionError("kill -" + signal + " " + pid + ": " + said);
        }
        if (signal.equals("STOP")) {
            // Each thread stops when it is next looked at; until then one may still answer a request.
            await().atMost(Duration.ofSeconds(30)).until(() -> isStopped(pid));
        }
    }

    private static boolean isStopped(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (!stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("T")) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        // The verb knows the first API server only.
        apiServer.destroyForcibly();
        lab(dir, "down");
        try (var files = Files.walk(dir.getParent())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
