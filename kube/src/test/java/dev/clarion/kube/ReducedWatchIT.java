package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReducedWatchIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static ControlPlane plane;
    private static KubernetesClient patient;

    @BeforeAll
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    static void up() throws Exception {
        plane = ControlPlane.start();
        patient = plane.patientClient();
    }

    @AfterAll
    static void down() throws Exception {
        patient.close();
        plane.close();
    }

    private static ConfigMap map(String namespace, String name, String value, Map<String, String> labels) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .addToData("k", value)
                .build();
    }

    private static void put(String namespace, String name, String value) {
        patient.resource(map(namespace, name, value, Map.of())).createOr(existing -> existing.update());
    }

    /** Maps whose value is "ignored" are none of our business. */
    private static Optional<String> value(ConfigMap map) {
        String value = map.getData().getOrDefault("k", "ignored");
        if (value.equals("defect")) {
            throw new IllegalStateException("a reduction with a defect");
        }
        return Optional.of(value).filter(some -> !some.equals("ignored"));
    }

    @Test
    void aListOfSeveralPagesArrivesWhole() {
        try (KubernetesClient client = plane.clientWithNamespace("pages")) {
            int count = 2 * WatchScope.PAGE + 101;
            IntStream.range(0, count).parallel().forEach(i -> put("pages", "m" + i, "v" + i));
            try (ReducedWatch<String> watch = ReducedWatch.of(client, ConfigMap.class)
                    .inNamespace("pages")
                    .start(ReducedWatchIT::value, () -> {})) {
                await().atMost(SOON).until(watch::synced);
                assertThat(watch.snapshot()).hasSize(count).containsEntry(new ObjectKey("pages", "m1100"), "v1100");
                assertThat(watch.lists()).isEqualTo(1);
            }
        }
    }

    @Test
    void changesArriveReducedAndOnlyRealOnesAreTold() {
        AtomicInteger told = new AtomicInteger();
        try (KubernetesClient client = plane.clientWithNamespace("changes");
                ReducedWatch<String> watch = ReducedWatch.of(client, ConfigMap.class)
                        .inNamespace("changes")
                        .start(ReducedWatchIT::value, told::incrementAndGet)) {
            await().atMost(SOON).until(() -> watch.synced() && watch.connected());
            assertThat(told).hasValue(1);
            put("changes", "a", "one");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watch.snapshot()).containsValue("one"));
            client.configMaps()
                    .inNamespace("changes")
                    .withName("a")
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .addToAnnotations("not", "ours")
                            .endMetadata()
                            .build());
            put("changes", "b", "ignored");
            put("changes", "a", "defect");
            put("changes", "c", "grüße, 日本");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watch.snapshot())
                            .containsOnly(
                                    Map.entry(new ObjectKey("changes", "a"), "one"),
                                    Map.entry(new ObjectKey("changes", "c"), "grüße, 日本")));
            assertThat(told)
                    .as("the annotation, the ignored and the defect were no news")
                    .hasValue(3);
            patient.configMaps().inNamespace("changes").withName("a").delete();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watch.snapshot()).hasSize(1));
        }
    }

    @Test
    void aSelectionSeesItsOwnOnly() {
        try (KubernetesClient client = plane.clientWithNamespace("selection")) {
            patient.resource(map("selection", "x", "labelled", Map.of("part", "ledger")))
                    .create();
            patient.resource(map("selection", "y", "plain", Map.of())).create();
            try (ReducedWatch<String> named = ReducedWatch.of(client, ConfigMap.class)
                            .inNamespace("selection")
                            .named("y")
                            .start(ReducedWatchIT::value, () -> {});
                    ReducedWatch<String> labelled = ReducedWatch.of(client, ConfigMap.class)
                            .labelled("part=ledger")
                            .start(ReducedWatchIT::value, () -> {})) {
                await().atMost(SOON).until(() -> named.connected() && labelled.connected());
                put("selection", "y", "plain again");
                patient.resource(map("selection", "z", "more", Map.of("part", "ledger")))
                        .create();
                await().atMost(SOON).untilAsserted(() -> {
                    assertThat(named.snapshot().values()).containsOnly("plain again");
                    assertThat(labelled.snapshot().values()).containsOnly("labelled", "more");
                });
            }
        }
    }

    @Test
    void whileTheApiServerIsAwayTheSnapshotStaysAndAfterLostHistoryAllIsListedAgain() throws Exception {
        try (KubernetesClient client = plane.clientWithNamespace("away");
                ReducedWatch<String> watch = ReducedWatch.of(client, ConfigMap.class)
                        .inNamespace("away")
                        .named("kept")
                        .start(ReducedWatchIT::value, () -> {})) {
            put("away", "kept", "before");
            await().atMost(SOON)
                    .until(() -> watch.connected() && watch.snapshot().containsValue("before"));
            // Writes elsewhere, so that there is a history after our last event that can be forgotten.
            IntStream.range(0, 20).forEach(i -> put("default", "other" + i, "x"));
            String last = patient.configMaps()
                    .inNamespace("default")
                    .withName("other19")
                    .get()
                    .getMetadata()
                    .getResourceVersion();
            plane.compact(last);
            plane.killApiServer();
            await().atMost(SOON).until(() -> !watch.connected());
            assertThat(watch.synced()).isTrue();
            assertThat(watch.snapshot()).containsValue("before");

            plane.startApiServer();
            // The server takes the watch and says only then that the history is gone, so a connection alone shows
            // nothing.
            await().atMost(SOON).until(() -> watch.lists() == 2 && watch.connected());
            put("away", "kept", "after");
            await().atMost(SOON).until(() -> watch.snapshot().containsValue("after"));
        }
    }

    @Test
    void anApiServerThatFallsSilentIsSaidToBeUnreachableInBoundedTime() throws Exception {
        try (KubernetesClient client = plane.clientWithNamespace("silent")) {
            ConfigMapStore store = new ConfigMapStore(client, "silent");
            assertThat(store.create("x", Map.of(), Map.of())).isInstanceOf(StoreOutcome.Stored.class);
            plane.freezeApiServer();
            try {
                assertThat(new ServiceStatusWriter(client).patchServiceStatus(new ObjectKey("silent", "x"), "{}"))
                        .isInstanceOf(PatchOutcome.Unreachable.class);
                assertThat(store.apply("x", Map.of(), Map.of())).isInstanceOf(StoreOutcome.Failed.class);
            } finally {
                plane.thawApiServer();
            }
            await().atMost(SOON)
                    .until(() -> store.apply("x", Map.of(), Map.of("k", "v")) instanceof StoreOutcome.Stored);
        }
    }
}
