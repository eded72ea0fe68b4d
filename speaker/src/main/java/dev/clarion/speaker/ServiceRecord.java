package dev.clarion.speaker;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.ServiceView;
import dev.clarion.announcement.TrafficPolicy;
import dev.clarion.config.Names;
import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Ip;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is kept of a Service of type LoadBalancer that has an address. */
record ServiceRecord(
        ServiceKey key,
        String uid,
        Optional<String> loadBalancerClass,
        List<Ip> addresses,
        Optional<String> allocatedFrom,
        TrafficPolicy trafficPolicy,
        Map<String, String> labels,
        Optional<String> apart) {

    /** Empty for a Service that has nothing to announce. */
    static Optional<ServiceRecord> from(Service service) {
        if (service.getSpec() == null
                || !"LoadBalancer".equals(service.getSpec().getType())) {
            return Optional.empty();
        }
        List<Ip> addresses = addresses(service.getStatus());
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        boolean local = "Local".equals(service.getSpec().getExternalTrafficPolicy());
        return Optional.of(new ServiceRecord(
                new ServiceKey(
                        service.getMetadata().getNamespace(),
                        service.getMetadata().getName()),
                service.getMetadata().getUid(),
                Optional.ofNullable(service.getSpec().getLoadBalancerClass()),
                addresses,
                Optional.ofNullable(annotations).map(all -> all.get(Names.ALLOCATED_FROM_ANNOTATION)),
                local ? TrafficPolicy.LOCAL : TrafficPolicy.CLUSTER,
                Optional.ofNullable(service.getMetadata().getLabels()).orElse(Map.of()),
                Optional.ofNullable(annotations).map(all -> all.get(Names.ANTI_AFFINITY_ANNOTATION))));
    }

    private static List<Ip> addresses(ServiceStatus status) {
        LoadBalancerStatus loadBalancer = status == null ? null : status.getLoadBalancer();
        List<Ip> addresses = new ArrayList<>(2);
        if (loadBalancer != null && loadBalancer.getIngress() != null) {
            for (LoadBalancerIngress ingress : loadBalancer.getIngress()) {
                parse(ingress.getIp()).ifPresent(addresses::add);
            }
        }
        return List.copyOf(addresses);
    }

    private static Optional<Ip> parse(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Ip.parse(text));
        } catch (AddressSyntaxException notOurs) {
            // The API server checks addresses; one in a form that we refuse was not written by Clarion.
            return Optional.empty();
        }
    }

    ServiceView view(EndpointFacts endpoints) {
        return new ServiceView(key, loadBalancerClass, addresses, allocatedFrom, trafficPolicy, endpoints, labels, apart);
    }
}
