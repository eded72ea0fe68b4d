package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.allocation.Holder;
import dev.clarion.allocation.LedgerCodec;
import dev.clarion.allocation.LedgerEntry;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ShardId;
import dev.clarion.config.Names;
import dev.clarion.net.Ip;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.Watch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The controller against a real API server. */
class ControllerIT {
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
    }

    @AfterEach
    void clear() {
        world.close();
    }

    private static String pools(String... pools) {
        return "ipAddressPools:\n" + String.join("", pools);
    }

    @Test
    void anEditOfTheConfigMapGivesAWaitingServiceItsAddress() throws IOException {
        world.start();
        world.configure(pools(World.pool("lan", "192.168.50.200")));
        world.create("first");
        world.awaitAddresses("first", "192.168.50.200");
        world.create("second");
        world.awaitReason("second", "NoFreeAddress");

        long edited = System.nanoTime();
        world.configure(pools(World.pool("lan", "192.168.50.200"), World.pool("more", "10.1.0.0/24", "fd00:1::/120")));
        world.awaitAddresses("second", "10.1.0.0");
        System.out.printf(
                "from edit to address: %d ms%n",
                Duration.ofNanos(System.nanoTime() - edited).toMillis());

        Service second = world.service("second");
        assertThat(second.getMetadata().getAnnotations()).containsEntry(Names.ALLOCATED_FROM_ANNOTATION, "more");
        assertThat(world.condition("second").orElseThrow().getStatus()).isEqualTo("True");
        assertThat(world.ledger()).isEqualTo(Map.of("192.168.50.200", "first", "10.1.0.0", "second"));
    }

    @Test
    void theHeartbeatKeyIsMadeOnceAndWhatIsThereStays() throws IOException {
        world.start();
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.heartbeatKey())
                        .hasValueSatisfying(key -> assertThat(key).hasSize(HeartbeatKey.BYTES)));
        byte[] made = world.heartbeatKey().orElseThrow();
        assertThat(made).isNotEqualTo(new byte[HeartbeatKey.BYTES]);
        assertThat(world.heartbeatKeyMaker().ensure()).isTrue();
        assertThat(world.heartbeatKey().orElseThrow()).isEqualTo(made);
    }

    @Test
    void aTypoIsReportedWithItsPlaceAndTheRestApplies() throws IOException {
        world.start();
        world.configure(pools(World.pool("lan", "192.168.50.200")));
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");

        world.configure(pools(World.pool("lan", "192.168.50.300"), World.pool("more", "10.1.0.7")));
        world.create("next");

        world.awaitAddresses("next", "10.1.0.7");
        assertThat(world.addresses("web")).containsExactly("192.168.50.200");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.events("ConfigProblem"))
                        .anySatisfy(note -> assertThat(note).contains("config.yaml:3:15", "ipAddressPools/lan")));
        assertThat(world.condition("web").orElseThrow().getReason()).isEqualTo("Allocated");
    }

    @Test
    void garbageAndOversizeAreReportedAndWhatWasInForceStays() throws IOException {
        Controller controller = world.start();
        world.configure(pools(World.pool("lan", "192.168.50.200-192.168.50.201")));
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");

        world.configure("\t{{{ this is no YAML");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.events("ConfigProblem")).hasSize(1));
        world.configure("# " + "x".repeat(950_000) + "\n");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.events("ConfigProblem")).hasSize(2));
        client().configMaps()
                .inNamespace(world.namespace)
                .withName(Names.CONFIG_MAP)
                .delete();
        world.create("next");

        world.awaitAddresses("next", "192.168.50.201");
        assertThat(world.addresses("web")).containsExactly("192.168.50.200");
        assertThat(controller.last().config().config().ipAddressPools()).hasSize(1);
    }

    @Test
    void whatWouldBeTooLargeToPublishLeavesWhatIsInForceAndServicesAreServedOn() throws IOException {
        world.start();
        world.configure(pools(World.pool("lan", "192.168.50.200-192.168.50.201")));
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");
        String filler = "x".repeat(50);
        StringBuilder own = new StringBuilder(pools(World.pool("lan", "192.168.50.200-192.168.50.201")));
        StringBuilder theirs = new StringBuilder("address-pools:\n");
        for (int i = 0; i < 3_500; i++) {
            String address = (i >> 8) + "." + (i & 255) + ".0";
            own.append("- {name: own-%d-%s, addresses: [10.%s]}\n".formatted(i, filler, address));
            theirs.append("- {name: m-%d-%s, protocol: layer2, addresses: [11.%s/32]}\n".formatted(i, filler, address));
        }
        world.apply("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"metallb-system\"}}");
        world.configure("metallb-system", "config", "config", theirs.toString());
        world.configure(own.toString());
        try {
            await().atMost(World.LONG)
                    .untilAsserted(() -> assertThat(world.events("ConfigProblem"))
                            .anySatisfy(note -> assertThat(note).contains("all sources together come to")));
            world.create("next");
            world.awaitAddresses("next", "192.168.50.201");
        } finally {
            // All tests of the class share this namespace; one that fails here is not to fail the others.
            client().configMaps()
                    .inNamespace("metallb-system")
                    .withName("config")
                    .delete();
        }
    }

    private io.fabric8.kubernetes.client.KubernetesClient client() {
        return world.client;
    }

    @Test
    void aRestartKeepsEveryAddressAndWritesNothing() throws IOException {
        Controller first = world.start(Names.CONTROLLER_LEASE, "first");
        world.configure(pools(World.pool("lan", "192.168.50.200-192.168.50.219")));
        for (int i = 0; i < 10; i++) {
            world.create("web-" + i);
        }
        for (int i = 0; i < 10; i++) {
            String name = "web-" + i;
            await().atMost(World.LONG)
                    .untilAsserted(() -> assertThat(world.addresses(name)).hasSize(1));
        }
        world.stop(first);
        Map<String, String> before = versions();

        Controller second = world.start(Names.CONTROLLER_LEASE, "second");
        World.awaitPlan(second);
        Instant planned = second.last().at();
        await().atMost(World.LONG).until(() -> second.last().at().isAfter(planned.plusSeconds(1)));

        assertThat(versions()).isEqualTo(before);
    }

    /** The versions of everything that a controller writes, its Lease and events aside. */
    private Map<String, String> versions() {
        Map<String, String> versions = new HashMap<>();
        Stream.concat(
                        client().services().inNamespace("default").list().getItems().stream(),
                        client().configMaps().inNamespace(world.namespace).list().getItems().stream())
                .forEach(object -> versions.put(
                        object.getKind() + "/" + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion()));
        return versions;
    }

    @Test
    void twoControllersThatBothLeadNeverGiveOneAddressTwice() throws IOException {
        world.configure(pools(World.pool("lan", "10.2.0.240-10.2.1.40")));
        world.start("lease-a", "a");
        world.start("lease-b", "b");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            names.add("web-" + i);
            world.create("web-" + i);
            if (i % 4 == 3) {
                String gone = names.remove(i / 4);
                world.delete(gone);
            }
        }
        await().atMost(World.LONG).untilAsserted(() -> {
            Map<String, String> shown = new HashMap<>();
            for (String name : names) {
                assertThat(world.addresses(name))
                        .hasSize(1)
                        .allSatisfy(ip -> assertThat(shown.put(ip, name))
                                .as("two Services at " + ip)
                                .isNull());
            }
            assertThat(world.ledger()).isEqualTo(shown);
        });
    }

    /** Installed twice by mistake, with different pools. Before it was noticed they wrote ten times a second, for ever. */
    @Test
    void twoControllersOfTwoConfigurationsDoNotFightOverOneService() throws IOException {
        world.configure(pools(World.pool("ours", "192.168.50.200")));
        AtomicInteger writes = new AtomicInteger();
        Watch counting =
                client().services().inNamespace("default").withName("web").watch(World.counting(writes));
        try (World other = new World(plane.kubeconfig())) {
            other.configure(pools(World.pool("theirs", "192.168.60.200")));
            world.start();
            other.start();
            world.create("web");

            await().atMost(World.LONG)
                    .untilAsserted(() -> assertThat(client().events()
                                    .v1()
                                    .events()
                                    .inNamespace("default")
                                    .list()
                                    .getItems())
                            .filteredOn(event -> "StatusContested".equals(event.getReason()))
                            .isNotEmpty());
            assertThat(world.addresses("web")).hasSize(1);
            assertThat(writes.get()).as("writes until it was noticed").isLessThan(40);
        } finally {
            counting.close();
        }
    }

    @Test
    void whatADeletedServiceHadGoesToTheOneThatWaits() throws IOException {
        world.start();
        world.configure(pools(World.pool("lan", "192.168.50.200")));
        world.create("first");
        world.awaitAddresses("first", "192.168.50.200");
        world.create("second");
        world.awaitReason("second", "NoFreeAddress");

        world.delete("first");

        world.awaitAddresses("second", "192.168.50.200");
    }

    @Test
    void aLedgerDeletedByHandIsRebuiltFromStatuses() throws IOException {
        world.start();
        world.configure(pools(World.pool("lan", "192.168.50.200-192.168.50.219")));
        world.create("first");
        world.awaitAddresses("first", "192.168.50.200");

        world.ledgerMaps().values().forEach(map -> client().resource(map).delete());
        world.create("second");

        world.awaitAddresses("second", "192.168.50.201");
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(world.ledger())
                        .isEqualTo(Map.of("192.168.50.200", "first", "192.168.50.201", "second")));
    }

    @Test
    void whatWasPublishedAndIsDamagedByHandIsWrittenAnew() throws IOException {
        world.start();
        world.configure(pools(World.pool("lan", "192.168.50.200-192.168.50.201")));
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");

        client().configMaps()
                .inNamespace(world.namespace)
                .withName(Names.EFFECTIVE_MAP)
                .edit(map -> new ConfigMapBuilder(map)
                        .withData(Map.of(Names.EFFECTIVE_KEY, "\t{{{ this is no YAML"))
                        .build());

        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(client().configMaps()
                                .inNamespace(world.namespace)
                                .withName(Names.EFFECTIVE_MAP)
                                .get()
                                .getData()
                                .get(Names.EFFECTIVE_KEY))
                        .contains("name: lan", "192.168.50.200/31"));
        world.create("next");
        world.awaitAddresses("next", "192.168.50.201");
        assertThat(world.addresses("web")).containsExactly("192.168.50.200");
    }

    @Test
    void aStatusWipedByHandIsRestored() throws IOException {
        world.start();
        world.configure(pools(World.pool("lan", "192.168.50.200-192.168.50.219")));
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");

        world.patchStatus("web", "{\"status\":{\"loadBalancer\":{\"ingress\":null},\"conditions\":null}}");

        world.awaitAddresses("web", "192.168.50.200");
        assertThat(world.condition("web")).isPresent();
    }

    @Test
    void whatDiedBetweenLedgerAndStatusIsHealed() throws IOException {
        world.configure(pools(World.pool("lan", "192.168.50.200-192.168.50.219")));
        Service web = world.create("web");
        LedgerEntry entry = LedgerEntry.Held.by(
                Ip.parse("192.168.50.207"),
                "lan",
                new Holder(
                        new ServiceKey("default", "web"),
                        web.getMetadata().getUid(),
                        Instant.parse("2026-07-01T10:00:00Z"),
                        Optional.empty(),
                        Optional.empty()));
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(world.namespace)
                        .withName(ShardId.of(entry.ip()).name())
                        .endMetadata()
                        .withData(LedgerCodec.write(List.of(entry)))
                        .build())
                .create();

        world.start();

        world.awaitAddresses("web", "192.168.50.207");
        assertThat(world.ledger()).isEqualTo(Map.of("192.168.50.207", "web"));
    }

    @Test
    void theConditionsOfOthersSurvive() throws IOException {
        world.create("web");
        world.patchStatus(
                "web",
                "{\"status\":{\"conditions\":[{\"type\":\"example.com/Checked\",\"status\":\"Unknown\",\"reason\":\"Why\","
                        + "\"message\":\"m\",\"lastTransitionTime\":\"2026-07-01T10:00:00Z\",\"observedGeneration\":3}]}}");
        world.start();
        world.configure(pools(World.pool("lan", "192.168.50.200")));

        world.awaitAddresses("web", "192.168.50.200");

        assertThat(world.service("web").getStatus().getConditions())
                .extracting("type", "status", "reason", "message", "lastTransitionTime", "observedGeneration")
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "example.com/Checked", "Unknown", "Why", "m", "2026-07-01T10:00:00Z", 3L));
        assertThat(world.condition("web")).isPresent();
    }

    @Test
    void theFollowerTakesOverAndChangesNothing() throws IOException {
        world.configure(pools(World.pool("lan", "192.168.50.200-192.168.50.219")));
        Controller leader = world.start(Names.CONTROLLER_LEASE, "leader");
        world.create("web");
        world.awaitAddresses("web", "192.168.50.200");
        Controller follower = world.start(Names.CONTROLLER_LEASE, "follower");

        world.stop(leader);
        World.awaitPlan(follower);
        world.create("next");

        world.awaitAddresses("next", "192.168.50.201");
        assertThat(world.addresses("web")).containsExactly("192.168.50.200");
    }
}
