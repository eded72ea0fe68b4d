package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What changes in one shard of the ledger.
 *
 * @param base the shard as it was read; the change is written onto this version or not at all
 * @param puts entries to add or to replace, in order of addresses
 * @param releases holders to remove if confirmed, in order of addresses; a put of the same address still names them
 * @param forgotten addresses at rest of which nothing need be remembered any more, in order
 * @param proof whether it is to be written even if nothing changes: that this succeeds proves that what was read is
 *     what is stored, for a status that must not be written on an older reading
 */
public record ShardChange(
        Ledger.Shard base, List<LedgerEntry.Held> puts, List<Release> releases, List<Ip> forgotten, boolean proof) {
    public ShardChange {
        puts = List.copyOf(puts);
        releases = List.copyOf(releases);
        forgotten = List.copyOf(forgotten);
    }

    public ShardId id() {
        return base.id();
    }

    /** Whether there is anything to write if only those releases are carried out that are confirmed. */
    public boolean needed(Predicate<Release> confirmed) {
        return proof
                || !puts.isEmpty()
                || !forgotten.isEmpty()
                || releases.stream().anyMatch(confirmed);
    }

    /** The shard's content after the change, with only those releases carried out that are confirmed. */
    public NavigableMap<Ip, LedgerEntry> content(Predicate<Release> confirmed) {
        NavigableMap<Ip, LedgerEntry> content = new TreeMap<>(base.entries());
        forgotten.forEach(content::remove);
        puts.forEach(entry -> content.put(entry.ip(), entry));
        releases.stream()
                .filter(confirmed)
                .forEach(release -> content.computeIfPresent(release.ip(), (ip, entry) -> switch (entry) {
                    case LedgerEntry.Held held -> held.without(release.holder(), release.at());
                    case LedgerEntry.Resting resting -> resting;
                }));
        return content;
    }
}
