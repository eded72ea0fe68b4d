package dev.clarion.announcement;

import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which addresses are to be on different nodes, if possible: those of Services that name the same group for that. */
final class Apart {
    private Apart() {}

    /** For each such address the others of its group, without those of its own Services. */
    static Map<Ip, SortedSet<Ip>> of(SortedMap<Ip, AddressEntry> entries) {
        Map<String, SortedSet<Ip>> groups = new TreeMap<>();
        entries.values().forEach(entry -> entry.ours()
                .forEach(service -> service.apart()
                        .ifPresent(name -> groups.computeIfAbsent(
                                        service.key().namespace() + "/" + name, n -> new TreeSet<>())
                                .add(entry.address()))));
        Map<Ip, SortedSet<Ip>> apart = new HashMap<>();
        for (SortedSet<Ip> group : groups.values()) {
            for (Ip address : group) {
                apart.computeIfAbsent(address, a -> new TreeSet<>()).addAll(group);
            }
        }
        entries.forEach((address, entry) -> {
            SortedSet<Ip> others = apart.get(address);
            if (others != null) {
                entry.ours().forEach(service -> others.removeAll(service.addresses()));
            }
        });
        return apart;
    }
}
