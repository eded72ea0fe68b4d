package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Service as a test describes it. */
final class Svc {
    private final ServiceView view;

    private Svc(ServiceView view) {
        this.view = view;
    }

    static Svc named(String name) {
        return new Svc(new ServiceView(
                ServiceKey.parse(name.contains("/") ? name : "shop/" + name),
                "uid-" + name,
                "1",
                0,
                Cluster.START,
                false,
                true,
                Optional.empty(),
                List.of(IpFamily.IPV4),
                FamilyPolicy.SINGLE_STACK,
                AddressRequest.ANY,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty()));
    }

    static Svc of(ServiceView view) {
        return new Svc(view);
    }

    ServiceView view() {
        return view;
    }

    Svc uid(String uid) {
        return with(uid, view.created(), view.loadBalancer(), view.loadBalancerClass());
    }

    Svc created(Instant created) {
        return with(view.uid(), created, view.loadBalancer(), view.loadBalancerClass());
    }

    Svc clusterIpType() {
        return with(view.uid(), view.created(), false, view.loadBalancerClass());
    }

    Svc type(boolean loadBalancer) {
        return with(view.uid(), view.created(), loadBalancer, view.loadBalancerClass());
    }

    Svc ofClass(String name) {
        return with(view.uid(), view.created(), view.loadBalancer(), Optional.of(name));
    }

    Svc families(FamilyPolicy policy, IpFamily... families) {
        return new Svc(build(
                view.uid(),
                view.created(),
                view.deleting(),
                view.loadBalancer(),
                view.loadBalancerClass(),
                Arrays.asList(families),
                policy,
                view.request(),
                view.ingress(),
                view.otherIngress()));
    }

    Svc annotated(String key, String value) {
        return request(AddressRequest.of(Map.of(key, value), Optional.empty()));
    }

    Svc request(AddressRequest request) {
        return new Svc(build(
                view.uid(),
                view.created(),
                view.deleting(),
                view.loadBalancer(),
                view.loadBalancerClass(),
                view.families(),
                view.policy(),
                request,
                view.ingress(),
                view.otherIngress()));
    }

    Svc deleting() {
        return new Svc(build(
                view.uid(),
                view.created(),
                true,
                view.loadBalancer(),
                view.loadBalancerClass(),
                view.families(),
                view.policy(),
                view.request(),
                view.ingress(),
                view.otherIngress()));
    }

    Svc ingress(String... ips) {
        return new Svc(build(
                view.uid(),
                view.created(),
                view.deleting(),
                view.loadBalancer(),
                view.loadBalancerClass(),
                view.families(),
                view.policy(),
                view.request(),
                Arrays.stream(ips).map(Ip::parse).toList(),
                false));
    }

    Svc ingressHostName() {
        return new Svc(build(
                view.uid(),
                view.created(),
                view.deleting(),
                view.loadBalancer(),
                view.loadBalancerClass(),
                view.families(),
                view.policy(),
                view.request(),
                List.of(),
                true));
    }

    private Svc with(String uid, Instant created, boolean loadBalancer, Optional<String> loadBalancerClass) {
        return new Svc(build(
                uid,
                created,
                view.deleting(),
                loadBalancer,
                loadBalancerClass,
                view.families(),
                view.policy(),
                view.request(),
                view.ingress(),
                view.otherIngress()));
    }

    private ServiceView build(
            String uid,
            Instant created,
            boolean deleting,
            boolean loadBalancer,
            Optional<String> loadBalancerClass,
            List<IpFamily> families,
            FamilyPolicy policy,
            AddressRequest request,
            List<Ip> ingress,
            boolean otherIngress) {
        return new ServiceView(
                view.key(),
                uid,
                view.resourceVersion(),
                view.generation(),
                created,
                deleting,
                loadBalancer,
                loadBalancerClass,
                families,
                policy,
                request,
                ingress,
                otherIngress,
                view.condition(),
                view.allocatedFrom());
    }

    /** As the API server stores it: with a new version. */
    ServiceView stored(String version) {
        return new ServiceView(
                view.key(),
                view.uid(),
                version,
                view.generation(),
                view.created(),
                view.deleting(),
                view.loadBalancer(),
                view.loadBalancerClass(),
                view.families(),
                view.policy(),
                view.request(),
                view.ingress(),
                view.otherIngress(),
                view.condition(),
                view.allocatedFrom());
    }
}
