package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Who holds which address: the truth that every status follows. Written ahead of any status, shard by shard, and only
 * onto the version that was read, so that even two controllers at once cannot give one address to two Services.
 */
public final class Ledger {
    /** Nothing held, nothing stored. */
    public static final Ledger EMPTY = new Ledger(new TreeMap<>());

    private final NavigableMap<ShardId, Shard> shards;

    private Ledger(NavigableMap<ShardId, Shard> shards) {
        this.shards = shards;
    }

    /**
     * One shard as it was read.
     *
     * @param id which addresses it covers
     * @param version the stored version it was read from; empty if nothing is stored
     * @param entries what it holds, by address
     * @param problems what could not be read of it, a sentence each. It is dropped with the next write of the shard, and
     *     the holder's status brings the entry back
     */
    public record Shard(
            ShardId id, Optional<String> version, NavigableMap<Ip, LedgerEntry> entries, List<String> problems) {
        public Shard {
            entries = Collections.unmodifiableNavigableMap(new TreeMap<>(entries));
            problems = List.copyOf(problems);
            for (Ip ip : entries.keySet()) {
                if (!id.network().contains(ip)) {
                    throw new IllegalArgumentException(ip + " does not belong to " + id);
                }
            }
        }

        public Shard(ShardId id, Optional<String> version, NavigableMap<Ip, LedgerEntry> entries) {
            this(id, version, entries, List.of());
        }

        /** What is there before anything is stored. */
        public static Shard absent(ShardId id) {
            return new Shard(id, Optional.empty(), new TreeMap<>());
        }
    }

    public static Ledger of(Collection<Shard> shards) {
        NavigableMap<ShardId, Shard> map = new TreeMap<>();
        shards.forEach(shard -> map.put(shard.id(), shard));
        return new Ledger(map);
    }

    /** The shard, which is {@linkplain Shard#absent absent} if nothing was read of it. */
    public Shard shard(ShardId id) {
        Shard found = shards.get(id);
        return found == null ? Shard.absent(id) : found;
    }

    /** The shards that were read, in order of their addresses. */
    public Collection<Shard> shards() {
        return Collections.unmodifiableCollection(shards.values());
    }

    /** Every entry, in order of addresses. */
    public Stream<LedgerEntry> entries() {
        return shards.values().stream().flatMap(shard -> shard.entries().values().stream());
    }

    void forEach(Consumer<LedgerEntry> action) {
        shards.values().forEach(shard -> shard.entries().values().forEach(action));
    }

    public Optional<LedgerEntry> entry(Ip ip) {
        Shard shard = shards.get(ShardId.of(ip));
        return shard == null
                ? Optional.empty()
                : Optional.ofNullable(shard.entries().get(ip));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ledger that && shards.equals(that.shards);
    }

    @Override
    public int hashCode() {
        return shards.hashCode();
    }

    @Override
    public String toString() {
        return shards.values().toString();
    }
}
