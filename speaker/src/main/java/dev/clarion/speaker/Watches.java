package dev.clarion.speaker;

import dev.clarion.config.Names;
import dev.clarion.kube.ReducedWatch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All that the speaker watches in the API, reduced on arrival. They sync side by side. */
final class Watches implements AutoCloseable {
    final ReducedWatch<ServiceRecord> services;
    final ReducedWatch<SliceRecord> slices;
    final ReducedWatch<NodeRecord> nodes;
    final ReducedWatch<String> effective;
    final ReducedWatch<LeaseRecord> leases;
    final ReducedWatch<HeartbeatKeys> keys;

    /** @param wake called when something changed that a decision may depend on */
    Watches(KubernetesClient client, String namespace, Runnable wake) {
        services = ReducedWatch.of(client, Service.class).start(ServiceRecord::from, wake);
        slices = ReducedWatch.of(client, EndpointSlice.class).start(SliceRecord::from, wake);
        nodes = ReducedWatch.of(client, Node.class).start(NodeRecord::from, wake);
        effective = ReducedWatch.of(client, ConfigMap.class)
                .inNamespace(namespace)
                .named(Names.EFFECTIVE_MAP)
                .start(Watches::effectiveText, wake);
        // Renewals arrive all the time; the loop looks at them on its regular turns.
        leases = ReducedWatch.of(client, Lease.class).inNamespace(namespace).start(LeaseRecord::from, () -> {});
        keys = ReducedWatch.of(client, Secret.class)
                .inNamespace(namespace)
                .named(Names.HEARTBEAT_SECRET)
                .start(HeartbeatKeys::from, wake);
    }

    private static Optional<String> effectiveText(ConfigMap map) {
        return Optional.ofNullable(map.getData()).map(data -> data.get(Names.EFFECTIVE_KEY));
    }

    private Map<String, ReducedWatch<?>> all() {
        Map<String, ReducedWatch<?>> all = new LinkedHashMap<>();
        all.put("Services", services);
        all.put("EndpointSlices", slices);
        all.put("Nodes", nodes);
        all.put("ConfigMap " + Names.EFFECTIVE_MAP, effective);
        all.put("Leases", leases);
        all.put("Secret " + Names.HEARTBEAT_SECRET, keys);
        return all;
    }

    /** What was not listed yet. Once all were, the last snapshots stay in use whatever happens to the API. */
    List<String> unsynced() {
        return all().entrySet().stream()
                .filter(watch -> !watch.getValue().synced())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What the watches say; empty before all were listed. */
    Optional<Known> known() {
        if (!unsynced().isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> speakers = new TreeSet<>();
        leases.snapshot().values().stream()
                .filter(lease -> !lease.facts().released())
                .forEach(lease -> speakers.add(lease.node()));
        return Optional.of(new Known(
                services.snapshot(),
                slices.snapshot(),
                nodes.snapshot(),
                effective.snapshot().values().stream().findFirst(),
                speakers));
    }

    /** Whether this node's Lease, which makes it a member, is not there, as far as can be seen. */
    boolean leaseIsMissing(String node) {
        return leases.synced()
                && leases.snapshot().values().stream()
                        .noneMatch(lease ->
                                lease.node().equals(node) && !lease.facts().released());
    }

    /** Whether every watch hears from the API server now. */
    boolean connected() {
        return all().values().stream().allMatch(ReducedWatch::connected);
    }

    @Override
    public void close() {
        all().values().forEach(ReducedWatch::close);
    }
}
