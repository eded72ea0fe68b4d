package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What a plan changes in the ledger, shard by shard. */
final class LedgerChanges {
    private final List<LedgerEntry.Held> puts = new ArrayList<>();
    private final List<Release> releases = new ArrayList<>();
    private final List<Ip> forgotten = new ArrayList<>();

    private LedgerChanges() {}

    /** @param needed the shards that some status needs to have been written */
    static List<ShardChange> of(Ledger ledger, Collection<Spot> spots, List<Spot> forgotten, Set<ShardId> needed) {
        NavigableMap<ShardId, LedgerChanges> byShard = new TreeMap<>();
        List<Spot> changed = new ArrayList<>();
        for (Spot spot : spots) {
            if (spot.put().isPresent() || !spot.releases().isEmpty()) {
                changed.add(spot);
            }
        }
        changed.sort(Comparator.comparing(Spot::ip));
        for (Spot spot : changed) {
            LedgerChanges changes = byShard.computeIfAbsent(ShardId.of(spot.ip()), id -> new LedgerChanges());
            spot.put().ifPresent(changes.puts::add);
            spot.releases().stream()
                    .sorted(Comparator.comparing(Release::holder, Holder.ORDER))
                    .forEach(changes.releases::add);
        }
        forgotten.stream()
                .map(Spot::ip)
                .sorted()
                .forEach(ip -> byShard.computeIfAbsent(ShardId.of(ip), id -> new LedgerChanges())
                        .forgotten
                        .add(ip));
        needed.forEach(id -> byShard.computeIfAbsent(id, any -> new LedgerChanges()));
        List<ShardChange> result = new ArrayList<>();
        byShard.forEach((id, changes) -> result.add(new ShardChange(
                ledger.shard(id), changes.puts, changes.releases, changes.forgotten, needed.contains(id))));
        return result;
    }
}
