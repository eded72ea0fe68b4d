package dev.clarion.speaker;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.ServiceKey;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is kept of an EndpointSlice: of which Service it is, and on which nodes it has endpoints that serve.
 *
 * @param addressType the kind of address that its endpoints have here; those of a dual-stack Service are in slices of both
 */
record SliceRecord(ServiceKey service, String addressType, EndpointFacts facts) {
    static final String IPV4 = "IPv4";

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
        Map<String, Integer> staying = new TreeMap<>();
        for (Endpoint endpoint : slice.getEndpoints()) {
            if (serves(endpoint.getConditions())) {
                any = true;
                Optional<String> node = Optional.ofNullable(endpoint.getNodeName());
                node.ifPresent(nodes::add);
                if (!terminates(endpoint.getConditions())) {
                    node.ifPresent(name -> staying.merge(name, 1, Integer::sum));
                }
            }
        }
        ServiceKey key = new ServiceKey(slice.getMetadata().getNamespace(), service);
        Set<String> leaving = new TreeSet<>(nodes);
        leaving.removeAll(staying.keySet());
        String type = Optional.ofNullable(slice.getAddressType()).orElse(IPV4);
        return any
                ? Optional.of(new SliceRecord(key, type, new EndpointFacts(true, nodes, leaving, staying)))
                : Optional.empty();
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
