package dev.clarion.speaker;

import dev.clarion.config.Names;
import dev.clarion.net.Prefix;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The two objects that only this speaker writes: its Lease and its status ConfigMap. Written by server-side apply,
 * which creates or overwrites in one request. The Node owns them, so that they go when it goes.
 */
final class OwnObjects {
    /** Key of the status in the ConfigMap. */
    static final String STATUS_KEY = "status.yaml";

    private static final String FIELD_MANAGER = "clarion-speaker";
    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", "clarion");

    private final KubernetesClient client;
    private final String namespace;
    private final String node;
    private volatile String nodeUid = "";

    OwnObjects(KubernetesClient client, String namespace, String node) {
        this.client = client;
        this.namespace = namespace;
        this.node = node;
    }

    /** Makes the Node the owner of what is written from now on. */
    void ownedBy(String uid) {
        nodeUid = uid;
    }

    /**
     * Writes the Lease.
     *
     * @param holder who holds it; empty gives it up
     * @param lifetime for how long others shall count this speaker as alive after they saw this
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server refuses or does not answer
     */
    void writeLease(String holder, Duration lifetime, List<Prefix> segments) {
        String listed = segments.stream().map(Prefix::toString).collect(Collectors.joining(","));
        apply(new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(Names.speakerLease(node))
                .withLabels(LABELS)
                .withAnnotations(Map.of(LeaseRecord.SEGMENTS_ANNOTATION, listed))
                .withOwnerReferences(owners())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(Math.toIntExact(lifetime.toSeconds()))
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build());
    }

    /**
     * Writes the status.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server refuses or does not answer
     */
    void writeStatus(String yaml) {
        apply(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(Names.nodeMap(node))
                .withLabels(LABELS)
                .withOwnerReferences(owners())
                .endMetadata()
                .withData(Map.of(STATUS_KEY, yaml))
                .build());
    }

    private List<OwnerReference> owners() {
        String uid = nodeUid;
        return uid.isEmpty()
                ? List.of()
                : List.of(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(node)
                        .withUid(uid)
                        .build());
    }

    private void apply(HasMetadata object) {
        client.resource(object).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    }
}
