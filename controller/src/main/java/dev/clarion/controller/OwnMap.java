package dev.clarion.controller;

import dev.clarion.allocation.LedgerCodec;
import dev.clarion.allocation.ShardId;
import dev.clarion.config.Names;
import dev.clarion.kube.NodeAnnouncements;
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

    /** What the speaker of one node says of itself; of that, what it announces. */
    record NodeMap(StoredConfigMap stored, String node, NodeAnnouncements announcements) implements OwnMap {}

    /** Keeps what is ours and nothing of any other. */
    static Optional<OwnMap> of(ConfigMap map) {
        String name = map.getMetadata().getName();
        boolean ours = name.equals(Names.CONFIG_MAP)
                || name.equals(Names.EFFECTIVE_MAP)
                || name.startsWith(Names.NODE_MAP_PREFIX)
                || ShardId.parse(name).isPresent();
        return ours ? of(stored(map)) : Optional.empty();
    }

    static Optional<OwnMap> of(StoredConfigMap map) {
        return switch (map.name()) {
            case Names.CONFIG_MAP -> Optional.of(new Source(map));
            case Names.EFFECTIVE_MAP -> Optional.of(new Published(map));
            default ->
                map.name().startsWith(Names.NODE_MAP_PREFIX)
                        ? Optional.of(node(map))
                        : ShardId.parse(map.name()).map(id -> ledger(id, map));
        };
    }

    private static NodeMap node(StoredConfigMap map) {
        return new NodeMap(
                withoutText(map),
                map.name().substring(Names.NODE_MAP_PREFIX.length()),
                NodeAnnouncements.parse(map.data().getOrDefault(NodeAnnouncements.KEY, "")));
    }

    /** A shard, read; of the text only what a later swap needs is kept. */
    static LedgerMap ledger(ShardId id, StoredConfigMap map) {
        return new LedgerMap(withoutText(map), LedgerCodec.read(id, map.resourceVersion(), map.data()));
    }

    private static StoredConfigMap withoutText(StoredConfigMap map) {
        return new StoredConfigMap(map.name(), map.uid(), map.resourceVersion(), map.labels(), Map.of());
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
