package dev.clarion.speaker;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.LinkFacts;
import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.ServiceView;
import dev.clarion.announcement.SpeakerFacts;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.kube.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One look at everything outside, as the parts came. Two equal looks lead to one decision. */
record Inputs(
        Map<ObjectKey, ServiceRecord> services,
        Map<ObjectKey, SliceRecord> slices,
        Map<ObjectKey, NodeRecord> nodes,
        EffectiveConfig effective,
        Map<String, SpeakerFacts> speakers,
        List<LinkFacts> links) {

    NodeView view(String self) {
        Map<ServiceKey, EndpointFacts> endpoints = endpoints();
        List<ServiceView> views = services.values().stream()
                .map(service -> service.view(endpoints.getOrDefault(service.key(), EndpointFacts.NONE)))
                .toList();
        Map<String, NodeFacts> facts = new HashMap<>();
        nodes.values().forEach(node -> facts.put(node.facts().name(), node.facts()));
        return new NodeView(self, effective.config(), views, facts, speakers, links);
    }

    private Map<ServiceKey, EndpointFacts> endpoints() {
        Set<ServiceKey> wanted = new HashSet<>();
        services.values().forEach(service -> wanted.add(service.key()));
        Map<ServiceKey, EndpointFacts> merged = new HashMap<>();
        slices.values().stream()
                .filter(slice -> wanted.contains(slice.service()))
                .forEach(slice -> merged.merge(slice.service(), slice.facts(), EndpointFacts::and));
        return merged;
    }
}
