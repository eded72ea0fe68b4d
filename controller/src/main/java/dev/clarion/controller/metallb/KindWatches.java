package dev.clarion.controller.metallb;

import dev.clarion.config.MetallbKind;
import dev.clarion.kube.ApiDiscovery;
import dev.clarion.kube.KubeException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches each kind of MetalLB's for as long as the API server has it. Asks every ten seconds which it has
 * (docs/decisions/0004 says why it asks and does not watch the definitions).
 */
final class KindWatches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KindWatches.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final ApiDiscovery discovery;
    private final Runnable dirty;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Map<MetallbKind, KindWatch> watches = Map.of();
    private volatile boolean asked;
    private String trouble = "";

    KindWatches(KubernetesClient client, Runnable dirty) {
        this.client = client;
        this.discovery = new ApiDiscovery(client);
        this.dirty = dirty;
        Thread.ofVirtual().name("metallb-kinds").start(this::run);
    }

    /** Whether the API server has said which kinds it has. */
    boolean asked() {
        return asked;
    }

    /** The watch of the kind; empty while the API server does not have it. */
    Optional<KindWatch> of(MetallbKind kind) {
        return Optional.ofNullable(watches.get(kind));
    }

    private void run() {
        try {
            do {
                look();
            } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            boolean changed = follow(served());
            boolean first = !asked;
            asked = true;
            trouble = "";
            if (changed || first) {
                dirty.run();
            }
        } catch (KubeException away) {
            String why = String.valueOf(away.getMessage());
            if (!why.equals(trouble)) {
                LOG.atWarn().addKeyValue("why", why).log("cannot tell which of MetalLB's kinds there are");
            }
            trouble = why;
        } catch (RuntimeException defect) {
            LOG.atError().setCause(defect).log("cannot tell which of MetalLB's kinds there are");
        }
    }

    /** The kinds and subresources that there are, by version. */
    private Map<String, Set<String>> served() {
        Map<String, Set<String>> served = new HashMap<>();
        for (MetallbKind kind : MetallbKind.values()) {
            for (String version : kind.versions()) {
                if (!served.containsKey(version)) {
                    served.put(version, discovery.kinds(MetallbKind.GROUP, version));
                }
            }
        }
        return served;
    }

    private boolean follow(Map<String, Set<String>> served) {
        Map<MetallbKind, KindWatch> next = new EnumMap<>(MetallbKind.class);
        boolean changed = false;
        for (MetallbKind kind : MetallbKind.values()) {
            Optional<String> version = kind.versions().stream()
                    .filter(one -> served.getOrDefault(one, Set.of()).contains(kind.plural()))
                    .findFirst();
            Optional<KindWatch> now = of(kind);
            if (version.equals(now.map(KindWatch::version))) {
                now.ifPresent(watch -> next.put(kind, watch));
                continue;
            }
            changed = true;
            now.ifPresent(KindWatch::close);
            version.ifPresent(one -> next.put(kind, start(kind, one, served)));
            LOG.atInfo()
                    .addKeyValue("kind", kind.kind())
                    .addKeyValue("version", version.orElse("none"))
                    .log(version.isPresent() ? "MetalLB's resources are read" : "MetalLB's resources are no more");
        }
        watches = Map.copyOf(next);
        return changed;
    }

    private KindWatch start(MetallbKind kind, String version, Map<String, Set<String>> served) {
        boolean hasStatus = served.getOrDefault(version, Set.of()).contains(kind.plural() + "/status");
        return new KindWatch(client, kind, version, hasStatus, !asked, dirty);
    }

    @Override
    public void close() {
        stop.countDown();
        watches.values().forEach(KindWatch::close);
    }
}
