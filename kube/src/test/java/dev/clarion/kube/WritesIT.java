package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WritesIT {
    private static final String NS = "writes";
    private static ControlPlane plane;
    private static KubernetesClient client;

    @BeforeAll
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    static void up() throws Exception {
        plane = ControlPlane.start();
        client = plane.clientWithNamespace(NS);
    }

    @AfterAll
    static void down() throws Exception {
        client.close();
        plane.close();
    }

    private static Service service(String name) {
        return client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(NS)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void onePatchOfTheStatusCarriesAddressesAnnotationsAndConditions() {
        Service before = service("patched");
        ServiceStatusWriter writer = new ServiceStatusWriter(client);
        PatchOutcome outcome = writer.patchServiceStatus(
                new ObjectKey(NS, "patched"), """
                {"metadata":{"uid":"%s","annotations":{"clarion.dev/allocated-from":"lan"}},
                 "status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.7"},{"ip":"2001:db8::7"}]},
                  "conditions":[{"type":"clarion.dev/Allocated","status":"True","reason":"FromPool","message":"",
                   "lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
                """.formatted(before.getMetadata().getUid()));
        Service after = client.services().inNamespace(NS).withName("patched").get();
        assertThat(outcome).isEqualTo(new PatchOutcome.Done(after.getMetadata().getResourceVersion()));
        assertThat(after.getMetadata().getAnnotations()).containsEntry("clarion.dev/allocated-from", "lan");
        assertThat(after.getStatus().getLoadBalancer().getIngress()).hasSize(2);
        assertThat(after.getStatus().getConditions()).hasSize(1);
    }

    @Test
    void aPatchThatDoesNotFitTheObjectSaysHow() {
        service("odd");
        ServiceStatusWriter writer = new ServiceStatusWriter(client);
        ObjectKey odd = new ObjectKey(NS, "odd");
        assertThat(writer.patchServiceStatus(new ObjectKey(NS, "none"), "{}")).isEqualTo(new PatchOutcome.NotFound());
        assertThat(writer.patchServiceStatus(odd, "{\"metadata\":{\"resourceVersion\":\"1\"}}"))
                .isEqualTo(new PatchOutcome.Conflict());
        assertThat(writer.patchServiceStatus(odd, "{\"metadata\":{\"uid\":\"00000000-0000-0000-0000-000000000000\"}}"))
                .isEqualTo(new PatchOutcome.Conflict());
        assertThat(writer.patchServiceStatus(odd, "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"1.2.3\"}]}}}"))
                .isInstanceOfSatisfying(PatchOutcome.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(422);
                    assertThat(refused.message()).contains("1.2.3");
                });
    }

    @Test
    void ofTwoWhoSwapTheSameVersionOneWins() {
        ConfigMapStore store = new ConfigMapStore(client, NS);
        StoreOutcome created = store.create("ledger", Map.of("part", "ledger"), Map.of("a", "1"));
        StoredConfigMap first = ((StoreOutcome.Stored) created).now();
        assertThat(store.create("ledger", Map.of(), Map.of())).isEqualTo(new StoreOutcome.Conflict());
        assertThat(store.compareAndSwap(first, Map.of("a", "2"))).isInstanceOf(StoreOutcome.Stored.class);
        assertThat(store.compareAndSwap(first, Map.of("a", "3"))).isEqualTo(new StoreOutcome.Conflict());
        assertThat(store.delete(first)).isEqualTo(new StoreOutcome.Conflict());
        StoredConfigMap now = store.get("ledger").orElseThrow();
        assertThat(now.data()).containsExactly(Map.entry("a", "2"));
        assertThat(now.labels()).containsExactly(Map.entry("part", "ledger"));
        assertThat(store.list("part=ledger")).containsExactly(now);
        assertThat(store.delete(now)).isEqualTo(new StoreOutcome.Gone());
        assertThat(store.compareAndSwap(now, Map.of())).isEqualTo(new StoreOutcome.Gone());
        assertThat(store.get("ledger")).isEmpty();
    }

    @Test
    void aNodesOwnObjectIsCreatedOrOverwritten() {
        ConfigMapStore store = new ConfigMapStore(client, NS);
        assertThat(store.apply("clarion-node-a", Map.of("x", "y"), Map.of("old", "1", "both", "1")))
                .isInstanceOf(StoreOutcome.Stored.class);
        assertThat(store.apply("clarion-node-a", Map.of("x", "y"), Map.of("both", "2")))
                .isInstanceOf(StoreOutcome.Stored.class);
        assertThat(store.get("clarion-node-a").orElseThrow().data()).containsExactly(Map.entry("both", "2"));
        assertThat(new ConfigMapStore(client, "no-such-namespace").create("x", Map.of(), Map.of()))
                .isEqualTo(new StoreOutcome.Gone());
    }

    @Test
    void theSameEventAgainIsACountOnTheFirst() {
        Service service = service("eventful");
        ObjectRef about = ObjectRef.service(
                new ObjectKey(NS, "eventful"), service.getMetadata().getUid());
        try (EventRecorder recorder = new EventRecorder(client, "clarion.dev/test", "it-0")) {
            for (int i = 0; i < 50; i++) {
                recorder.record(about, EventType.WARNING, "PoolEmpty", "Allocate", "no address left in lan");
            }
            recorder.record(about, EventType.NORMAL, "Allocated", "192.0.2.7 from lan");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                List<Event> events = events("eventful");
                assertThat(events).hasSize(2).extracting(Event::getType).containsExactlyInAnyOrder("Warning", "Normal");
                assertThat(events)
                        .filteredOn(event -> event.getReason().equals("PoolEmpty"))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.getSeries()).isNotNull();
                            assertThat(event.getSeries().getCount()).isEqualTo(50);
                        });
            });
            assertThat(recorder.dropped()).isZero();
            assertThat(recorder.written()).isEqualTo(3);
        }
    }

    @Test
    void anEventAboutANodeIsTakenToo() {
        try (EventRecorder recorder = new EventRecorder(client, "clarion.dev/test", "it-0")) {
            recorder.record(ObjectRef.node("node-a"), EventType.NORMAL, "SpeakerReady", "é".repeat(2_000));
            await().atMost(Duration.ofSeconds(60)).until(() -> recorder.written() == 1);
        }
    }

    private static List<Event> events(String name) {
        return client.events().v1().events().inNamespace(NS).list().getItems().stream()
                .filter(event -> name.equals(event.getRegarding().getName()))
                .toList();
    }

    @Test
    void whatTheStoreCannotReadSaysWhatToDo() {
        try (KubernetesClient nobody = plane.clientAs("nobody")) {
            assertThatThrownBy(() -> new ConfigMapStore(nobody, NS).get("x"))
                    .isInstanceOf(KubeException.class)
                    .hasMessageContaining("nobody")
                    .hasMessageContaining("RBAC");
        }
    }
}
