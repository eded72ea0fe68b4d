package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.config.IpAddressPool;
import dev.clarion.config.Names;
import dev.clarion.controller.metallb.MetallbSettings;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MetalLB's resources, its ConfigMap and its Pods on a real API server. */
class MetallbIT {
    private static final String NAMESPACE = MetallbSettings.NAMESPACE;
    private static final Path CRDS =
            Path.of(System.getProperty("clarion.root", ".."), "config/src/test/resources/metallb/metallb-crds.yaml");
    /** All that the definitions define: one that is removed before it could be listed keeps the API server busy for minutes. */
    private static final List<String> KINDS = List.of(
            "ipaddresspools",
            "l2advertisements",
            "bgpadvertisements",
            "bgppeers",
            "bfdprofiles",
            "communities",
            "servicel2statuses",
            "servicebgpstatuses",
            "configurationstates");

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
    void open() {
        world = new World(plane.kubeconfig());
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .createOr(existing -> existing.update());
    }

    @AfterEach
    void clear() throws IOException {
        // Whatever goes wrong here, no controller of this test must be left to quarrel with that of the next.
        try {
            world.stopAll();
            client().configMaps().inNamespace(NAMESPACE).withName("config").delete();
            client().pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
            removeKinds();
        } finally {
            world.close();
        }
    }

    private KubernetesClient client() {
        return world.client;
    }

    private List<HasMetadata> definitions() throws IOException {
        try (InputStream in = Files.newInputStream(CRDS)) {
            return client().load(in).items();
        }
    }

    private void installKinds() throws IOException {
        definitions().forEach(definition -> client().resource(definition).create());
        await().atMost(World.LONG)
                .until(() -> KINDS.stream().allMatch(kind -> {
                    try {
                        client().genericKubernetesResources(context(kind))
                                .inNamespace(NAMESPACE)
                                .list();
                        return true;
                    } catch (RuntimeException notYet) {
                        return false;
                    }
                }));
    }

    private void removeKinds() throws IOException {
        List<HasMetadata> definitions = definitions();
        definitions.forEach(definition -> client().resource(definition).delete());
        // What is still there is shown, so that a failure tells what keeps it.
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(definitions.stream()
                                .map(definition -> client().resource(definition).get())
                                .filter(Objects::nonNull)
                                .map(Object::toString))
                        .isEmpty());
    }

    private static ResourceDefinitionContext context(String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("metallb.io")
                .withVersion(plural.equals("bgppeers") ? "v1beta2" : "v1beta1")
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    private void create(String plural, String kind, String name, String spec) {
        String yaml = "apiVersion: metallb.io/" + (plural.equals("bgppeers") ? "v1beta2" : "v1beta1") + "\nkind: "
                + kind + "\nmetadata: {name: " + name + ", namespace: " + NAMESPACE + "}\nspec: " + spec + "\n";
        GenericKubernetesResource resource =
                client().getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        client().genericKubernetesResources(context(plural))
                .inNamespace(NAMESPACE)
                .resource(resource)
                .createOr(existing -> existing.update());
    }

    private void pool(String name, String addresses) {
        create("ipaddresspools", "IPAddressPool", name, "{addresses: [" + addresses + "]}");
    }

    /** A Service as MetalLB leaves it. */
    private void servedByMetalLb(String name, String pool, String ip) {
        world.create(name);
        client().services()
                .inNamespace("default")
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"metallb.io/ip-allocated-from-pool\":\"" + pool + "\"}}}");
        world.patchStatus(name, "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"" + ip + "\"}]}}}");
    }

    @Test
    void aClusterOfMetalLbsIsTakenOverWithoutOneAddressChanging() throws IOException {
        installKinds();
        pool("lan", "192.168.60.10-192.168.60.19, 192.168.61.7/29");
        create("l2advertisements", "L2Advertisement", "lan", "{ipAddressPools: [lan]}");
        create("bgppeers", "BGPPeer", "router", "{myASN: 64512, peerASN: 64513, peerAddress: 10.0.0.1}");
        create("bgpadvertisements", "BGPAdvertisement", "all", "{communities: [mine]}");
        create("communities", "Community", "names", "{communities: [{name: mine, value: '64512:7'}]}");
        create("bfdprofiles", "BFDProfile", "fast", "{receiveInterval: 100}");
        servedByMetalLb("a", "lan", "192.168.60.15");
        servedByMetalLb("b", "lan", "192.168.61.1");
        servedByMetalLb("c", "lan", "192.168.60.10");

        Controller controller = world.start();
        World.awaitPlan(controller);
        world.create("new");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.addresses("new")).hasSize(1));

        assertThat(world.addresses("a")).containsExactly("192.168.60.15");
        assertThat(world.addresses("b")).containsExactly("192.168.61.1");
        assertThat(world.addresses("c")).containsExactly("192.168.60.10");
        assertThat(world.addresses("new")).containsExactly("192.168.60.11");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.ledger())
                        .isEqualTo(Map.of(
                                "192.168.60.15", "a",
                                "192.168.61.1", "b",
                                "192.168.60.10", "c",
                                "192.168.60.11", "new")));
        assertThat(controller.last().config().config().entries()).hasSize(6);
        // The counters are ours to keep while MetalLB does not run.
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(String.valueOf(pool().<Object>get("status", "assignedIPv4")))
                        .isEqualTo("4"));
        // What is read laxer than we would write it is said on the object itself.
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(events(NAMESPACE, "IPAddressPool"))
                        .anyMatch(note -> note.contains("192.168.61.7/29")));
    }

    private List<String> events(String namespace, String kind) {
        return client().events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> kind.equals(event.getRegarding().getKind()))
                .map(event -> event.getNote())
                .toList();
    }

    @Test
    void kindsMayComeAndGoWhileTheControllerRuns() throws IOException {
        Controller controller = world.start();
        world.create("web");
        World.awaitPlan(controller);

        installKinds();
        pool("lan", "192.168.60.20-192.168.60.29");
        create("l2advertisements", "L2Advertisement", "lan", "{}");
        world.awaitAddresses("web", "192.168.60.20");
        await().atMost(World.LONG)
                .until(() ->
                        controller.last().config().config().l2Advertisements().size() == 1);
        long generation = controller.last().config().generation();

        removeKinds();
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(events("default", "CustomResourceDefinition"))
                        .anyMatch(note -> note.contains("no kind IPAddressPool any more")
                                && note.contains("lan stays in force")));
        Instant gone = Instant.now();
        await().atMost(World.LONG).until(() -> controller.last().at().isAfter(gone.plusSeconds(1)));
        assertThat(controller.last().config().generation()).isEqualTo(generation);
        assertThat(world.addresses("web")).containsExactly("192.168.60.20");
        world.create("next");
        world.awaitAddresses("next", "192.168.60.21");

        // A restart in that state changes nothing either.
        world.stop(controller);
        Controller second = world.start();
        World.awaitPlan(second);
        Instant planned = second.last().at();
        await().atMost(World.LONG).until(() -> second.last().at().isAfter(planned.plusSeconds(1)));
        assertThat(second.last().config().generation()).isEqualTo(generation);
        assertThat(world.addresses("web")).containsExactly("192.168.60.20");
    }

    @Test
    void aDeletedResourceIsGoneAndABadOneIsToldOnItself() throws IOException {
        installKinds();
        pool("lan", "192.168.60.30-192.168.60.39");
        pool("more", "192.168.62.0/24");
        Controller controller = world.start();
        await().atMost(World.LONG)
                .until(() ->
                        controller.last().config().config().ipAddressPools().size() == 2);

        pool("lan", "192.168.60.300/24");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(events(NAMESPACE, "IPAddressPool"))
                        .anyMatch(note -> note.startsWith("IPAddressPool metallb-system/lan spec.addresses[0]:")));
        world.create("web");
        world.awaitAddresses("web", "192.168.60.30");

        client().genericKubernetesResources(context("ipaddresspools"))
                .inNamespace(NAMESPACE)
                .withName("more")
                .delete();
        await().atMost(World.LONG)
                .until(() ->
                        controller.last().config().config().ipAddressPools().size() == 1);
    }

    @Test
    void metalLbsConfigMapOfOldIsReadAndItsRemovalTakesNothingAway() throws IOException {
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("config")
                        .endMetadata()
                        .withData(Map.of(
                                "config",
                                "address-pools:\n- {name: old, protocol: layer2, addresses: [192.168.63.9/24]}\n"))
                        .build())
                .create();
        servedByMetalLb("a", "old", "192.168.63.77");
        Controller controller = world.start();
        World.awaitPlan(controller);
        world.create("new");
        world.awaitAddresses("new", "192.168.63.0");
        assertThat(world.addresses("a")).containsExactly("192.168.63.77");
        assertThat(controller
                        .last()
                        .config()
                        .config()
                        .l2Advertisements()
                        .getFirst()
                        .name())
                .isEqualTo("l2advertisement1");

        client().configMaps().inNamespace(NAMESPACE).withName("config").delete();
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(events(NAMESPACE, "ConfigMap"))
                        .anyMatch(note -> note.contains("is gone; what it said stays in force")));
        assertThat(controller.last().config().config().ipAddressPools()).hasSize(1);

        world.configure("ipAddressPools:\n" + World.pool("new", "10.9.0.0/24"));
        await().atMost(World.LONG)
                .until(() ->
                        controller.last().config().config().ipAddressPools().size() == 2);
    }

    @Test
    void whileMetalLbRunsItsServicesAreLeftAlone() throws IOException {
        client().resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("default")
                        .endMetadata()
                        .build())
                .createOr(existing -> existing.update());
        Pod pod = client().resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("controller-1")
                        .withLabels(Map.of("app", "metallb", "component", "controller"))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("controller")
                        .withImage("none")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        client().resource(pod)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"Running\"}}");
        installKinds();
        pool("lan", "192.168.60.40-192.168.60.49");
        servedByMetalLb("a", "lan", "192.168.60.45");
        world.create("pending");
        client().resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("ours")
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .withLoadBalancerClass(Names.LOAD_BALANCER_CLASS)
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        world.configure("ipAddressPools:\n" + World.pool("own", "10.8.0.0/24"));
        String before = world.service("a").getMetadata().getResourceVersion();
        String pending = world.service("pending").getMetadata().getResourceVersion();
        String lan = pool().getMetadata().getResourceVersion();

        Controller controller = world.start();
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.addresses("ours")).containsExactly("10.8.0.0"));
        Instant served = controller.last().at();
        await().atMost(World.LONG).until(() -> controller.last().at().isAfter(served.plus(Duration.ofSeconds(6))));

        assertThat(world.service("a").getMetadata().getResourceVersion()).isEqualTo(before);
        assertThat(world.service("pending").getMetadata().getResourceVersion()).isEqualTo(pending);
        assertThat(pool().getMetadata().getResourceVersion()).isEqualTo(lan);
        assertThat(controller.last().config().config().ipAddressPools())
                .as("pools that MetalLB gives addresses of")
                .extracting(IpAddressPool::name)
                .containsExactly("own");
        assertThat(events("default", "Namespace")).anyMatch(note -> note.contains("MetalLB runs in this cluster"));

        client().resource(pod).withGracePeriod(0).delete();
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.addresses("pending")).containsExactly("192.168.60.40"));
        assertThat(world.addresses("a")).containsExactly("192.168.60.45");
    }

    private GenericKubernetesResource pool() {
        return Optional.ofNullable(client().genericKubernetesResources(context("ipaddresspools"))
                        .inNamespace(NAMESPACE)
                        .withName("lan")
                        .get())
                .orElseThrow();
    }
}
