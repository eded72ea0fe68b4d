package dev.clarion.announcement.ownership;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What this node answers for.
 *
 * @param own addresses by interface, to be answered for with the interface's own hardware address
 * @param inName addresses by interface, to be answered for with another node's, and never announced
 * @param lingering addresses that were handed over, with their new owner: not answered for, but still forwarded
 */
public record Answers(
        SortedMap<String, SortedSet<Ip>> own,
        SortedMap<String, SortedMap<Ip, Mac>> inName,
        SortedMap<Ip, String> lingering) {
    /** Nothing. */
    public static final Answers NONE = new Answers(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    /** Takes no copies: the maps must not change any more. */
    public Answers {
        own = Collections.unmodifiableSortedMap(own);
        inName = Collections.unmodifiableSortedMap(inName);
        lingering = Collections.unmodifiableSortedMap(lingering);
    }

    /** Whether an address is answered for with this node's own hardware address. */
    public boolean owns(Ip address) {
        return own.values().stream().anyMatch(addresses -> addresses.contains(address));
    }
}
