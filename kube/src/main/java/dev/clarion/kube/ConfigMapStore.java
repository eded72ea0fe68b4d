package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ConfigMaps of one namespace as small records that are swapped as a whole. Every call blocks, ten seconds at most. */
public final class ConfigMapStore {
    private final ApiCalls calls;
    private final String namespace;
    private final String base;

    public ConfigMapStore(KubernetesClient client, String namespace) {
        this.calls = new ApiCalls(client);
        this.namespace = namespace;
        this.base = ApiCalls.path(ConfigMap.class, namespace);
    }

    /**
     * Reads one, straight from storage.
     *
     * @throws KubeException if the API server refuses or cannot be reached
     */
    public Optional<StoredConfigMap> get(String name) {
        ApiReply.Answer answer = answered("read the ConfigMap " + namespace + "/" + name, calls.get(path(name)));
        return answer.code() == 404 ? Optional.empty() : Optional.of(stored(calls.parse(answer, ConfigMap.class)));
    }

    /**
     * All that carry a label, straight from storage and not from a watch that may lag.
     *
     * @param labelSelector for instance {@code clarion.dev/part=ledger}; empty for all
     * @throws KubeException if the API server refuses or cannot be reached
     */
    public List<StoredConfigMap> list(String labelSelector) {
        String query = labelSelector.isEmpty() ? "" : "?labelSelector=" + ApiCalls.encode(labelSelector);
        ApiReply.Answer answer = answered("list the ConfigMaps of " + namespace, calls.get(base + query));
        return calls.parse(answer, ConfigMapList.class).getItems().stream()
                .map(ConfigMapStore::stored)
                .toList();
    }

    /** Creates it; {@link StoreOutcome.Conflict} if there is one of that name already. */
    public StoreOutcome create(String name, Map<String, String> labels, Map<String, String> data) {
        return outcome(calls.send("POST", base, ApiCalls.JSON, json(name, labels, data, null)));
    }

    /** Replaces the data (and keeps the labels) of exactly the version that was read; otherwise nothing happens. */
    public StoreOutcome compareAndSwap(StoredConfigMap read, Map<String, String> data) {
        String body = json(read.name(), read.labels(), data, read.resourceVersion());
        return outcome(calls.send("PUT", path(read.name()), ApiCalls.JSON, body));
    }

    /**
     * Creates or overwrites, whatever is there (server-side apply): only for objects with a single writer, such as a
     * node's own status.
     */
    public StoreOutcome apply(String name, Map<String, String> labels, Map<String, String> data) {
        String body = json(name, labels, data, null);
        return outcome(calls.send("PATCH", path(name) + "?force=true", ApiCalls.APPLY_PATCH, body));
    }

    /** Deletes exactly the version that was read. Already gone counts as deleted: the outcome is then Gone as well. */
    public StoreOutcome delete(StoredConfigMap read) {
        String only = "{\"preconditions\":{\"uid\":\"" + read.uid() + "\",\"resourceVersion\":\""
                + read.resourceVersion() + "\"}}";
        return switch (calls.delete(path(read.name()), only)) {
            case ApiReply.NoAnswer(String why) -> new StoreOutcome.Failed(why);
            case ApiReply.Answer answer when answer.ok() -> new StoreOutcome.Gone();
            case ApiReply.Answer answer -> refused(answer);
        };
    }

    private StoreOutcome outcome(ApiReply reply) {
        return switch (reply) {
            case ApiReply.NoAnswer(String why) -> new StoreOutcome.Failed(why);
            case ApiReply.Answer answer
            when answer.ok() -> new StoreOutcome.Stored(stored(calls.parse(answer, ConfigMap.class)));
            case ApiReply.Answer answer -> refused(answer);
        };
    }

    private StoreOutcome refused(ApiReply.Answer answer) {
        return switch (answer.code()) {
            case 404 -> new StoreOutcome.Gone();
            case 409 -> new StoreOutcome.Conflict();
            default -> new StoreOutcome.Failed("HTTP " + answer.code() + ": " + calls.reason(answer));
        };
    }

    private ApiReply.Answer answered(String what, ApiReply reply) {
        return switch (reply) {
            case ApiReply.Answer answer when answer.ok() || answer.code() == 404 -> answer;
            case ApiReply.Answer answer ->
                throw new KubeException("Could not " + what + ": " + calls.reason(answer)
                        + (answer.code() == 403 ? ". Apply the RBAC rules of Clarion's manifest." : ""));
            case ApiReply.NoAnswer(String why) ->
                throw new KubeException("Could not " + what + ": " + why + ". Is the API server up and reachable?");
        };
    }

    private String path(String name) {
        return base + "/" + ApiCalls.encode(name);
    }

    private String json(
            String name, Map<String, String> labels, Map<String, String> data, @Nullable String resourceVersion) {
        return calls.serialization()
                .asJson(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withLabels(labels)
                        .withResourceVersion(resourceVersion)
                        .endMetadata()
                        .withData(data)
                        .build());
    }

    private static StoredConfigMap stored(ConfigMap map) {
        ObjectMeta meta = map.getMetadata();
        return new StoredConfigMap(
                meta.getName(),
                meta.getUid(),
                meta.getResourceVersion(),
                meta.getLabels() == null ? Map.of() : meta.getLabels(),
                map.getData() == null ? Map.of() : map.getData());
    }
}
