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
 * @param releases entries to remove if confirmed, in order of addresses
 */
public record ShardChange(Ledger.Shard base, List<LedgerEntry> puts, List<Release> releases) {
    public ShardChange {
        puts = List.copyOf(puts);
        releases = List.copyOf(releases);
    }

    public ShardId id() {
        return base.id();
    }

    /** The shard's content after the change, with only those releases carried out that are confirmed. */
    public NavigableMap<Ip, LedgerEntry> content(Predicate<Release> confirmed) {
        NavigableMap<Ip, LedgerEntry> content = new TreeMap<>(base.entries());
        releases.stream()
                .filter(confirmed)
                .forEach(release -> content.remove(release.entry().ip()));
        puts.forEach(entry -> content.put(entry.ip(), entry));
        return content;
    }
}
