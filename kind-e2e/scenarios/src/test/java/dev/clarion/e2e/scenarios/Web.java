package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The web Deployment and its two Services: {@code web-l2} and {@code web-bgp}, each IPv4 and IPv6. */
final class Web {
    private static final String MANIFEST = "kind-e2e/tour/web.yaml";
    private static final int ENOUGH = 60;

    private final Lab lab;

    Web(Lab lab) {
        this.lab = lab;
    }

    void create() {
        lab.kubectl().apply(lab.file(MANIFEST));
    }

    /** Moves the Pods off a node, which stays out of their way until {@link #everywhere}. */
    void awayFrom(String node) {
        placed("[{\"key\":\"kubernetes.io/hostname\",\"operator\":\"NotIn\",\"values\":[\"" + node + "\"]}]");
    }

    /** Back to one Pod on each node. */
    void everywhere() {
        placed("[{\"key\":\"kubernetes.io/hostname\",\"operator\":\"Exists\"}]");
    }

    private void placed(String expressions) {
        lab.kubectl()
                .run(
                        "patch",
                        "deployment",
                        "web",
                        "--type=merge",
                        "-p={\"spec\":{\"template\":{\"spec\":{\"affinity\":{\"nodeAffinity\":{"
                                + "\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":"
                                + "[{\"matchExpressions\":" + expressions + "}]}}}}}}}");
        lab.kubectl().run("rollout", "status", "deployment/web", "--timeout", "110s");
        Await.that(
                "the Pods that were replaced are gone",
                60,
                () -> assertThat(lab.kubectl().list("pods", "-l", "app=web")).hasSize(3));
    }

    /** Until both Services have addresses and answer, near and far. */
    void awaitServed() {
        Await.that("web-l2 and web-bgp answer", 120, () -> {
            assertThat(addresses("web-l2")).hasSize(2);
            assertThat(addresses("web-bgp")).hasSize(2);
            for (String address : addresses("web-l2")) {
                assertThat(ask("near", address)).startsWith("node=");
            }
            for (String address : addresses("web-bgp")) {
                assertThat(ask("far", address)).startsWith("node=");
            }
        });
    }

    /** The addresses of a Service in the default namespace, IPv4 first; empty while it has none. */
    List<String> addresses(String service) {
        return addresses(lab.kubectl().get("service", service));
    }

    private static List<String> addresses(JsonNode service) {
        List<String> addresses = new ArrayList<>();
        service.path("status")
                .path("loadBalancer")
                .path("ingress")
                .forEach(ingress -> addresses.add(ingress.path("ip").asText()));
        return addresses;
    }

    /** The addresses of every Service in the default namespace that asks for some. */
    Map<String, List<String>> allAddresses() {
        Map<String, List<String>> all = new TreeMap<>();
        for (JsonNode service : lab.kubectl().list("services")) {
            if ("LoadBalancer".equals(service.path("spec").path("type").asText())) {
                all.put(service.path("metadata").path("name").asText(), addresses(service));
            }
        }
        return all;
    }

    /** What an address answers to a client, or an empty string. */
    String ask(String client, String address) {
        return lab.exec(client, "curl", "-s", "-m", "2", "http://" + inUrl(address) + "/")
                .out();
    }

    /** The nodes that answered a client until all have, or it was asked often enough. */
    Set<String> nodesAnswering(String client, String address) {
        Set<String> nodes = new TreeSet<>();
        for (int i = 0; i < ENOUGH && nodes.size() < Lab.NODES.size(); i++) {
            String answer = ask(client, address);
            if (answer.startsWith("node=")) {
                nodes.add(answer.substring("node=".length(), answer.indexOf(' ')));
            }
        }
        return nodes;
    }

    /** How many next hops the router has for an address. */
    int nextHops(String address) {
        return (int) lab.exec("router", "ip", address.contains(":") ? "-6" : "-4", "route", "show", address)
                .out()
                .lines()
                .filter(line -> line.contains("via "))
                .count();
    }

    private static String inUrl(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
