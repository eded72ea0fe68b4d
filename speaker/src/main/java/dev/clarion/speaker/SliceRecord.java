package dev.clarion.speaker;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.ServiceKey;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is kept of an EndpointSlice: of which Service it is, and on which nodes it has endpoints that serve. */
record SliceRecord(ServiceKey service, EndpointFacts facts) {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    /** Empty for a slice of no Service, and for one without an endpoint that serves. */
    static Optional<SliceRecord> from(EndpointSlice slice) {
        Map<String, String> labels = slice.getMetadata().getLabels();
        String service = labels == null ? null : labels.get(SERVICE_LABEL);
        if (service == null || slice.getEndpoints() == null) {
            return Optional.empty();
        }
        boolean any = false;
        Set<String> nodes = new TreeSet<>();
        Set<String> staying = new TreeSet<>();
        for (Endpoint endpoint : slice.getEndpoints()) {
            if (serves(endpoint.getConditions())) {
                any = true;
                Optional<String> node = Optional.ofNullable(endpoint.getNodeName());
                node.ifPresent(nodes::add);
                if (!terminates(endpoint.getConditions())) {
                    node.ifPresent(staying::add);
                }
            }
        }
        ServiceKey key = new ServiceKey(slice.getMetadata().getNamespace(), service);
        Set<String> leaving = new TreeSet<>(nodes);
        leaving.removeAll(staying);
        return any ? Optional.of(new SliceRecord(key, new EndpointFacts(true, nodes, leaving))) : Optional.empty();
    }

    private static boolean terminates(EndpointConditions conditions) {
        return conditions != null && Boolean.TRUE.equals(conditions.getTerminating());
    }

    /** Ready, where unset means yes, or still serving while it terminates. */
    private static boolean serves(EndpointConditions conditions) {
        return conditions == null
                || conditions.getReady() == null
                || conditions.getReady()
                || Boolean.TRUE.equals(conditions.getServing());
    }
}
