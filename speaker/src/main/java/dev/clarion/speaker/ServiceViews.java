package dev.clarion.speaker;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.ServiceView;
import dev.clarion.kube.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services together with their endpoints. */
final class ServiceViews {
    private ServiceViews() {}

    static List<ServiceView> of(Map<ObjectKey, ServiceRecord> services, Map<ObjectKey, SliceRecord> slices) {
        Map<ServiceKey, EndpointFacts> endpoints = endpoints(services, slices);
        return services.values().stream()
                .map(service -> service.view(endpoints.getOrDefault(service.key(), EndpointFacts.NONE)))
                .toList();
    }

    private static Map<ServiceKey, EndpointFacts> endpoints(
            Map<ObjectKey, ServiceRecord> services, Map<ObjectKey, SliceRecord> slices) {
        Set<ServiceKey> wanted = new HashSet<>();
        services.values().forEach(service -> wanted.add(service.key()));
        Map<ServiceKey, EndpointFacts> merged = new HashMap<>();
        slices.values().stream()
                .filter(slice -> wanted.contains(slice.service()))
                .forEach(slice -> merged.merge(slice.service(), slice.facts(), EndpointFacts::and));
        return merged;
    }
}
