package dev.clarion.allocation;

import dev.clarion.config.ServiceAnnotation;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A Service as a test describes it. */
final class Svc {
    private final ServiceView view;

    private Svc(ServiceView view) {
        this.view = view;
    }

    static Svc named(String name) {
        return new Svc(
                ServiceView.builder(ServiceKey.parse(name.contains("/") ? name : "shop/" + name), "uid-" + name, "1")
                        .created(Cluster.START)
                        .families(List.of(IpFamily.IPV4))
                        .ports(ports("TCP/80"))
                        .build());
    }

    static Svc of(ServiceView view) {
        return new Svc(view);
    }

    static List<ServicePort> ports(String... ports) {
        return Arrays.stream(ports).map(ServicePort::parse).toList();
    }

    ServiceView view() {
        return view;
    }

    private Svc with(UnaryOperator<ServiceViewBuilder> change) {
        return new Svc(change.apply(view.toBuilder()).build());
    }

    Svc uid(String uid) {
        return with(view -> view.uid(uid));
    }

    Svc created(Instant created) {
        return with(view -> view.created(created));
    }

    /** A write of its status has no answer yet. */
    Svc beingWritten() {
        return with(view -> view.resourceVersion(""));
    }

    Svc clusterIpType() {
        return type(false);
    }

    Svc type(boolean loadBalancer) {
        return with(view -> view.loadBalancer(loadBalancer));
    }

    Svc ofClass(String name) {
        return with(view -> view.loadBalancerClass(Optional.of(name)));
    }

    Svc labels(String key, String value) {
        return with(view -> view.labels(Map.of(key, value)));
    }

    Svc families(FamilyPolicy policy, IpFamily... families) {
        return with(view -> view.families(Arrays.asList(families)).policy(policy));
    }

    Svc dual(FamilyPolicy policy) {
        return families(policy, IpFamily.IPV4, IpFamily.IPV6);
    }

    Svc annotated(String key, String value) {
        return request(AddressRequest.of(Map.of(key, value), Optional.empty()));
    }

    Svc asking(String addresses) {
        return annotated(ServiceAnnotation.ADDRESSES.key(), addresses);
    }

    Svc asksNothing() {
        return request(AddressRequest.ANY);
    }

    Svc request(AddressRequest request) {
        return with(view -> view.request(request));
    }

    /** Traffic to any node, under this key, on these ports. */
    Svc shares(String key, String... ports) {
        return shares(Map.of(ServiceAnnotation.SHARING_KEY.key(), key), false, Map.of(), ports);
    }

    Svc sharesLocally(String key, Map<String, String> selector, String... ports) {
        return shares(Map.of(ServiceAnnotation.SHARING_KEY.key(), key), true, selector, ports);
    }

    Svc sharesWith(String key, String namespaces, String... ports) {
        return shares(
                Map.of(
                        ServiceAnnotation.SHARING_KEY.key(),
                        key,
                        ServiceAnnotation.SHARING_NAMESPACES.key(),
                        namespaces),
                false,
                Map.of(),
                ports);
    }

    private Svc shares(Map<String, String> annotations, boolean local, Map<String, String> selector, String... ports) {
        AddressRequest request = view.request();
        return with(view -> view.asking(
                        ServiceRequest.of(new HashMap<>(annotations), Optional.empty()), ports(ports), local, selector)
                .request(request));
    }

    /** On these ports, and with nobody. */
    Svc sharesNot(String... ports) {
        return with(view -> view.sharing(Optional.empty()).ports(ports(ports)));
    }

    Svc deleting() {
        return with(view -> view.deleting(true));
    }

    Svc ingress(String... ips) {
        return with(
                view -> view.ingress(Arrays.stream(ips).map(Ip::parse).toList()).otherIngress(false));
    }

    Svc ingressHostName() {
        return with(view -> view.ingress(List.of()).otherIngress(true));
    }

    Svc unmarked() {
        return with(view -> view.condition(Optional.empty()).allocatedFrom(Optional.empty()));
    }

    /** As the API server stores it: with a new version. */
    ServiceView stored(String version) {
        return view.toBuilder().resourceVersion(version).build();
    }
}
