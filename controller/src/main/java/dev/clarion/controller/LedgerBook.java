package dev.clarion.controller;

import dev.clarion.allocation.Ledger;
import dev.clarion.allocation.LedgerCodec;
import dev.clarion.allocation.LedgerEntry;
import dev.clarion.allocation.ShardId;
import dev.clarion.kube.ConfigMapStore;
import dev.clarion.kube.StoreOutcome;
import dev.clarion.kube.StoredConfigMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as stored: what the watch shows, or what was written or read since where the watch lags behind. Shards may
 * be swapped from several threads at once, each shard from one.
 */
final class LedgerBook {
    /** For how long a shard that we wrote and the watch does not show is believed to be there. */
    private static final Duration LAG = Duration.ofSeconds(10);

    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/part-of", "clarion", "clarion.dev/part", "ledger");

    private final ConfigMapStore store;
    private final Map<ShardId, Ahead> ahead = new ConcurrentHashMap<>();
    private final Map<ShardId, OwnMap.LedgerMap> known = new ConcurrentHashMap<>();
    private volatile List<String> problems = List.of();

    /** What is known beyond the watch, and since when on the loop's clock. */
    private record Ahead(OwnMap.LedgerMap map, long since) {}

    LedgerBook(ConfigMapStore store) {
        this.store = store;
    }

    /** The ledger as of now. */
    Ledger read(Collection<OwnMap> watched, long now) {
        Map<ShardId, OwnMap.LedgerMap> shards = new TreeMap<>();
        for (OwnMap map : watched) {
            if (map instanceof OwnMap.LedgerMap shard) {
                shards.put(shard.read().shard().id(), shard);
            }
        }
        ahead.forEach((id, own) -> {
            OwnMap.@Nullable LedgerMap seen = shards.get(id);
            boolean caughtUp = seen == null
                    ? now - own.since() > LAG.toNanos()
                    : Versions.reached(version(seen), version(own.map()));
            if (caughtUp) {
                ahead.remove(id);
            } else {
                shards.put(id, own.map());
            }
        });
        known.clear();
        known.putAll(shards);
        List<String> unreadable = new ArrayList<>();
        shards.values().forEach(map -> unreadable.addAll(map.read().problems()));
        problems = List.copyOf(unreadable);
        return Ledger.of(shards.values().stream().map(map -> map.read().shard()).toList());
    }

    /** What could not be read in it. */
    List<String> problems() {
        return problems;
    }

    private static String version(OwnMap.LedgerMap map) {
        return map.stored().resourceVersion();
    }

    /**
     * Replaces a shard, if it still is as it was read. After a conflict the shard is read afresh, for the next plan.
     *
     * @throws dev.clarion.kube.KubeException if after a conflict it cannot be read
     */
    StoreOutcome swap(Ledger.Shard base, Collection<LedgerEntry> entries, long now) {
        ShardId id = base.id();
        Map<String, String> data = LedgerCodec.write(entries);
        OwnMap.@Nullable LedgerMap read = known.get(id);
        StoreOutcome outcome = read == null || base.version().isEmpty()
                ? store.create(id.name(), LABELS, data)
                : store.compareAndSwap(read.stored(), data);
        switch (outcome) {
            case StoreOutcome.Stored(StoredConfigMap stored) -> keep(id, stored, now);
            case StoreOutcome.Conflict conflict -> refresh(id, now);
            case StoreOutcome.Gone gone -> refresh(id, now);
            case StoreOutcome.Failed failed -> {}
        }
        return outcome;
    }

    private void refresh(ShardId id, long now) {
        store.get(id.name()).ifPresentOrElse(stored -> keep(id, stored, now), () -> ahead.remove(id));
    }

    private void keep(ShardId id, StoredConfigMap stored, long now) {
        ahead.put(id, new Ahead(OwnMap.ledger(id, stored), now));
    }
}
