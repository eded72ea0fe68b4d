package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.TrafficPolicy;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of the API's objects, read from their YAML as the API server would send it. */
class RecordsTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static <T> T read(Class<T> type, String yaml) {
        return YAML.unmarshal(yaml, type);
    }

    private static Optional<ServiceRecord> service(String spec, String status) {
        return ServiceRecord.from(read(Service.class, """
                metadata: {name: web, namespace: shop, uid: u1, annotations: {clarion.dev/allocated-from: lan}}
                spec: %s
                status: %s
                """.formatted(spec, status)));
    }

    @Test
    void aServiceWithAddressesIsKept() {
        ServiceRecord record = service(
                        "{type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerClass: a/b}",
                        "{loadBalancer: {ingress: [{ip: 192.168.50.200}, {ip: 'fd50::200'}, {hostname: x}]}}")
                .orElseThrow();
        assertThat(record.key()).isEqualTo(new ServiceKey("shop", "web"));
        assertThat(record.addresses()).containsExactly(Ip.parse("192.168.50.200"), Ip.parse("fd50::200"));
        assertThat(record.trafficPolicy()).isEqualTo(TrafficPolicy.LOCAL);
        assertThat(record.loadBalancerClass()).contains("a/b");
        assertThat(record.allocatedFrom()).contains("lan");
    }

    @Test
    void aServiceWithNothingToAnnounceIsNotKept() {
        String withAddress = "{loadBalancer: {ingress: [{ip: 192.168.50.200}]}}";
        assertThat(service("{type: ClusterIP}", withAddress)).isEmpty();
        assertThat(service("{type: LoadBalancer}", "{loadBalancer: {}}")).isEmpty();
        assertThat(service("{type: LoadBalancer}", "{}")).isEmpty();
        assertThat(service("{type: LoadBalancer}", withAddress))
                .hasValueSatisfying(record -> assertThat(record.trafficPolicy()).isEqualTo(TrafficPolicy.CLUSTER));
    }

    private static Optional<SliceRecord> slice(String endpoints) {
        return SliceRecord.from(read(EndpointSlice.class, """
                metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                endpoints: %s
                """.formatted(endpoints)));
    }

    @Test
    void readyUnsetAndServingWhileTerminatingCountAndNothingElse() {
        SliceRecord record = slice("""
                        [{addresses: [10.0.0.1], nodeName: ready, conditions: {ready: true}},
                         {addresses: [10.0.0.2], nodeName: unset},
                         {addresses: [10.0.0.3], nodeName: draining,
                          conditions: {ready: false, serving: true, terminating: true}},
                         {addresses: [10.0.0.4], nodeName: gone,
                          conditions: {ready: false, serving: false, terminating: true}},
                         {addresses: [10.0.0.5], conditions: {ready: true}}]
                        """).orElseThrow();
        assertThat(record.service()).isEqualTo(new ServiceKey("shop", "web"));
        assertThat(record.facts().nodes()).containsExactlyInAnyOrder("ready", "unset", "draining");
        assertThat(record.facts().leaving()).containsExactly("draining");
        assertThat(record.facts().staying()).isEqualTo(Map.of("ready", 1, "unset", 1));
    }

    @Test
    void aNodeStaysAsLongAsOneOfItsEndpointsInAnySliceDoes() {
        EndpointFacts one = new EndpointFacts(true, Set.of("a", "b", "c"), Set.of("a", "b"));
        EndpointFacts other = new EndpointFacts(true, Set.of("a", "b"), Set.of("b"));
        assertThat(one.and(other)).isEqualTo(new EndpointFacts(true, Set.of("a", "b", "c"), Set.of("b")));
        assertThat(other.and(one)).isEqualTo(one.and(other));
    }

    @Test
    void endpointsOfANodeAreCountedOverItsSlicesAndOnceForBothFamilies() {
        SliceRecord two = slice("[{addresses: [10.0.0.1], nodeName: a}, {addresses: [10.0.0.2], nodeName: a}]")
                .orElseThrow();
        assertThat(two.facts().staying()).isEqualTo(Map.of("a", 2));
        SliceRecord six = new SliceRecord(two.service(), "IPv6", two.facts());
        EndpointFacts one = new EndpointFacts(true, Set.of("a", "b"));
        assertThat(two.facts().and(one).staying()).isEqualTo(Map.of("a", 3, "b", 1));
        assertThat(two.facts().orByItsOtherFamily(six.facts())).isEqualTo(two.facts());
    }

    @Test
    void aSliceWithoutAServingEndpointIsNotKept() {
        assertThat(slice("[]")).isEmpty();
        assertThat(slice("[{addresses: [10.0.0.1], nodeName: n, conditions: {ready: false}}]"))
                .isEmpty();
        assertThat(slice("[{addresses: [10.0.0.1], conditions: {ready: true}}]"))
                .as("an endpoint without a node counts as one somewhere")
                .hasValueSatisfying(record -> assertThat(record.facts().any()).isTrue());
    }

    @Test
    void ofANodeTheFactsAreKeptAndItsHeartbeatsAreNoChange() {
        String node = """
                metadata: {name: n1, uid: u, labels: {node.kubernetes.io/exclude-from-external-load-balancers: ""},
                  annotations: {clarion.dev/rebalance: monday}}
                spec: {unschedulable: true, taints: [{key: node.kubernetes.io/out-of-service, effect: NoExecute}]}
                status:
                  addresses: [{type: Hostname, address: n1}, {type: InternalIP, address: 'fd00::11'},
                              {type: InternalIP, address: 10.0.0.11}]
                  conditions:
                  - {type: NetworkUnavailable, status: "True"}
                  - {type: Ready, status: "False", message: node is shutting down, lastHeartbeatTime: "%s"}
                """;
        NodeRecord first = NodeRecord.from(read(Node.class, node.formatted("2026-01-01T00:00:00Z")))
                .orElseThrow();
        assertThat(first.facts())
                .isEqualTo(new NodeFacts(
                        "n1",
                        true,
                        true,
                        true,
                        true,
                        Map.of("node.kubernetes.io/exclude-from-external-load-balancers", "")));
        assertThat(first.address()).contains(Ip.parse("fd00::11"));
        assertThat(first.internalV4()).contains(Ip.parse("10.0.0.11"));
        assertThat(first.outOfService()).isTrue();
        assertThat(first.rebalance()).contains("monday");
        assertThat(first.shuttingDown()).isTrue();
        assertThat(first.deleting()).isFalse();
        assertThat(NodeRecord.from(read(Node.class, node.formatted("2026-01-01T00:00:10Z"))))
                .contains(first);
    }

    @Test
    void aPlainNodeHasNoMarks() {
        NodeRecord record = NodeRecord.from(read(Node.class, """
                        metadata: {name: n1, uid: u, deletionTimestamp: "2026-01-01T00:00:00Z"}
                        spec: {}
                        status: {conditions: [{type: NetworkUnavailable, status: "False"}, {type: Ready, status: "True"}]}
                        """)).orElseThrow();
        assertThat(record.facts()).isEqualTo(new NodeFacts("n1", false, false, false, true, Map.of()));
        assertThat(record.deleting()).isTrue();
        assertThat(record.outOfService()).isFalse();
        assertThat(record.shuttingDown()).isFalse();
        assertThat(record.rebalance()).isEmpty();
    }

    private static Optional<LeaseRecord> lease(String name, String segments, String spec) {
        return LeaseRecord.from(read(
                Lease.class,
                "metadata: {name: " + name + ", annotations: {clarion.dev/segments: '" + segments + "'}}\nspec: "
                        + spec));
    }

    @Test
    void ofASpeakersLeaseHolderLifetimeAndSegmentsAreKept() {
        LeaseRecord record = lease(
                        "clarion-speaker-n1",
                        "192.168.50.0/24,fd50::/64,later-syntax",
                        "{holderIdentity: n1, leaseDurationSeconds: 4, renewTime: '2026-01-01T00:00:00.000000Z'}")
                .orElseThrow();
        assertThat(record.node()).isEqualTo("n1");
        assertThat(record.facts().lifetime()).isEqualTo(Duration.ofSeconds(4));
        assertThat(record.facts().released()).isFalse();
        assertThat(record.facts().speaker().segments())
                .containsExactly(Prefix.parse("192.168.50.0/24"), Prefix.parse("fd50::/64"));
    }

    @Test
    void aLeaseGivenUpIsReleasedAndAnAbsurdLifetimeIsCut() {
        assertThat(lease("clarion-speaker-n1", "", "{holderIdentity: '', leaseDurationSeconds: 1}"))
                .hasValueSatisfying(
                        record -> assertThat(record.facts().released()).isTrue());
        assertThat(lease("clarion-speaker-n1", "", "{holderIdentity: n1, leaseDurationSeconds: 86400}"))
                .hasValueSatisfying(
                        record -> assertThat(record.facts().lifetime()).isEqualTo(Duration.ofMinutes(1)));
        assertThat(lease("clarion-controller", "", "{holderIdentity: c}")).isEmpty();
    }

    @Test
    void eachRenewalChangesTheRecord() {
        String spec = "{holderIdentity: n1, leaseDurationSeconds: 4, renewTime: '2026-01-01T00:00:0%d.000000Z'}";
        assertThat(lease("clarion-speaker-n1", "", spec.formatted(1)))
                .isNotEqualTo(lease("clarion-speaker-n1", "", spec.formatted(2)));
    }
}
