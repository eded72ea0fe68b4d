package dev.clarion.controller;

import dev.clarion.allocation.Condition;
import dev.clarion.allocation.FamilyPolicy;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServicePort;
import dev.clarion.allocation.ServiceRequest;
import dev.clarion.allocation.ServiceView;
import dev.clarion.config.Names;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Service.
 *
 * @param view what allocation needs
 * @param others the conditions of other controllers, which a patch of the list has to carry along
 */
record WatchedService(ServiceView view, List<OtherCondition> others) {
    WatchedService {
        others = List.copyOf(others);
    }

    /** A condition that is not ours, field by field as stored. */
    record OtherCondition(
            String type, String status, String reason, String message, long observedGeneration, String since) {}

    private static final String NO_CLUSTER_IP = "None";

    static WatchedService of(Service service) {
        ObjectMeta meta = service.getMetadata();
        @Nullable ServiceSpec spec = service.getSpec();
        @Nullable ServiceStatus status = service.getStatus();
        Instant created = time(meta.getCreationTimestamp()).orElse(Instant.EPOCH);
        Map<String, String> annotations = meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
        List<LoadBalancerIngress> ingress = ingress(status);
        List<io.fabric8.kubernetes.api.model.Condition> conditions =
                status == null || status.getConditions() == null ? List.of() : status.getConditions();
        return new WatchedService(
                ServiceView.builder(
                                new ServiceKey(meta.getNamespace(), meta.getName()),
                                meta.getUid(),
                                meta.getResourceVersion())
                        .generation(meta.getGeneration() == null ? 0 : meta.getGeneration())
                        .created(created)
                        .deleting(meta.getDeletionTimestamp() != null)
                        .loadBalancer(spec != null && "LoadBalancer".equals(spec.getType()))
                        .loadBalancerClass(Optional.ofNullable(spec).map(ServiceSpec::getLoadBalancerClass))
                        .labels(meta.getLabels() == null ? Map.of() : meta.getLabels())
                        .families(spec == null ? List.of() : families(spec))
                        .policy(spec == null ? FamilyPolicy.SINGLE_STACK : policy(spec.getIpFamilyPolicy()))
                        .asking(
                                ServiceRequest.of(
                                        annotations, Optional.ofNullable(spec).map(ServiceSpec::getLoadBalancerIP)),
                                spec == null ? List.of() : ports(spec),
                                spec != null && "Local".equals(spec.getExternalTrafficPolicy()),
                                spec == null || spec.getSelector() == null ? Map.of() : spec.getSelector())
                        .ingress(addresses(ingress))
                        .ipModes(modes(ingress))
                        .otherIngress(
                                ingress.stream().anyMatch(item -> address(item).isEmpty()))
                        .condition(conditions.stream()
                                .filter(condition -> Names.ALLOCATED_CONDITION.equals(condition.getType()))
                                .findFirst()
                                .map(condition -> own(condition, created)))
                        .allocatedFrom(Optional.ofNullable(annotations.get(Names.ALLOCATED_FROM_ANNOTATION)))
                        .build(),
                conditions.stream()
                        .filter(condition -> !Names.ALLOCATED_CONDITION.equals(condition.getType()))
                        .map(WatchedService::other)
                        .toList());
    }

    private static List<LoadBalancerIngress> ingress(@Nullable ServiceStatus status) {
        @Nullable LoadBalancerStatus balancer = status == null ? null : status.getLoadBalancer();
        return balancer == null || balancer.getIngress() == null ? List.of() : balancer.getIngress();
    }

    private static List<Ip> addresses(List<LoadBalancerIngress> ingress) {
        Set<Ip> addresses = new LinkedHashSet<>();
        ingress.forEach(item -> address(item).ifPresent(addresses::add));
        return List.copyOf(addresses);
    }

    /** The modes other than the one that is meant where none is written. */
    private static Map<Ip, String> modes(List<LoadBalancerIngress> ingress) {
        Map<Ip, String> modes = new HashMap<>();
        for (LoadBalancerIngress item : ingress) {
            if (item.getIpMode() != null && !"VIP".equals(item.getIpMode())) {
                address(item).ifPresent(ip -> modes.put(ip, item.getIpMode()));
            }
        }
        return modes;
    }

    private static List<ServicePort> ports(ServiceSpec spec) {
        return spec.getPorts() == null
                ? List.of()
                : spec.getPorts().stream()
                        .filter(port -> port.getPort() != null && port.getPort() > 0)
                        .map(port -> new ServicePort(
                                port.getProtocol() == null ? "TCP" : port.getProtocol(), port.getPort()))
                        .sorted()
                        .toList();
    }

    private static Optional<Ip> address(LoadBalancerIngress item) {
        return item.getIp() == null ? Optional.empty() : ip(item.getIp());
    }

    private static Optional<Ip> ip(String text) {
        try {
            return Optional.of(Ip.parse(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The families of the cluster IPs, not those of the specification: an address needs a cluster IP to lead to. */
    private static List<IpFamily> families(ServiceSpec spec) {
        List<String> clusterIps = new ArrayList<>(spec.getClusterIPs() == null ? List.of() : spec.getClusterIPs());
        if (clusterIps.isEmpty() && spec.getClusterIP() != null) {
            clusterIps.add(spec.getClusterIP());
        }
        return clusterIps.stream()
                .filter(text -> !NO_CLUSTER_IP.equals(text))
                .flatMap(text -> ip(text).stream())
                .map(Ip::family)
                .distinct()
                .toList();
    }

    private static FamilyPolicy policy(@Nullable String text) {
        return switch (text == null ? "" : text) {
            case "RequireDualStack" -> FamilyPolicy.REQUIRE_DUAL_STACK;
            case "PreferDualStack" -> FamilyPolicy.PREFER_DUAL_STACK;
            default -> FamilyPolicy.SINGLE_STACK;
        };
    }

    private static Condition own(io.fabric8.kubernetes.api.model.Condition stored, Instant created) {
        return new Condition(
                "True".equals(stored.getStatus()),
                text(stored.getReason()),
                text(stored.getMessage()),
                stored.getObservedGeneration() == null ? 0 : stored.getObservedGeneration(),
                time(stored.getLastTransitionTime()).orElse(created));
    }

    private static OtherCondition other(io.fabric8.kubernetes.api.model.Condition stored) {
        return new OtherCondition(
                text(stored.getType()),
                text(stored.getStatus()),
                text(stored.getReason()),
                text(stored.getMessage()),
                stored.getObservedGeneration() == null ? 0 : stored.getObservedGeneration(),
                text(stored.getLastTransitionTime()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
