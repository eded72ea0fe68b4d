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
    /** Slices of these together have each endpoint once. */
    private record Kind(ServiceKey service, String addressType) {}

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
        Map<Kind, EndpointFacts> kinds = new HashMap<>();
        slices.values().stream()
                .filter(slice -> wanted.contains(slice.service()))
                .forEach(slice ->
                        kinds.merge(new Kind(slice.service(), slice.addressType()), slice.facts(), EndpointFacts::and));
        Map<ServiceKey, EndpointFacts> merged = new HashMap<>();
        kinds.forEach((kind, facts) -> merged.merge(kind.service(), facts, EndpointFacts::orByItsOtherFamily));
        return merged;
    }
}
