package dev.clarion.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListMeta;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists a scope page by page, so that no more than one page of whole objects is in memory at a time. */
final class Lister<T extends HasMetadata> {
    /** The fields of a list, as the JSON library fills them. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Page<O> {
        public @Nullable ListMeta metadata;
        public @Nullable List<O> items;
    }

    private final ApiCalls calls;
    private final WatchScope<T> scope;
    private final TypeReference<Page<T>> pageType;

    Lister(ApiCalls calls, WatchScope<T> scope) {
        this.calls = calls;
        this.scope = scope;
        Type page = calls.serialization().constructParametricType(Page.class, scope.type());
        this.pageType = new TypeReference<>() {
            @Override
            public Type getType() {
                return page;
            }
        };
    }

    /**
     * Gives every object to the consumer.
     *
     * @param restart called when the server forgot where it was, and all begins again in one answer
     * @return the resource version from which a watch goes on
     * @throws KubeException if the API server refuses or cannot be reached
     */
    String list(Consumer<T> item, Runnable restart) {
        String token = "";
        while (true) {
            Optional<ListMeta> meta = page(scope.list(true, token), item);
            if (meta.isEmpty()) {
                restart.run();
                return page(scope.list(false, ""), item)
                        .orElseThrow(() -> new KubeException("Could not list " + scope.what() + ": HTTP 410 twice"))
                        .getResourceVersion();
            }
            token = meta.get().getContinue();
            if (token == null || token.isEmpty()) {
                return meta.get().getResourceVersion();
            }
        }
    }

    /** One page; empty if the token has expired (HTTP 410). */
    private Optional<ListMeta> page(String path, Consumer<T> item) {
        return switch (calls.get(path)) {
            case ApiReply.Answer answer when answer.ok() -> Optional.of(items(answer, item));
            case ApiReply.Answer answer when answer.code() == 410 -> Optional.empty();
            case ApiReply.Answer answer ->
                throw new KubeException("Could not list " + scope.what() + ": HTTP " + answer.code() + ": "
                        + calls.reason(answer)
                        + (answer.code() == 403 ? ". Apply the RBAC rules of Clarion's manifest." : ""));
            case ApiReply.NoAnswer(String why) ->
                throw new KubeException("Could not list " + scope.what() + ": " + why);
        };
    }

    private ListMeta items(ApiReply.Answer answer, Consumer<T> item) {
        Page<T> page = calls.serialization().unmarshal(answer.text(), pageType);
        ListMeta meta = page.metadata;
        if (meta == null || meta.getResourceVersion() == null) {
            throw new KubeException("Could not list " + scope.what() + ": the answer is not a list of Kubernetes");
        }
        if (page.items != null) {
            page.items.forEach(item);
        }
        return meta;
    }
}
