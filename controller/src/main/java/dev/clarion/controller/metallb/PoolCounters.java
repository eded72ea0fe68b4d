package dev.clarion.controller.metallb;

import dev.clarion.allocation.PoolUsage;
import dev.clarion.config.ConfigEntry;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.MetallbKind;
import dev.clarion.config.Origin;
import dev.clarion.config.Source;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.PatchOutcome;
import dev.clarion.kube.StatusWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the counters in the status of IPAddressPools, as MetalLB does where it runs; where it does, they are its own.
 * Trails behind what it counts by a few seconds, on a thread of its own.
 */
public final class PoolCounters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoolCounters.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private final MetallbSources sources;
    private final StatusWriter writer;
    private final Supplier<Optional<Count>> counts;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ToldCounters told = new ToldCounters();

    /**
     * What is to be told.
     *
     * @param config what is in force
     * @param usages how full its pools are
     */
    public record Count(EffectiveConfig config, List<PoolUsage> usages) {}

    /** @param counts what is counted now; empty while it is not for us to write, since another replica leads */
    public PoolCounters(KubernetesClient client, MetallbSources sources, Supplier<Optional<Count>> counts) {
        this.sources = sources;
        this.writer = new StatusWriter(client);
        this.counts = counts;
        Thread.ofVirtual().name("metallb-counters").start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    write();
                } catch (RuntimeException defect) {
                    LOG.atError().setCause(defect).log("counters of pools could not be written");
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        Optional<KindWatch> pools = sources.kinds().flatMap(kinds -> kinds.of(MetallbKind.IP_ADDRESS_POOL));
        if (pools.isEmpty()
                || !pools.get().hasStatus()
                || pools.get().snapshot().isEmpty()
                || !sources.running().isEmpty()) {
            return;
        }
        counts.get()
                .ifPresent(count -> wanted(count).forEach((key, counters) -> {
                    Optional<WatchedResource> there =
                            Optional.ofNullable(pools.get().snapshot().get(key));
                    if (there.isPresent() && told.isNews(key, there.get().counters(), counters, System.nanoTime())) {
                        write(pools.get(), key, there.get().uid(), counters);
                    }
                }));
        told.retain(pools.get().snapshot().keySet());
    }

    private void write(KindWatch pools, ObjectKey key, String uid, Map<String, Long> counters) {
        StringBuilder json = new StringBuilder("{\"metadata\":{\"uid\":\"" + uid + "\"},\"status\":{");
        String comma = "";
        for (Map.Entry<String, Long> counter : counters.entrySet()) {
            json.append(comma)
                    .append('"')
                    .append(counter.getKey())
                    .append("\":")
                    .append(counter.getValue());
            comma = ",";
        }
        switch (writer.patch(pools.apiKind(), key, json.append("}}").toString())) {
            case PatchOutcome.Done done -> {}
            case PatchOutcome.NotFound gone -> told.missed(key);
            case PatchOutcome.Conflict another -> told.missed(key);
            case PatchOutcome.Unreachable later -> told.missed(key);
            case PatchOutcome.Refused(int code, String message) -> {
                told.refused(key, System.nanoTime());
                LOG.atWarn()
                        .addKeyValue("pool", key)
                        .addKeyValue("why", "HTTP " + code + ": " + message)
                        .addKeyValue("again", ToldCounters.AFTER_REFUSAL)
                        .log("the counters of an IPAddressPool were refused");
            }
        }
    }

    /** The counters of each pool that comes from a resource. */
    static Map<ObjectKey, Map<String, Long>> wanted(Count count) {
        Map<String, Map<String, Long>> byPool = new HashMap<>();
        for (PoolUsage usage : count.usages()) {
            String family = switch (usage.family()) {
                case IPV4 -> "IPv4";
                case IPV6 -> "IPv6";
            };
            Map<String, Long> counters = byPool.computeIfAbsent(usage.pool(), pool -> none());
            counters.put("assigned" + family, usage.assigned());
            counters.put(
                    "available" + family,
                    usage.available().max(BigInteger.ZERO).min(MOST).longValueExact());
        }
        Map<ObjectKey, Map<String, Long>> wanted = new TreeMap<>();
        for (ConfigEntry pool : count.config().config().ipAddressPools()) {
            Origin origin = count.config().origin(pool.key());
            if (origin.source() == Source.RESOURCE) {
                wanted.put(new ObjectKey(origin.namespace(), origin.name()), byPool.getOrDefault(pool.name(), none()));
            }
        }
        return wanted;
    }

    private static Map<String, Long> none() {
        return new TreeMap<>(Map.of("assignedIPv4", 0L, "assignedIPv6", 0L, "availableIPv4", 0L, "availableIPv6", 0L));
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
