package dev.clarion.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/** Writes to the subresource {@code status} of an object by merge patch (RFC 7396). */
public final class StatusWriter {
    private final ApiCalls calls;

    public StatusWriter(KubernetesClient client) {
        this.calls = new ApiCalls(client);
    }

    /** The fields of an answer that are of interest, as the JSON library fills them. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Written {
        public @Nullable ObjectMeta metadata;
    }

    /**
     * Sends one merge patch. Blocks for ten seconds at most.
     *
     * @param json the patch; with {@code metadata.resourceVersion} or {@code metadata.uid} in it the write happens only
     *     to that very object
     */
    public PatchOutcome patch(ApiKind kind, ObjectKey object, String json) {
        String path = kind.path(object.namespace()) + "/" + ApiCalls.encode(object.name()) + "/status";
        return switch (calls.send("PATCH", path, ApiCalls.MERGE_PATCH, json)) {
            case ApiReply.NoAnswer(String why) -> new PatchOutcome.Unreachable(why);
            case ApiReply.Answer answer -> outcome(answer);
        };
    }

    private PatchOutcome outcome(ApiReply.Answer answer) {
        if (answer.ok()) {
            ObjectMeta meta = calls.parse(answer, Written.class).metadata;
            return new PatchOutcome.Done(meta == null ? "" : meta.getResourceVersion());
        }
        return switch (answer.code()) {
            case 404 -> new PatchOutcome.NotFound();
            case 409 -> new PatchOutcome.Conflict();
            // A UID that is not the object's is no conflict to the API server but a change of what cannot change.
            case 422 ->
                calls.names(answer, "metadata.uid")
                        ? new PatchOutcome.Conflict()
                        : new PatchOutcome.Refused(answer.code(), calls.reason(answer));
            default -> new PatchOutcome.Refused(answer.code(), calls.reason(answer));
        };
    }
}
