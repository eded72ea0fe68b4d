package dev.clarion.controller.metallb;

import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.Origin;
import dev.clarion.config.Problem;
import dev.clarion.config.Reading;
import dev.clarion.config.Source;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ObjectRef;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What MetalLB has in this cluster: its resources and its ConfigMap, as far as they are read, and whether it runs. All
 * watches are its own; what it says is asked for by the loop's thread alone.
 */
public final class MetallbSources implements AutoCloseable {
    /** A source that does not answer holds up the first plan this long; after that nothing of its entries changes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Optional<ResourceSource> resources;
    private final Optional<MapSource> map;
    private final Optional<PodWatch> pods;
    private final Map<Source, HeldBack> heldBack = new EnumMap<>(Source.class);
    private final long started = System.nanoTime();

    /**
     * Starts watching.
     *
     * @param dirty called whenever something changed; must not block
     */
    public MetallbSources(KubernetesClient client, MetallbSettings settings, Runnable dirty) {
        this.resources = settings.resources()
                ? Optional.of(new ResourceSource(client, settings.namespaces(), dirty))
                : Optional.empty();
        this.map = settings.configMap().map(key -> new MapSource(client, key, dirty));
        this.pods = settings.ignoreRunning() ? Optional.empty() : Optional.of(new PodWatch(client, dirty));
    }

    /** What there is still to wait for before a plan can be made; empty if nothing. */
    public Optional<String> waitingFor() {
        if (!pods.map(PodWatch::synced).orElse(true)) {
            return Optional.of("MetalLB's Pods are not listed yet; may this service account list Pods?");
        }
        boolean patient = System.nanoTime() - started < PATIENCE.toNanos();
        if (patient && !resources.map(ResourceSource::synced).orElse(true)) {
            return Optional.of("resources of group metallb.io are not listed yet");
        }
        if (patient && !map.map(MapSource::synced).orElse(true)) {
            return Optional.of("MetalLB's ConfigMap is not read yet");
        }
        return Optional.empty();
    }

    /**
     * What the sources say, each of them at most once; the same objects as before while nothing changed. While MetalLB
     * runs its pools and peers are its own: two must not give addresses of one pool, nor speak to one router for one
     * node. So nothing of them comes into force or changes, though what is wrong is told.
     *
     * @param inForce what was published last
     */
    public List<Reading> readings(EffectiveConfig inForce) {
        boolean held = !running().isEmpty();
        List<Reading> readings = new ArrayList<>();
        resources.map(ResourceSource::reading).ifPresent(readings::add);
        map.flatMap(source -> source.reading(inForce)).ifPresent(readings::add);
        return held ? readings.stream().map(this::heldBack).toList() : readings;
    }

    private Reading heldBack(Reading reading) {
        return heldBack.computeIfAbsent(reading.source(), source -> new HeldBack(reading))
                .of(reading);
    }

    /** A reading, and the same with nothing in it that could come into force. */
    private static final class HeldBack {
        private Reading reading;
        private Reading without;

        HeldBack(Reading reading) {
            this.reading = reading;
            this.without = without(reading);
        }

        @SuppressWarnings("ReferenceEquality") // a source gives the same object until something changes
        Reading of(Reading now) {
            if (now != reading) {
                reading = now;
                without = without(now);
            }
            return without;
        }

        private static Reading without(Reading reading) {
            return new Reading(reading.source(), new Reading.Unreadable(), reading.problems());
        }
    }

    /** The problems, with what these sources know about why something is missing. */
    public List<Problem> retell(List<Problem> problems, EffectiveConfig effective) {
        return resources.map(source -> source.retell(problems, effective)).orElse(problems);
    }

    /** When to look again even if nothing changes. */
    public Optional<Duration> again() {
        return resources.flatMap(ResourceSource::again);
    }

    /** The object that an entry or problem of one of these sources comes from, for events on it. */
    public Optional<ObjectRef> object(Origin origin) {
        return switch (origin.source()) {
            case CONFIG_MAP -> Optional.empty();
            case RESOURCE -> resources.flatMap(source -> source.object(origin));
            case METALLB_CONFIG_MAP -> map.map(MapSource::object);
        };
    }

    /** The Pods by which MetalLB answers for Services; none if it does not run, or if it is to be ignored. */
    public Set<ObjectKey> running() {
        return pods.map(PodWatch::running).orElse(Set.of());
    }

    Optional<KindWatches> kinds() {
        return resources.map(ResourceSource::watches);
    }

    @Override
    public void close() {
        resources.ifPresent(ResourceSource::close);
        map.ifPresent(MapSource::close);
        pods.ifPresent(PodWatch::close);
    }
}
