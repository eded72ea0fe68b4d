package dev.clarion.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the API server which kinds it has; for kinds that are installed, and may be removed, while we run. */
public final class ApiDiscovery {
    private static final ApiKind DEFINITIONS = new ApiKind("apiextensions.k8s.io", "v1", "customresourcedefinitions");

    private final ApiCalls calls;

    public ApiDiscovery(KubernetesClient client) {
        this.calls = new ApiCalls(client);
    }

    /** What became of a kind that was there. */
    public enum Standing {
        /** It is defined, and stays so. */
        DEFINED,
        /** It is being removed, and its objects with it. */
        GOING,
        /** It is not defined. */
        GONE
    }

    /** The fields of a definition that are of interest, as the JSON library fills them. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Definition {
        public @Nullable ObjectMeta metadata;
    }

    /**
     * The kinds of a group and version by their plurals, and their subresources as {@code ipaddresspools/status}; none
     * if there is no such group or version. Every service account may ask this.
     *
     * @throws KubeException if the API server refuses or cannot be reached
     */
    public Set<String> kinds(String group, String version) {
        ApiKind any = new ApiKind(group, version, "");
        return switch (calls.get(any.root())) {
            case ApiReply.Answer answer
            when answer.ok() ->
                calls.parse(answer, APIResourceList.class).getResources().stream()
                        .map(APIResource::getName)
                        .collect(Collectors.toUnmodifiableSet());
            case ApiReply.Answer answer when answer.code() == 404 -> Set.of();
            case ApiReply.Answer answer -> throw refused("ask which kinds " + any.apiVersion() + " has", answer);
            case ApiReply.NoAnswer(String why) ->
                throw new KubeException("Could not ask which kinds " + any.apiVersion() + " has: " + why);
        };
    }

    /**
     * What became of a custom kind, straight from storage: a definition is marked for removal before the first of its
     * objects is deleted, so that after a deletion this tells for certain whether it was meant.
     *
     * @throws KubeException if the API server refuses or cannot be reached
     */
    public Standing standing(String group, String plural) {
        String name = plural + "." + group;
        return switch (calls.get(DEFINITIONS.path("") + "/" + ApiCalls.encode(name))) {
            case ApiReply.Answer answer when answer.ok() -> standing(calls.parse(answer, Definition.class));
            case ApiReply.Answer answer when answer.code() == 404 -> Standing.GONE;
            case ApiReply.Answer answer -> throw refused("read the definition " + name, answer);
            case ApiReply.NoAnswer(String why) ->
                throw new KubeException("Could not read the definition " + name + ": " + why);
        };
    }

    private static Standing standing(Definition definition) {
        ObjectMeta meta = definition.metadata;
        return meta != null && meta.getDeletionTimestamp() != null ? Standing.GOING : Standing.DEFINED;
    }

    private KubeException refused(String what, ApiReply.Answer answer) {
        return new KubeException("Could not " + what + ": " + calls.reason(answer)
                + (answer.code() == 403 ? ". Apply the RBAC rules of Clarion's manifest." : ""));
    }
}
