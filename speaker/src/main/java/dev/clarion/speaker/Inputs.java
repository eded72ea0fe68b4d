package dev.clarion.speaker;

import dev.clarion.announcement.LinkFacts;
import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.SpeakerFacts;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.kube.ObjectKey;
import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * One look at everything outside, as the parts came. Two equal looks lead to one decision.
 *
 * @param members the nodes that have a speaker, whether it lives or not
 * @param speakers those that live
 */
record Inputs(
        Map<ObjectKey, ServiceRecord> services,
        Map<ObjectKey, SliceRecord> slices,
        Map<ObjectKey, NodeRecord> nodes,
        EffectiveConfig effective,
        SortedSet<String> members,
        Map<String, SpeakerFacts> speakers,
        List<LinkFacts> links,
        Set<Ip> unready) {

    /** The Node object of this name. */
    Optional<NodeRecord> node(String name) {
        return Optional.ofNullable(nodes.get(ObjectKey.ofCluster(name)));
    }

    NodeView view(String self) {
        return new NodeView(
                self, effective.config(), ServiceViews.of(services, slices), facts(), speakers, links, unready);
    }

    /** The Node objects by name, as the decision sees them. */
    Map<String, NodeFacts> facts() {
        Map<String, NodeFacts> facts = new HashMap<>();
        nodes.values().forEach(node -> facts.put(node.facts().name(), node.facts()));
        return facts;
    }
}
