package dev.clarion.config;

import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who holds which addresses: ranges that do not overlap, each with its owner. Every question costs O(log n). */
final class ClaimIndex<T> {
    private final TreeMap<Ip, Claim<T>> byFirst = new TreeMap<>();

    private record Claim<T>(IpRange range, T owner) {}

    /** The range must overlap none that is here. */
    void put(IpRange range, T owner) {
        byFirst.put(range.first(), new Claim<>(range, owner));
    }

    void remove(IpRange range) {
        byFirst.remove(range.first());
    }

    Optional<T> firstOverlapping(IpRange range) {
        return overlapping(range).stream().findFirst();
    }

    /** The owners of ranges that overlap this one, from the highest range down. */
    List<T> overlapping(IpRange range) {
        List<T> owners = new ArrayList<>();
        Map.Entry<Ip, Claim<T>> entry = byFirst.floorEntry(range.last());
        while (entry != null && entry.getValue().range.overlaps(range)) {
            owners.add(entry.getValue().owner);
            entry = byFirst.lowerEntry(entry.getKey());
        }
        return owners;
    }
}
