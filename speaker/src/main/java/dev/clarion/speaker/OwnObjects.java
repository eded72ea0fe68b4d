package dev.clarion.speaker;

import dev.clarion.config.Names;
import dev.clarion.net.Prefix;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The two objects that only this speaker writes: its Lease and its status ConfigMap. The Node owns them, so that they
 * go when it goes.
 */
final class OwnObjects {
    /** Key of the status in the ConfigMap. */
    static final String STATUS_KEY = "status.yaml";

    private static final Duration STATUS_PATIENCE = Duration.ofSeconds(5);
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final ApiRequests requests;
    private final String namespace;
    private final String node;
    private volatile String nodeUid = "";

    OwnObjects(ApiRequests requests, String namespace, String node) {
        this.requests = requests;
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
     * @param patience how long to wait for an answer
     * @return why it was not written; empty if it was
     */
    Optional<String> writeLease(String holder, Duration lifetime, List<Prefix> segments, Duration patience) {
        String listed = segments.stream().map(Prefix::toString).collect(Collectors.joining(","));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("holderIdentity", holder);
        spec.put("leaseDurationSeconds", lifetime.toSeconds());
        spec.put("renewTime", MICRO_TIME.format(Instant.now()));
        Map<String, Object> metadata = metadata(Names.speakerLease(node));
        metadata.put("annotations", Map.of(LeaseRecord.SEGMENTS_ANNOTATION, listed));
        Map<String, Object> lease = object("coordination.k8s.io/v1", "Lease", metadata);
        lease.put("spec", spec);
        String path = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases/" + Names.speakerLease(node);
        return failure(requests.apply(path, Tree.json(lease), patience));
    }

    /** Writes the status, key by key; says why not if it was not written. */
    Optional<String> writeStatus(Map<String, String> data) {
        Map<String, Object> map = object("v1", "ConfigMap", metadata(Names.nodeMap(node)));
        map.put("data", data);
        String path = "/api/v1/namespaces/" + namespace + "/configmaps/" + Names.nodeMap(node);
        return failure(requests.apply(path, Tree.json(map), STATUS_PATIENCE));
    }

    private static Optional<String> failure(ApiRequests.Answer answer) {
        return switch (answer) {
            case ApiRequests.Answered answered when answered.ok() -> Optional.empty();
            case ApiRequests.Answered(int code, String body) -> Optional.of("HTTP " + code + ": " + body);
            case ApiRequests.Silent(String why) -> Optional.of(why);
        };
    }

    private static Map<String, Object> object(String apiVersion, String kind, Map<String, Object> metadata) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put("metadata", metadata);
        return object;
    }

    private Map<String, Object> metadata(String name) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("namespace", namespace);
        metadata.put("name", name);
        metadata.put("labels", Map.of("app.kubernetes.io/name", "clarion"));
        String uid = nodeUid;
        if (!uid.isEmpty()) {
            metadata.put(
                    "ownerReferences", List.of(Map.of("apiVersion", "v1", "kind", "Node", "name", node, "uid", uid)));
        }
        return metadata;
    }
}
