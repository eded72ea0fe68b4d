package dev.clarion.e2e.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lab's router, FRR, as its operator sees it. Nodes dial in; it knows them as the peer group {@code NODES}. */
final class Router {
    /** AS number of the router. */
    private static final String ROUTER = "router bgp 64512";

    private static final JsonMapper JSON = new JsonMapper();

    private final Lab lab;

    Router(Lab lab) {
        this.lab = lab;
    }

    /** Types these lines below {@code router bgp}. */
    void configure(String... lines) {
        List<String> words = new ArrayList<>(List.of("vtysh", "configure terminal", ROUTER));
        words.addAll(List.of(lines));
        lab.verb(words).ok();
    }

    /** What it shows, as JSON; an error while it shows none. */
    JsonNode show(String what) {
        try {
            return JSON.readTree(
                    lab.verb(List.of("vtysh", "show " + what + " json")).ok());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the node's address on the segment: how often its sessions came up so far. Only those that are up. */
    Map<String, Long> sessions() {
        Map<String, Long> sessions = new TreeMap<>();
        show("bgp neighbors").properties().forEach(neighbor -> {
            if ("Established".equals(neighbor.getValue().path("bgpState").asText())) {
                sessions.put(
                        neighbor.getKey(),
                        neighbor.getValue().path("connectionsEstablished").asLong());
            }
        });
        return sessions;
    }

    /** The addresses of nodes that BFD has up. */
    Set<String> seenByBfd() {
        Set<String> up = new TreeSet<>();
        for (JsonNode peer : show("bfd peers")) {
            if ("up".equals(peer.path("status").asText())) {
                up.add(peer.path("peer").asText());
            }
        }
        return up;
    }

    /** What it has of a destination, each path as text. */
    List<String> paths(String address) {
        String family = address.contains(":") ? "ipv6" : "ipv4";
        List<String> paths = new ArrayList<>();
        show("bgp " + family + " unicast " + address).path("paths").forEach(path -> paths.add(path.toString()));
        return paths;
    }
}
