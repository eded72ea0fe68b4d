package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a {@link ServiceView}; each method sets what the record's component of that name says. */
public final class ServiceViewBuilder {
    private final ServiceKey key;
    private String uid;
    private String resourceVersion;
    private long generation;
    private Instant created = Instant.EPOCH;
    private boolean deleting;
    private boolean loadBalancer = true;
    private Optional<String> loadBalancerClass = Optional.empty();
    private Map<String, String> labels = Map.of();
    private List<IpFamily> families = List.of();
    private FamilyPolicy policy = FamilyPolicy.SINGLE_STACK;
    private AddressRequest request = AddressRequest.ANY;
    private List<ServicePort> ports = List.of();
    private Optional<SharingTerms> sharing = Optional.empty();
    private List<String> deprecated = List.of();
    private List<Ip> ingress = List.of();
    private List<Ip> stillShown = List.of();
    private Map<Ip, String> ipModes = Map.of();
    private boolean otherIngress;
    private Optional<Condition> condition = Optional.empty();
    private Optional<String> allocatedFrom = Optional.empty();

    ServiceViewBuilder(ServiceKey key, String uid, String resourceVersion) {
        this.key = key;
        this.uid = uid;
        this.resourceVersion = resourceVersion;
    }

    ServiceViewBuilder(ServiceView view) {
        this.key = view.key();
        this.uid = view.uid();
        this.resourceVersion = view.resourceVersion();
        this.generation = view.generation();
        this.created = view.created();
        this.deleting = view.deleting();
        this.loadBalancer = view.loadBalancer();
        this.loadBalancerClass = view.loadBalancerClass();
        this.labels = view.labels();
        this.families = view.families();
        this.policy = view.policy();
        this.request = view.request();
        this.ports = view.ports();
        this.sharing = view.sharing();
        this.deprecated = view.deprecated();
        this.ingress = view.ingress();
        this.stillShown = view.stillShown();
        this.ipModes = view.ipModes();
        this.otherIngress = view.otherIngress();
        this.condition = view.condition();
        this.allocatedFrom = view.allocatedFrom();
    }

    public ServiceViewBuilder uid(String value) {
        this.uid = value;
        return this;
    }

    public ServiceViewBuilder resourceVersion(String value) {
        this.resourceVersion = value;
        return this;
    }

    public ServiceViewBuilder generation(long value) {
        this.generation = value;
        return this;
    }

    public ServiceViewBuilder created(Instant value) {
        this.created = value;
        return this;
    }

    public ServiceViewBuilder deleting(boolean value) {
        this.deleting = value;
        return this;
    }

    public ServiceViewBuilder loadBalancer(boolean value) {
        this.loadBalancer = value;
        return this;
    }

    public ServiceViewBuilder loadBalancerClass(Optional<String> value) {
        this.loadBalancerClass = value;
        return this;
    }

    public ServiceViewBuilder labels(Map<String, String> value) {
        this.labels = value;
        return this;
    }

    public ServiceViewBuilder families(List<IpFamily> value) {
        this.families = value;
        return this;
    }

    public ServiceViewBuilder policy(FamilyPolicy value) {
        this.policy = value;
        return this;
    }

    public ServiceViewBuilder request(AddressRequest value) {
        this.request = value;
        return this;
    }

    public ServiceViewBuilder ports(List<ServicePort> value) {
        this.ports = value;
        return this;
    }

    public ServiceViewBuilder sharing(Optional<SharingTerms> value) {
        this.sharing = value;
        return this;
    }

    public ServiceViewBuilder deprecated(List<String> value) {
        this.deprecated = value;
        return this;
    }

    public ServiceViewBuilder ingress(List<Ip> value) {
        this.ingress = value;
        return this;
    }

    public ServiceViewBuilder stillShown(List<Ip> value) {
        this.stillShown = value;
        return this;
    }

    public ServiceViewBuilder ipModes(Map<Ip, String> value) {
        this.ipModes = value;
        return this;
    }

    public ServiceViewBuilder otherIngress(boolean value) {
        this.otherIngress = value;
        return this;
    }

    public ServiceViewBuilder condition(Optional<Condition> value) {
        this.condition = value;
        return this;
    }

    public ServiceViewBuilder allocatedFrom(Optional<String> value) {
        this.allocatedFrom = value;
        return this;
    }

    /** What the annotations and {@code spec.loadBalancerIP} ask for, and the terms of sharing that follow. */
    public ServiceViewBuilder asking(
            ServiceRequest asked, List<ServicePort> reachedAt, boolean local, Map<String, String> selector) {
        return request(asked.addresses())
                .ports(reachedAt)
                .sharing(asked.terms(reachedAt, local, selector))
                .deprecated(asked.deprecated());
    }

    public ServiceView build() {
        return new ServiceView(
                key,
                uid,
                resourceVersion,
                generation,
                created,
                deleting,
                loadBalancer,
                loadBalancerClass,
                labels,
                families,
                policy,
                request,
                ports,
                sharing,
                deprecated,
                ingress,
                stillShown,
                ipModes,
                otherIngress,
                condition,
                allocatedFrom);
    }
}
