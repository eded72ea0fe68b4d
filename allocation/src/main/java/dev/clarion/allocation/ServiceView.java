package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What allocation needs to know of a Service; nothing else of it is kept in memory. Made by a {@link #builder}.
 *
 * @param key namespace and name
 * @param uid tells a Service from an earlier one of the same name
 * @param resourceVersion the version seen; status is written to exactly this version or not at all. Empty while a write
 *     is on its way or waits to be tried again
 * @param generation {@code metadata.generation}, 0 where the API server keeps none
 * @param created when it was created
 * @param deleting whether its deletion has begun
 * @param loadBalancer whether its type is LoadBalancer
 * @param loadBalancerClass {@code spec.loadBalancerClass}
 * @param labels its labels, by which pools select
 * @param families the families of its cluster IPs, primary first; empty while it has no cluster IP
 * @param policy {@code spec.ipFamilyPolicy}
 * @param request the pool or addresses it asks for
 * @param ports on which it is to be reached, in order
 * @param sharing on what terms it shares its address; empty if with nobody
 * @param deprecated the annotations and fields it asks by that have a successor
 * @param ingress the addresses in {@code status.loadBalancer.ingress}
 * @param stillShown the addresses that its status shows until a write that is on its way arrives, which may be never
 * @param ipModes how traffic arrives at those addresses that are marked with anything but {@code VIP}
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
        Map<String, String> labels,
        List<IpFamily> families,
        FamilyPolicy policy,
        AddressRequest request,
        List<ServicePort> ports,
        Optional<SharingTerms> sharing,
        List<String> deprecated,
        List<Ip> ingress,
        List<Ip> stillShown,
        Map<Ip, String> ipModes,
        boolean otherIngress,
        Optional<Condition> condition,
        Optional<String> allocatedFrom) {
    public ServiceView {
        labels = Map.copyOf(labels);
        families = List.copyOf(families);
        ports = List.copyOf(ports);
        deprecated = List.copyOf(deprecated);
        ingress = List.copyOf(ingress);
        stillShown = List.copyOf(stillShown);
        ipModes = Map.copyOf(ipModes);
    }

    /** A Service of type LoadBalancer that asks for nothing in particular. */
    public static ServiceViewBuilder builder(ServiceKey key, String uid, String resourceVersion) {
        return new ServiceViewBuilder(key, uid, resourceVersion);
    }

    /** To make one that differs. */
    public ServiceViewBuilder toBuilder() {
        return new ServiceViewBuilder(this);
    }

    /** Since when it waits for an address: what its condition says (which survives a restart), else its creation. */
    public Instant waitingSince() {
        return condition.isPresent() && !condition.get().allocated()
                ? condition.get().since()
                : created;
    }

    /** Whether a load balancer of the class given serves it: it is of type LoadBalancer and of this class or of none. */
    public boolean isServedBy(String ourClass) {
        return loadBalancer && (loadBalancerClass.isEmpty() || ourClass.equals(loadBalancerClass.get()));
    }

    /** Whether it asks for that pool by its name. */
    boolean asksForPool(String pool) {
        return request instanceof AddressRequest.Asked(Optional<String> asked, List<Ip> addresses)
                && asked.isPresent()
                && asked.get().equals(pool);
    }

    /** Whether a write of its status is on its way or has just failed: what is decided meanwhile cannot be written. */
    boolean isBeingWritten() {
        return resourceVersion.isEmpty();
    }

    /** Whether its status bears what only Clarion writes. */
    boolean bearsOurMark() {
        return condition.isPresent() || allocatedFrom.isPresent();
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

    /**
     * What the Service looks like once the change is stored.
     *
     * @param newVersion as which it was stored; empty while nobody knows whether it was
     */
    public ServiceView after(StatusChange change, String newVersion) {
        List<Ip> next = change.ingress().orElse(ingress);
        List<Ip> before = newVersion.isEmpty()
                ? ingress.stream().filter(ip -> !next.contains(ip)).toList()
                : List.of();
        return toBuilder()
                .resourceVersion(newVersion)
                .ingress(next)
                .stillShown(before)
                .otherIngress(change.ingress().isEmpty() && otherIngress)
                .condition(change.condition())
                .allocatedFrom(change.allocatedFrom())
                .build();
    }
}
