package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What allocation needs to know of a Service; nothing else of it is kept in memory.
 *
 * @param key namespace and name
 * @param uid tells a Service from an earlier one of the same name
 * @param resourceVersion the version seen; status is written to exactly this version or not at all
 * @param generation {@code metadata.generation}, 0 where the API server keeps none
 * @param created when it was created
 * @param deleting whether its deletion has begun
 * @param loadBalancer whether its type is LoadBalancer
 * @param loadBalancerClass {@code spec.loadBalancerClass}
 * @param families the families of its cluster IPs, primary first; empty while it has no cluster IP
 * @param policy {@code spec.ipFamilyPolicy}
 * @param request the pool or addresses it asks for
 * @param ingress the addresses in {@code status.loadBalancer.ingress}
 * @param otherIngress whether that list holds something that is not an address, a host name for instance
 * @param condition the condition {@code clarion.dev/Allocated} as stored
 * @param allocatedFrom the annotation {@code clarion.dev/allocated-from} as stored
 */
public record ServiceView(
        ServiceKey key,
        String uid,
        String resourceVersion,
        long generation,
        Instant created,
        boolean deleting,
        boolean loadBalancer,
        Optional<String> loadBalancerClass,
        List<IpFamily> families,
        FamilyPolicy policy,
        AddressRequest request,
        List<Ip> ingress,
        boolean otherIngress,
        Optional<Condition> condition,
        Optional<String> allocatedFrom) {
    public ServiceView {
        families = List.copyOf(families);
        ingress = List.copyOf(ingress);
    }

    /** Since when it waits for an address: what its condition says (which survives a restart), else its creation. */
    public Instant waitingSince() {
        return condition
                .filter(stored -> !stored.allocated())
                .map(Condition::since)
                .orElse(created);
    }

    /** Whether a load balancer of the class given serves it: it is of type LoadBalancer and of this class or of none. */
    public boolean isServedBy(String ourClass) {
        return loadBalancer && loadBalancerClass.map(ourClass::equals).orElse(true);
    }

    boolean mustHave(IpFamily family) {
        return switch (policy) {
            case REQUIRE_DUAL_STACK -> true;
            case SINGLE_STACK, PREFER_DUAL_STACK -> families.size() == 1 && families.contains(family);
        };
    }

    /** The families to look for: all of the cluster IPs, except that a single-stack Service has one. */
    List<IpFamily> wanted() {
        return policy == FamilyPolicy.SINGLE_STACK && families.size() > 1 ? families.subList(0, 1) : families;
    }

    /** What the Service looks like once the change is stored. */
    public ServiceView after(StatusChange change, String newVersion) {
        return new ServiceView(
                key,
                uid,
                newVersion,
                generation,
                created,
                deleting,
                loadBalancer,
                loadBalancerClass,
                families,
                policy,
                request,
                change.ingress().orElse(ingress),
                change.ingress().isEmpty() && otherIngress,
                change.condition(),
                change.allocatedFrom());
    }
}
