package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Writes to {@code /status} of Services by merge patch. One such patch carries annotations and conditions as well as
 * the addresses, so that one write per Service is enough and the right to {@code services/status} alone is needed.
 */
public final class ServiceStatusWriter {
    private static final ApiKind SERVICES = ApiKind.of(Service.class);

    private final StatusWriter writer;

    public ServiceStatusWriter(KubernetesClient client) {
        this.writer = new StatusWriter(client);
    }

    /**
     * Sends one merge patch (RFC 7396). Blocks for ten seconds at most.
     *
     * @param json the patch; with {@code metadata.resourceVersion} or {@code metadata.uid} in it the write happens only
     *     to that very object
     */
    public PatchOutcome patchServiceStatus(ObjectKey service, String json) {
        return writer.patch(SERVICES, service, json);
    }
}
