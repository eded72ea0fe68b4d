package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes Secrets that nobody has made yet, and never looks into one, nor changes it. Every call blocks. */
public final class SecretMaker {
    private final ApiCalls calls;
    private final String namespace;
    private final String base;

    public SecretMaker(KubernetesClient client, String namespace) {
        this.calls = new ApiCalls(client);
        this.namespace = namespace;
        this.base = ApiCalls.path(Secret.class, namespace);
    }

    /** How it ended. */
    public enum Outcome {
        /** It was there already. */
        THERE,
        /** It was made just now. */
        MADE
    }

    /**
     * Makes sure that a Secret of this name is there.
     *
     * @param labels of a new one
     * @param content of a new one; only asked if one is made
     * @throws KubeException if the API server refuses or cannot be reached
     */
    public Outcome ensure(String name, Map<String, String> labels, Supplier<Map<String, byte[]>> content) {
        if (answered("read", name, calls.get(base + "/" + ApiCalls.encode(name)), 404) != 404) {
            return Outcome.THERE;
        }
        Map<String, String> data = new TreeMap<>();
        content.get().forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
        String body = calls.serialization()
                .asJson(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .withType("Opaque")
                        .withData(data)
                        .build());
        // Two controllers may try at once: one of them makes it.
        int code = answered("make", name, calls.send("POST", base, ApiCalls.JSON, body), 409);
        return code == 409 ? Outcome.THERE : Outcome.MADE;
    }

    private int answered(String what, String name, ApiReply reply, int alsoGood) {
        return switch (reply) {
            case ApiReply.Answer answer when answer.ok() || answer.code() == alsoGood -> answer.code();
            case ApiReply.Answer answer ->
                throw new KubeException("Could not " + what + " the Secret " + namespace + "/" + name + ": "
                        + calls.reason(answer)
                        + (answer.code() == 403 ? ". Apply the RBAC rules of Clarion's manifest." : ""));
            case ApiReply.NoAnswer(String why) ->
                throw new KubeException("Could not " + what + " the Secret " + namespace + "/" + name + ": " + why
                        + ". Is the API server up and reachable?");
        };
    }
}
