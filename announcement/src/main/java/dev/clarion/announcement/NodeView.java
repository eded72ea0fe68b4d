package dev.clarion.announcement;

import dev.clarion.config.Config;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that one node knows when it decides. The election's inputs (all but {@code links}) are the same on every node
 * once each has seen the same API objects; so all of them elect the same owner without asking each other.
 *
 * @param self this node's name
 * @param config the effective configuration, as published by the controller
 * @param services the Services of type LoadBalancer
 * @param nodes the Node objects by name
 * @param speakers the speakers that count as alive, by node; this node always counts, listed or not
 * @param links this node's interfaces
 * @param unready addresses that this node's kernel has no rule for yet: no router is to send their traffic here
 */
public record NodeView(
        String self,
        Config config,
        List<ServiceView> services,
        Map<String, NodeFacts> nodes,
        Map<String, SpeakerFacts> speakers,
        List<LinkFacts> links,
        Set<Ip> unready) {
    public NodeView {
        services = List.copyOf(services);
        nodes = Map.copyOf(nodes);
        speakers = Map.copyOf(speakers);
        links = List.copyOf(links);
        unready = Set.copyOf(unready);
    }

    /** Of a node whose kernel has all rules. */
    public NodeView(
            String self,
            Config config,
            List<ServiceView> services,
            Map<String, NodeFacts> nodes,
            Map<String, SpeakerFacts> speakers,
            List<LinkFacts> links) {
        this(self, config, services, nodes, speakers, links, Set.of());
    }

    /** The networks this node says it has a usable interface in. */
    public List<Prefix> ownSegments() {
        return segments(links);
    }

    /** The networks of the usable ones among these links: sorted, each once. */
    public static List<Prefix> segments(List<LinkFacts> links) {
        return links.stream()
                .filter(LinkFacts::usable)
                .flatMap(link -> link.networks().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Segments of the node if its speaker is alive. Of this node the interfaces themselves are asked. */
    Optional<List<Prefix>> segmentsOf(String node) {
        if (node.equals(self)) {
            return Optional.of(ownSegments());
        }
        return Optional.ofNullable(speakers.get(node)).map(SpeakerFacts::segments);
    }
}
