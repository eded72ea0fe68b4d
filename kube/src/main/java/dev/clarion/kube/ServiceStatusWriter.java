package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Writes to {@code /status} of Services by merge patch. One such patch carries annotations and conditions as well as
 * the addresses, so that one write per Service is enough and the right to {@code services/status} alone is needed.
 */
public final class ServiceStatusWriter {
    private final ApiCalls calls;

    public ServiceStatusWriter(KubernetesClient client) {
        this.calls = new ApiCalls(client);
    }

    /**
     * Sends one merge patch (RFC 7396). Blocks for ten seconds at most.
     *
     * @param json the patch; with {@code metadata.resourceVersion} or {@code metadata.uid} in it the write happens only
     *     to that very object
     */
    public PatchOutcome patchServiceStatus(ObjectKey service, String json) {
        String path =
                ApiCalls.path(Service.class, service.namespace()) + "/" + ApiCalls.encode(service.name()) + "/status";
        return switch (calls.send("PATCH", path, ApiCalls.MERGE_PATCH, json)) {
            case ApiReply.NoAnswer(String why) -> new PatchOutcome.Unreachable(why);
            case ApiReply.Answer answer -> outcome(answer);
        };
    }

    private PatchOutcome outcome(ApiReply.Answer answer) {
        if (answer.ok()) {
            return new PatchOutcome.Done(
                    calls.parse(answer, Service.class).getMetadata().getResourceVersion());
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
