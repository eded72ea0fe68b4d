package dev.clarion.allocation;

import dev.clarion.config.Names;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One part of the ledger: the addresses of one IPv4 /24 or one IPv6 /120, kept in one ConfigMap. At most 256 entries of
 * some 200 bytes are far below the 1 MiB that an object may have, whatever the pools look like.
 *
 * @param network the addresses it covers
 */
public record ShardId(Prefix network) implements Comparable<ShardId> {
    /** What the names of all ledger ConfigMaps begin with. */
    public static final String NAME_PREFIX = Names.LEDGER_MAP_PREFIX;

    private static final int IPV4_LENGTH = 24;
    private static final int IPV6_LENGTH = 120;

    public ShardId {
        if (network.length() != length(network.network().family())) {
            throw new IllegalArgumentException("a ledger shard covers a /24 or a /120, not " + network);
        }
    }

    /** The shard that an address belongs to. */
    public static ShardId of(Ip ip) {
        return new ShardId(Prefix.containing(ip, length(ip.family())));
    }

    private static int length(IpFamily family) {
        return switch (family) {
            case IPV4 -> IPV4_LENGTH;
            case IPV6 -> IPV6_LENGTH;
        };
    }

    /** The shard of a ConfigMap of that name; empty if it is no ledger's name. */
    public static Optional<ShardId> parse(String name) {
        if (!name.startsWith(NAME_PREFIX)) {
            return Optional.empty();
        }
        return ip(name.substring(NAME_PREFIX.length()))
                .map(ShardId::of)
                .filter(shard -> shard.name().equals(name));
    }

    /** The ConfigMap's name, {@code clarion-ledger-192.168.50.0} or {@code clarion-ledger-fd50.0.0.0.0.0.0.200}. */
    public String name() {
        return NAME_PREFIX + key(network.network());
    }

    /** An address as the key of a ConfigMap's data, where a colon is not allowed: IPv6 as eight groups with dots. */
    static String key(Ip ip) {
        return switch (ip.family()) {
            case IPV4 -> ip.toString();
            case IPV6 ->
                IntStream.range(0, 8)
                        .mapToObj(group -> Long.toHexString(
                                (group < 4 ? ip.high() : ip.low()) >>> (48 - 16 * (group % 4)) & 0xffff))
                        .collect(Collectors.joining("."));
        };
    }

    /** The address that a key stands for; empty if it is not of the form that {@link #key} makes. */
    static Optional<Ip> ip(String key) {
        boolean six = key.chars().filter(c -> c == '.').count() == 7;
        try {
            Ip ip = Ip.parse(six ? key.replace('.', ':') : key);
            return key(ip).equals(key) ? Optional.of(ip) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(ShardId other) {
        return Comparator.<ShardId, Ip>comparing(shard -> shard.network().network())
                .compare(this, other);
    }

    @Override
    public String toString() {
        return name();
    }
}
