package dev.clarion.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The way to the API server: one client per process, and the namespace that Clarion lives in. */
public final class KubeAccess {
    /** Where Clarion lives unless told otherwise. */
    public static final String DEFAULT_NAMESPACE = "clarion-system";

    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

    private KubeAccess() {}

    /**
     * Makes the client; talks to nobody yet.
     *
     * @param kubeconfig the file to read, or empty to use the Pod's service account
     * @param userAgent who we are in the API server's audit log, for instance {@code clarion-controller/0.1.0}
     * @throws KubeException if the file cannot be read, or there is none and this is not a Pod
     */
    public static KubernetesClient connect(Optional<Path> kubeconfig, String userAgent) {
        Config base = kubeconfig.map(KubeAccess::fromFile).orElseGet(KubeAccess::fromPod);
        Config config = new ConfigBuilder(base)
                .withUserAgent(userAgent)
                .withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                // Who calls knows whether to try again and when; a hidden second try would turn our own success into a
                // conflict.
                .withRequestRetryBackoffLimit(0)
                // Over HTTP/2 everything shares one connection, and the JDK's client goes on using it after it has gone
                // silent. With HTTP/1.1 a request that times out takes its connection with it.
                .withHttp2Disable(true)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /**
     * The namespace that Clarion lives in: what the user asked for, else that of the Pod's service account, else
     * {@value #DEFAULT_NAMESPACE}.
     */
    public static String namespace(Optional<String> asked) {
        return namespace(asked, SERVICE_ACCOUNT.resolve("namespace"));
    }

    static String namespace(Optional<String> asked, Path serviceAccountNamespace) {
        return asked.filter(name -> !name.isBlank())
                .or(() -> read(serviceAccountNamespace))
                .orElse(DEFAULT_NAMESPACE);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException notInPod) {
            return Optional.empty();
        }
    }

    private static Config fromFile(Path kubeconfig) {
        if (!Files.isReadable(kubeconfig)) {
            throw new KubeException("Cannot read the kubeconfig " + kubeconfig
                    + ". Check the path given by --kubeconfig and that this user may read it.");
        }
        try {
            return Config.fromKubeconfig(kubeconfig.toFile());
        } catch (RuntimeException unreadable) {
            throw new KubeException(
                    "The file " + kubeconfig + " is not a kubeconfig: " + unreadable.getMessage()
                            + ". `kubectl --kubeconfig FILE config view` shows what is in it.",
                    unreadable);
        }
    }

    private static Config fromPod() {
        if (System.getenv("KUBERNETES_SERVICE_HOST") == null || !Files.isReadable(SERVICE_ACCOUNT.resolve("token"))) {
            throw new KubeException(
                    "This is not a Pod with a service account. Give --kubeconfig FILE to run outside the"
                            + " cluster, or let the Pod mount its service account's token.");
        }
        return Config.autoConfigure(null);
    }
}
