package dev.clarion.announcement;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Addresses that hang together: those of one dual-stack Service, and, where Services share an address, those of all of
 * them. A group is elected as one, under its lowest address (IPv4 before IPv6), whatever order a status lists them in.
 */
final class AddressGroups {
    private final Map<Ip, Ip> parent = new HashMap<>();

    private AddressGroups() {}

    /** The groups; each sorted by address. */
    static Collection<List<AddressEntry>> of(SortedMap<Ip, AddressEntry> entries) {
        AddressGroups groups = new AddressGroups();
        entries.values()
                .forEach(entry -> entry.ours()
                        .forEach(service -> service.addresses().forEach(other -> groups.join(entry.address(), other))));
        SortedMap<Ip, List<AddressEntry>> members = new TreeMap<>();
        entries.values()
                .forEach(entry -> members.computeIfAbsent(groups.root(entry.address()), k -> new ArrayList<>(2))
                        .add(entry));
        return members.values();
    }

    private Ip root(Ip address) {
        Ip current = address;
        Ip above = parent.getOrDefault(current, current);
        while (!above.equals(current)) {
            current = above;
            above = parent.getOrDefault(current, current);
        }
        parent.put(address, current);
        return current;
    }

    private void join(Ip a, Ip b) {
        Ip rootA = root(a);
        Ip rootB = root(b);
        int order = rootA.compareTo(rootB);
        if (order < 0) {
            parent.put(rootB, rootA);
        } else if (order > 0) {
            parent.put(rootA, rootB);
        }
    }
}
