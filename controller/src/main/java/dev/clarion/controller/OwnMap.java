package dev.clarion.controller;

import dev.clarion.allocation.LedgerCodec;
import dev.clarion.allocation.ShardId;
import dev.clarion.config.Names;
import dev.clarion.kube.StoredConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Optional;

/** A ConfigMap of Clarion's namespace that the controller reads. */
sealed interface OwnMap {
    StoredConfigMap stored();

    /** The configuration as the user wrote it. */
    record Source(StoredConfigMap stored) implements OwnMap {}

    /** The configuration as the controller published it. */
    record Published(StoredConfigMap stored) implements OwnMap {}

    /** One shard of the ledger. */
    record LedgerMap(StoredConfigMap stored, LedgerCodec.Read read) implements OwnMap {}

    /** Keeps what is ours and nothing of any other. */
    static Optional<OwnMap> of(ConfigMap map) {
        String name = map.getMetadata().getName();
        boolean ours = name.equals(Names.CONFIG_MAP)
                || name.equals(Names.EFFECTIVE_MAP)
                || ShardId.parse(name).isPresent();
        return ours ? of(stored(map)) : Optional.empty();
    }

    static Optional<OwnMap> of(StoredConfigMap map) {
        return switch (map.name()) {
            case Names.CONFIG_MAP -> Optional.of(new Source(map));
            case Names.EFFECTIVE_MAP -> Optional.of(new Published(map));
            default -> ShardId.parse(map.name()).map(id -> ledger(id, map));
        };
    }

    /** A shard, read; of the text only what a later swap needs is kept. */
    static LedgerMap ledger(ShardId id, StoredConfigMap map) {
        return new LedgerMap(
                new StoredConfigMap(map.name(), map.uid(), map.resourceVersion(), map.labels(), Map.of()),
                LedgerCodec.read(id, map.resourceVersion(), map.data()));
    }

    private static StoredConfigMap stored(ConfigMap map) {
        ObjectMeta meta = map.getMetadata();
        return new StoredConfigMap(
                meta.getName(),
                meta.getUid(),
                meta.getResourceVersion(),
                meta.getLabels() == null ? Map.of() : meta.getLabels(),
                map.getData() == null ? Map.of() : map.getData());
    }
}
