package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leases of one namespace, read and written whole. */
final class Leases {
    /** Longer than this a renewal must not take: the next try has to fit before the deadline. */
    private static final int SECONDS = 3;

    /**
     * A Lease as data.
     *
     * @param resourceVersion the version that an update insists on; empty for one that is to be created
     * @param holder empty if nobody holds it
     */
    record View(
            String name,
            String resourceVersion,
            String holder,
            int seconds,
            @Nullable ZonedDateTime acquired,
            int transitions) {}

    /** What a read or write brought. */
    sealed interface Reply {
        record Found(View lease) implements Reply {}

        record Missing() implements Reply {}

        record Conflict() implements Reply {}

        record Failed(String why) implements Reply {}
    }

    private final ApiCalls calls;
    private final String namespace;
    private final String base;

    Leases(KubernetesClient client, String namespace) {
        this.calls = new ApiCalls(client, SECONDS);
        this.namespace = namespace;
        this.base = ApiCalls.path(Lease.class, namespace);
    }

    Reply read(String name) {
        return reply(calls.get(path(name)));
    }

    /** Creates it where the view has no version, otherwise replaces exactly that version. Renewed now. */
    Reply write(View lease, Map<String, String> labels) {
        Lease body = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(lease.name())
                .withLabels(labels)
                .withResourceVersion(lease.resourceVersion().isEmpty() ? null : lease.resourceVersion())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(lease.holder())
                .withLeaseDurationSeconds(lease.seconds())
                .withAcquireTime(lease.acquired())
                .withRenewTime(now())
                .withLeaseTransitions(lease.transitions())
                .endSpec()
                .build();
        String json = calls.serialization().asJson(body);
        return reply(
                lease.resourceVersion().isEmpty()
                        ? calls.send("POST", base, ApiCalls.JSON, json)
                        : calls.send("PUT", path(lease.name()), ApiCalls.JSON, json));
    }

    /** Renews whatever version is there: for Leases that only their holder writes. */
    Reply renew(String name, String holder, int seconds) {
        String json = "{\"spec\":{\"holderIdentity\":\"" + holder + "\",\"leaseDurationSeconds\":" + seconds
                + ",\"renewTime\":\"" + MicroTimes.text(now()) + "\"}}";
        return reply(calls.send("PATCH", path(name), ApiCalls.MERGE_PATCH, json));
    }

    static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }

    private String path(String name) {
        return base + "/" + ApiCalls.encode(name);
    }

    private Reply reply(ApiReply reply) {
        return switch (reply) {
            case ApiReply.NoAnswer(String why) -> new Reply.Failed(why);
            case ApiReply.Answer answer when answer.ok() -> new Reply.Found(view(calls.parse(answer, Lease.class)));
            case ApiReply.Answer answer when answer.code() == 404 -> new Reply.Missing();
            case ApiReply.Answer answer when answer.code() == 409 -> new Reply.Conflict();
            case ApiReply.Answer answer -> new Reply.Failed("HTTP " + answer.code() + ": " + calls.reason(answer));
        };
    }

    private static View view(Lease lease) {
        LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
        return new View(
                lease.getMetadata().getName(),
                lease.getMetadata().getResourceVersion(),
                spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity(),
                spec.getLeaseDurationSeconds() == null ? 0 : spec.getLeaseDurationSeconds(),
                spec.getAcquireTime(),
                spec.getLeaseTransitions() == null ? 0 : spec.getLeaseTransitions());
    }
}
