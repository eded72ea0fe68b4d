package dev.clarion.e2e.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /** The addresses of nodes whose sessions are up. */
    Set<String> sessions() {
        Set<String> up = new TreeSet<>();
        show("bgp neighbors").properties().forEach(neighbor -> {
            if ("Established".equals(neighbor.getValue().path("bgpState").asText())) {
                up.add(neighbor.getKey());
            }
        });
        return up;
    }

    /** What its bgpd has logged. */
    List<String> log() {
        return lab.log("bgpd").lines().toList();
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
