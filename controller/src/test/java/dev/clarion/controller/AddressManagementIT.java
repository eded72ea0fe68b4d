package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.config.Names;
import dev.clarion.kube.NodeAnnouncements;
import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main scenarios of address management on the real API server; every one of their cases is in the planner's tests. */
class AddressManagementIT {
    private static ControlPlane plane;
    private World world;

    @BeforeAll
    static void up() throws IOException {
        plane = ControlPlane.start();
    }

    @AfterAll
    static void down() throws IOException {
        plane.close();
    }

    @BeforeEach
    void open() throws IOException {
        world = new World(plane.kubeconfig());
        world.start();
    }

    @AfterEach
    void clear() {
        world.close();
    }

    private void service(String name, String annotations, String port) {
        world.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: default, annotations: {%s}}
                spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: %s}]}
                """.formatted(name, annotations, port));
    }

    @Test
    void aPoolServesTheNamespacesThatItSelectsAndALabelOpensItToMore() {
        world.configure("""
                ipAddressPools:
                - name: team
                  addresses: [192.168.50.200]
                  serviceAllocation:
                    namespaceSelectors: [{matchLabels: {team: shop}}]
                """);
        world.create("web");
        world.awaitReason("web", "NoFreeAddress");
        world.client
                .namespaces()
                .withName("default")
                .edit(namespace -> namespace
                        .edit()
                        .editMetadata()
                        .addToLabels("team", "shop")
                        .endMetadata()
                        .build());
        try {
            world.awaitAddresses("web", "192.168.50.200");
        } finally {
            world.client
                    .namespaces()
                    .withName("default")
                    .edit(namespace -> namespace
                            .edit()
                            .editMetadata()
                            .removeFromLabels("team")
                            .endMetadata()
                            .build());
        }
    }

    @Test
    void servicesOfOneKeyShareAnAddressUntilTheirPortsCollide() {
        world.configure("ipAddressPools:\n" + World.pool("one", "192.168.50.200"));
        service("http", Names.SHARING_KEY_ANNOTATION + ": web", "80");
        service("https", "metallb.io/allow-shared-ip: web", "443");
        world.awaitAddresses("http", "192.168.50.200");
        world.awaitAddresses("https", "192.168.50.200");

        service("again", "metallb.universe.tf/allow-shared-ip: web", "80");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.condition("again").map(Condition::getStatus))
                        .contains("False"));
        assertThat(world.addresses("again")).isEmpty();

        // What frees the port wakes who waits for it.
        world.delete("http");
        world.awaitAddresses("again", "192.168.50.200");
    }

    @Test
    void fromSingleToDualStackAndBack() {
        world.configure("ipAddressPools:\n" + World.pool("four", "192.168.50.200") + World.pool("six", "fd50::200"));
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");
        world.patch("web", "{\"spec\":{\"ipFamilyPolicy\":\"RequireDualStack\"}}");
        world.awaitAddresses("web", "192.168.50.200", "fd50::200");
        world.patch(
                "web",
                "{\"spec\":{\"ipFamilyPolicy\":\"SingleStack\",\"ipFamilies\":[\"IPv4\"],\"clusterIPs\":[\""
                        + world.service("web").getSpec().getClusterIP() + "\"]}}");
        world.awaitAddresses("web", "192.168.50.200");
    }

    @Test
    void aRequestThatCannotBeMetLeavesTheAddressAsItIs() {
        world.configure("ipAddressPools:\n" + World.pool("lan", "192.168.50.200-192.168.50.201"));
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");
        world.create("other");
        world.awaitAddresses("other", "192.168.50.201");
        world.patch("web", "{\"metadata\":{\"annotations\":{\"clarion.dev/addresses\":\"192.168.50.201\"}}}");
        world.awaitReason("web", "RequestNotMet");
        assertThat(world.addresses("web")).containsExactly("192.168.50.200");
    }

    @Test
    void whatAPoolNoLongerHoldsIsKeptAndMarkedOrMovedAsThePoolSays() {
        String pools = """
                ipAddressPools:
                - {name: keeps, addresses: [%s], onRemoval: keep}
                - {name: moves, addresses: [%s], onRemoval: move}
                """;
        world.configure(pools.formatted("192.168.50.200", "192.168.60.200"));
        service("stays", "clarion.dev/address-pool: keeps", "80");
        service("goes", "clarion.dev/address-pool: moves", "80");
        world.awaitAddresses("stays", "192.168.50.200");
        world.awaitAddresses("goes", "192.168.60.200");

        world.configure(pools.formatted("192.168.50.201", "192.168.60.201"));
        world.awaitAddresses("goes", "192.168.60.201");
        world.awaitReason("stays", "AddressOutsidePools");
        assertThat(world.addresses("stays")).containsExactly("192.168.50.200");
    }

    @Test
    void reservationsAndQuotasHold() {
        world.configure("""
                ipAddressPools:
                - {name: lan, addresses: [192.168.50.200-192.168.50.205]}
                reservations:
                - {name: shop, addresses: [192.168.50.200], service: default/shop}
                quotas:
                - {name: two, namespaces: [default], addresses: 2}
                """);
        world.create("web");
        world.awaitAddresses("web", "192.168.50.201");
        world.create("shop");
        world.awaitAddresses("shop", "192.168.50.200");
        world.create("third");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.condition("third"))
                        .hasValueSatisfying(
                                condition -> assertThat(condition.getMessage()).contains("two")));
        assertThat(world.addresses("third")).isEmpty();
        world.delete("web");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.addresses("third")).hasSize(1));
    }

    @Test
    void addressesThatSomebodySetBeforeAreAdoptedWithTheLedgerGone() {
        world.configure("ipAddressPools:\n" + World.pool("lan", "192.168.50.200-192.168.50.209"));
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");
        world.create("next");
        world.awaitAddresses("next", "192.168.50.201");
        Map<String, ConfigMap> maps = world.ledgerMaps();
        assertThat(maps).hasSize(1);
        world.client.resource(maps.values().iterator().next()).delete();
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.ledger())
                        .isEqualTo(Map.of("192.168.50.200", "web", "192.168.50.201", "next")));
        assertThat(world.addresses("web")).containsExactly("192.168.50.200");
    }

    @Test
    void aServiceSaysFromWhichNodesItIsAnnounced() {
        world.configure("ipAddressPools:\n" + World.pool("lan", "192.168.50.200"));
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");
        world.apply("apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n");
        world.client.nodes().withName("n1").subresource("status").patch("""
                {"status":{"conditions":[{"type":"Ready","status":"True"}]}}""");
        NodeAnnouncements said = new NodeAnnouncements(
                Map.of(Ip.parse("192.168.50.200"), Instant.parse("2026-01-01T00:00:00Z")),
                AddressSet.of(IpRange.parse("192.168.50.200-192.168.50.210")));
        world.apply("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"namespace": "%s", "name": "clarion-node-n1"},
                 "data": {"announced": "%s"}}""".formatted(world.namespace, said.text().replace("\n", "\\n")));
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(announced("web")).hasValueSatisfying(condition -> {
                    assertThat(condition.getStatus()).isEqualTo("True");
                    assertThat(condition.getMessage())
                            .isEqualTo("192.168.50.200 by layer 2 from n1 and by BGP from n1");
                }));
        // What the planner writes carries the other condition along.
        assertThat(world.condition("web").orElseThrow().getReason()).isEqualTo("Allocated");
        world.client.nodes().withName("n1").delete();
    }

    private Optional<Condition> announced(String name) {
        return world.service(name).getStatus().getConditions().stream()
                .filter(condition -> Names.ANNOUNCED_CONDITION.equals(condition.getType()))
                .findFirst();
    }

    @Test
    void anotherClassIsLeftAloneAndTheModeOfAnAddressStaysAsItIs() {
        world.configure("ipAddressPools:\n" + World.pool("lan", "192.168.50.200-192.168.50.209"));
        world.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: theirs, namespace: default}
                spec: {type: LoadBalancer, loadBalancerClass: example.com/lb, ports: [{port: 80}]}
                """);
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");
        world.patchStatus(
                "web",
                "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"192.168.50.200\",\"ipMode\":\"Proxy\"}]}}}");
        world.patch("web", "{\"metadata\":{\"labels\":{\"touched\":\"yes\"}}}");
        world.create("after");
        world.awaitAddresses("after", "192.168.50.201");
        assertThat(world.service("web").getStatus().getLoadBalancer().getIngress())
                .extracting(LoadBalancerIngress::getIpMode)
                .isEqualTo(List.of("Proxy"));
        assertThat(world.addresses("theirs")).isEmpty();
        assertThat(world.condition("theirs")).isEmpty();
    }
}
