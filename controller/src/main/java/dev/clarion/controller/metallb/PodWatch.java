package dev.clarion.controller.metallb;

import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ReducedWatch;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The running Pods of MetalLB, in any namespace, as its manifests and as its chart label them. */
final class PodWatch implements AutoCloseable {
    private static final List<String> SELECTORS = List.of("app=metallb", "app.kubernetes.io/name=metallb");
    private static final List<String> COMPONENT_LABELS = List.of("app.kubernetes.io/component", "component");
    private static final Set<String> COMPONENTS = Set.of("controller", "speaker");

    /** A Pod that is replaced leaves a gap; only what lasts is MetalLB's end, which is not to be undone. */
    private static final Duration LASTING = Duration.ofSeconds(30);

    private final List<ReducedWatch<String>> watches;
    private Set<ObjectKey> lately = Set.of();
    private long seen = System.nanoTime();

    PodWatch(KubernetesClient client, Runnable dirty) {
        this.watches = SELECTORS.stream()
                .map(selector ->
                        ReducedWatch.of(client, Pod.class).labelled(selector).start(PodWatch::component, dirty))
                .toList();
    }

    boolean synced() {
        return watches.stream().allMatch(ReducedWatch::synced);
    }

    /** The Pods of controller and speakers that run, or did a moment ago, by namespace and name. */
    synchronized Set<ObjectKey> running() {
        Set<ObjectKey> running = new TreeSet<>();
        watches.forEach(watch -> running.addAll(watch.snapshot().keySet()));
        long now = System.nanoTime();
        if (!running.isEmpty()) {
            lately = running;
            seen = now;
        }
        return now - seen < LASTING.toNanos() ? lately : running;
    }

    /** Which part of MetalLB the Pod is, if it is one that answers for Services and runs. One that ends still runs. */
    static Optional<String> component(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
        @Nullable
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        String component = COMPONENT_LABELS.stream()
                .filter(labels::containsKey)
                .findFirst()
                .map(label -> labels.getOrDefault(label, ""))
                .orElse("controller");
        return "Running".equals(phase) && COMPONENTS.contains(component) ? Optional.of(component) : Optional.empty();
    }

    @Override
    public void close() {
        watches.forEach(ReducedWatch::close);
    }
}
