package dev.clarion.bench.bgp;

import dev.clarion.net.IpFamily;
import java.util.Collection;
import java.util.stream.Collectors;

/** Services without a selector, and their endpoints: the nodes themselves, where an echo server answers. */
final class Endpoints {
    static final String SERVICES = "/api/v1/namespaces/default/services";
    static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";

    private Endpoints() {}

    /**
     * A Service.
     *
     * @param label what it is for
     * @param pool its addresses are from there
     * @param policy Local or Cluster
     * @param families those it has addresses of
     */
    static String service(String name, String label, String pool, String policy, Collection<IpFamily> families) {
        return """
                {"apiVersion": "v1", "kind": "Service",
                 "metadata": {"name": "%s", "labels": {"bench": "%s"}, "annotations": {"clarion.dev/address-pool": "%s"}},
                 "spec": {"type": "LoadBalancer", "externalTrafficPolicy": "%s", "allocateLoadBalancerNodePorts": false,
                  "ipFamilyPolicy": "%s", "ipFamilies": [%s],
                  "ports": [{"name": "udp", "port": 8080, "protocol": "UDP"}, {"name": "tcp", "port": 8081}]}}""".formatted(
                name,
                label,
                pool,
                policy,
                families.size() == 2 ? "RequireDualStack" : "SingleStack",
                families.stream().map(family -> "\"" + type(family) + "\"").collect(Collectors.joining(",")));
    }

    /** The slice of one family, which is called by Service and family. */
    static String slice(String service, String label, IpFamily family, Collection<String> nodes) {
        return """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "%s",
                 "metadata": {"name": "%s", "labels": {"bench": "%s", "kubernetes.io/service-name": "%s"}},
                 "ports": [{"name": "udp", "port": 8080, "protocol": "UDP"}, {"name": "tcp", "port": 8081, "protocol": "TCP"}],
                 "endpoints": %s}""".formatted(type(family), sliceName(service, family), label, service, list(family, nodes));
    }

    /** What makes these nodes the endpoints of a slice. */
    static String patch(IpFamily family, Collection<String> nodes) {
        return "{\"endpoints\": " + list(family, nodes) + "}";
    }

    static String sliceName(String service, IpFamily family) {
        return service + (family == IpFamily.IPV4 ? "-v4" : "-v6");
    }

    /** A path of all that have a label. */
    static String labelled(String path, String label) {
        return path + "?labelSelector=bench%3D" + label;
    }

    private static String type(IpFamily family) {
        return family == IpFamily.IPV4 ? "IPv4" : "IPv6";
    }

    private static String list(IpFamily family, Collection<String> nodes) {
        // On the segment, where answers to the router leave from: the echo server answers datagrams from the address
        // that the kernel chooses.
        String start = family == IpFamily.IPV4 ? "192.168.50.1" : "fd50::1";
        return nodes.stream()
                .sorted()
                .map(node -> "{\"addresses\": [\"" + start + node.substring(1) + "\"], \"nodeName\": \"" + node
                        + "\", \"conditions\": {\"ready\": true, \"serving\": true, \"terminating\": false}}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
