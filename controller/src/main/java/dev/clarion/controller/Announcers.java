package dev.clarion.controller;

import dev.clarion.kube.NodeAnnouncements;
import dev.clarion.net.Ip;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which nodes announce an address, by what their speakers last said. A node that is not ready says nothing any more, so
 * what it said does not count; and of two that say to own an address on a segment the later one does.
 */
final class Announcers {
    /** One more than anybody names. */
    static final int MOST_OF_BGP = Announced.MOST_NAMED + 1;

    /** Nobody. */
    static final Announcers NOBODY = new Announcers(new TreeMap<>());

    private final SortedMap<String, NodeAnnouncements> said;
    private final Map<Ip, String> owners = new HashMap<>();
    /** Those that announce anything by BGP. */
    private final List<Map.Entry<String, NodeAnnouncements>> routers;

    /** @param said by each node that is ready */
    Announcers(SortedMap<String, NodeAnnouncements> said) {
        this.said = Collections.unmodifiableSortedMap(new TreeMap<>(said));
        this.routers = this.said.entrySet().stream()
                .filter(node -> !node.getValue().bgp().isEmpty())
                .toList();
        Map<Ip, Instant> since = new HashMap<>();
        this.said.forEach((node, announcements) -> announcements.layer2().forEach((ip, at) -> {
            Instant other = since.get(ip);
            if (other == null || at.isAfter(other)) {
                since.put(ip, at);
                owners.put(ip, node);
            }
        }));
    }

    /** The node that owns it on a segment, if one does. */
    List<String> layer2(Ip ip) {
        String owner = owners.get(ip);
        return owner == null ? List.of() : List.of(owner);
    }

    /** The nodes that have sent a route for it, in order; of many no more than the first few. */
    List<String> bgp(Ip ip) {
        return routers.stream()
                .filter(node -> node.getValue().bgp().contains(ip))
                .map(Map.Entry::getKey)
                .limit(MOST_OF_BGP)
                .toList();
    }

    /** Whether anything is different. */
    boolean saysTheSameAs(Announcers other) {
        return said.equals(other.said);
    }
}
