package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.allocation.LedgerCodec;
import dev.clarion.allocation.LedgerEntry;
import dev.clarion.allocation.ShardId;
import dev.clarion.config.Names;
import dev.clarion.controller.metallb.MetallbSettings;
import dev.clarion.kube.KubeAccess;
import dev.clarion.kube.LeaderElection;
import dev.clarion.kube.SecretMaker;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** One namespace for Clarion on a real API server, the controllers that run there, and what a user does. */
final class World implements AutoCloseable {
    /** Far more than anything takes: the machine may be busy. */
    static final Duration LONG = Duration.ofSeconds(90);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final KubernetesClient client;
    final String namespace = "clarion-" + NUMBER.incrementAndGet();
    /** What a controller that is started from now on reads of MetalLB. */
    MetallbSettings metallb = MetallbSettings.standard(namespace);

    private final Path kubeconfig;
    private final List<Controller> running = new ArrayList<>();

    World(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
        this.client = KubeAccess.connect(Optional.of(kubeconfig), "test");
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    Controller start() throws IOException {
        return start(Names.CONTROLLER_LEASE, "one");
    }

    Controller start(String lease, String identity) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Controller controller = new Controller(
                KubeAccess.connect(Optional.of(kubeconfig), "clarion-controller/test"),
                new Settings(
                        namespace,
                        Names.LOAD_BALANCER_CLASS,
                        metallb,
                        LeaderElection.Settings.standard(namespace, lease, identity),
                        anyPort,
                        anyPort,
                        "test"));
        running.add(controller);
        return controller;
    }

    void stop(Controller controller) {
        running.remove(controller);
        controller.close();
    }

    void configure(String yaml) {
        configure(namespace, Names.CONFIG_MAP, Names.CONFIG_KEY, yaml);
    }

    void configure(String where, String name, String key, String yaml) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(where)
                        .withName(name)
                        .endMetadata()
                        .withData(Map.of(key, yaml))
                        .build())
                .createOr(existing -> existing.update());
    }

    static String pool(String name, String... ranges) {
        return "- name: " + name + "\n  addresses: [" + String.join(", ", ranges) + "]\n";
    }

    Service create(String name) {
        return client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
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

    /** What signs heartbeats, if the Secret is there. */
    Optional<byte[]> heartbeatKey() {
        Secret secret = client.secrets()
                .inNamespace(namespace)
                .withName(Names.HEARTBEAT_SECRET)
                .get();
        return Optional.ofNullable(secret)
                .map(made -> Base64.getDecoder().decode(made.getData().get(Names.HEARTBEAT_KEY)));
    }

    HeartbeatKey heartbeatKeyMaker() {
        return new HeartbeatKey(new SecretMaker(client, namespace), () -> true);
    }

    /** Creates what a manifest says, or replaces it. */
    void apply(String yaml) {
        client.resource(yaml).createOr(existing -> existing.update());
    }

    /** Changes a Service by a merge patch. */
    void patch(String name, String json) {
        client.services().inNamespace("default").withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    Service service(String name) {
        Service found = client.services().inNamespace("default").withName(name).get();
        assertThat(found).as(name).isNotNull();
        return found;
    }

    void delete(String name) {
        client.services().inNamespace("default").withName(name).delete();
    }

    void patchStatus(String name, String json) {
        client.services()
                .inNamespace("default")
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    static List<String> addresses(Service service) {
        return service.getStatus().getLoadBalancer() == null
                        || service.getStatus().getLoadBalancer().getIngress() == null
                ? List.of()
                : service.getStatus().getLoadBalancer().getIngress().stream()
                        .map(LoadBalancerIngress::getIp)
                        .toList();
    }

    List<String> addresses(String name) {
        return addresses(service(name));
    }

    Optional<Condition> condition(String name) {
        List<Condition> conditions = service(name).getStatus().getConditions();
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> Names.ALLOCATED_CONDITION.equals(condition.getType()))
                        .findFirst();
    }

    /** Waits until a Service has exactly these addresses. */
    void awaitAddresses(String name, String... addresses) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(addresses(name)).containsExactly(addresses));
    }

    void awaitReason(String name, String reason) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(condition(name).map(Condition::getReason)).contains(reason));
    }

    /** Waits until this controller has made a plan. */
    static void awaitPlan(Controller controller) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(controller.last().at()).isAfter(Snapshot.NONE.at()));
    }

    Map<String, ConfigMap> ledgerMaps() {
        Map<String, ConfigMap> maps = new TreeMap<>();
        client.configMaps().inNamespace(namespace).list().getItems().stream()
                .filter(map -> ShardId.parse(map.getMetadata().getName()).isPresent())
                .forEach(map -> maps.put(map.getMetadata().getName(), map));
        return maps;
    }

    /** The ledger as stored: address to who has it. */
    Map<String, String> ledger() {
        Map<String, String> holders = new TreeMap<>();
        ledgerMaps()
                .forEach((name, map) -> LedgerCodec.read(
                                ShardId.parse(name).orElseThrow(),
                                "1",
                                map.getData() == null ? Map.of() : map.getData())
                        .shard()
                        .entries()
                        .values()
                        .forEach((LedgerEntry entry) -> {
                            if (entry instanceof LedgerEntry.Held held) {
                                holders.put(
                                        entry.ip().toString(),
                                        held.holders().stream()
                                                .map(holder -> holder.service().name())
                                                .collect(Collectors.joining(",")));
                            }
                        }));
        return holders;
    }

    List<String> events(String reason) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> reason.equals(event.getReason()))
                .map(event -> event.getNote())
                .toList();
    }

    /** Counts what is written to what is watched. */
    static Watcher<Service> counting(AtomicInteger writes) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Service service) {
                writes.incrementAndGet();
            }

            @Override
            public void onClose(WatcherException lost) {
                throw new IllegalStateException(lost);
            }
        };
    }

    void stopAll() {
        List.copyOf(running).forEach(this::stop);
    }

    @Override
    public void close() {
        stopAll();
        client.services().inNamespace("default").list().getItems().stream()
                .filter(service -> "LoadBalancer".equals(service.getSpec().getType()))
                .forEach(service -> delete(service.getMetadata().getName()));
        client.close();
    }
}
