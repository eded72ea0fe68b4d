package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.TrafficPolicy;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.kube.ObjectKey;
import dev.clarion.net.Ip;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PartsTest {
    private static Ip ip(String text) {
        return Ip.parse(text);
    }

    @Test
    void theRouterIdIsTheNodesAddressElseAnInterfacesElseAHash() {
        assertThat(RouterId.choose(Optional.of(ip("10.0.0.11")), List.of(ip("192.168.50.11")), "n1"))
                .isEqualTo(ip("10.0.0.11"));
        assertThat(RouterId.choose(
                        Optional.empty(), List.of(ip("fd00::1"), ip("127.0.0.1"), ip("192.168.50.11")), "n1"))
                .isEqualTo(ip("192.168.50.11"));
        Ip hashed = RouterId.choose(Optional.empty(), List.of(ip("fd00::1")), "n1");
        assertThat(hashed).isEqualTo(RouterId.choose(Optional.empty(), List.of(), "n1"));
        assertThat(hashed).isNotEqualTo(RouterId.choose(Optional.empty(), List.of(), "n2"));
    }

    @Test
    void noHashIsAnIdentifierThatOldRoutersRefuse() {
        for (int i = 0; i < 2_000; i++) {
            Ip id = RouterId.choose(Optional.empty(), List.of(), "node-" + i);
            int first = id.toV4Bits() >>> 24;
            assertThat(first).as("node-%d: %s", i, id).isBetween(1, 223).isNotEqualTo(127);
        }
    }

    @Test
    void bgpListenTakesAnAddressAndAPort() {
        assertThat(Listen.on(Optional.empty())).isEmpty();
        assertThat(Listen.on(Optional.of("192.0.2.1:179")))
                .hasValueSatisfying(listen -> assertThat(listen.address()).isEqualTo(ip("192.0.2.1")));
        assertThat(Listen.on(Optional.of("[2001:db8::1]:1790"))).hasValueSatisfying(listen -> {
            assertThat(listen.address()).isEqualTo(ip("2001:db8::1"));
            assertThat(listen.port()).isEqualTo(1790);
        });
        for (String wrong : List.of("", "179", "192.0.2.1", "192.0.2.1:bgp", "2001:db8::1:179", "192.0.2.1:70000")) {
            assertThatThrownBy(() -> Listen.on(Optional.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void slicesOfOneServiceAddUpAndOthersAreLeftOut() {
        ServiceKey web = new ServiceKey("shop", "web");
        Inputs inputs = new Inputs(
                Map.of(
                        new ObjectKey("shop", "web"),
                        new ServiceRecord(
                                web,
                                "u",
                                Optional.empty(),
                                List.of(ip("192.168.50.200")),
                                Optional.empty(),
                                TrafficPolicy.LOCAL,
                                Map.of(),
                                Optional.empty())),
                Map.of(
                        new ObjectKey("shop", "web-1"),
                        new SliceRecord(web, "IPv4", new EndpointFacts(true, Set.of("n1"))),
                        new ObjectKey("shop", "web-2"),
                        new SliceRecord(web, "IPv4", new EndpointFacts(true, Set.of("n2"))),
                        new ObjectKey("shop", "web-3"),
                        new SliceRecord(
                                web,
                                "IPv6",
                                new EndpointFacts(true, Set.of("n1", "n2"), Set.of(), Map.of("n1", 1, "n2", 1))),
                        new ObjectKey("other", "web-1"),
                        new SliceRecord(new ServiceKey("other", "web"), "IPv4", new EndpointFacts(true, Set.of("n3")))),
                Map.of(),
                EffectiveConfig.NONE,
                new TreeSet<>(),
                Map.of(),
                List.of(),
                Set.of());
        NodeView view = inputs.view("n1");
        assertThat(view.services())
                .singleElement()
                .satisfies(service ->
                        assertThat(service.endpoints()).isEqualTo(new EndpointFacts(true, Set.of("n1", "n2"))));
    }

    @Test
    void aConfigurationThatCannotBeReadOrIsGoneLeavesTheLastOneInForce() {
        EffectiveSource source = new EffectiveSource();
        assertThat(source.read(Optional.empty())).isEqualTo(EffectiveConfig.NONE);
        String good = """
                generation: 7
                ipAddressPools:
                - name: lan
                  addresses: [192.168.50.200-192.168.50.219]
                """;
        EffectiveConfig read = source.read(Optional.of(good));
        assertThat(read.generation()).isEqualTo(7);
        assertThat(source.problem()).isEmpty();
        assertThat(source.read(Optional.of("generation: [")).generation()).isEqualTo(7);
        assertThat(source.problem()).hasValueSatisfying(why -> assertThat(why).contains("generation 7 stays in force"));
        assertThat(source.read(Optional.empty()).generation()).isEqualTo(7);
        assertThat(source.read(Optional.of(good)).generation()).isEqualTo(7);
        assertThat(source.problem()).isEmpty();
    }

    private static Object read(String text) {
        return new KubernetesSerialization().unmarshal(text, Map.class);
    }

    @Test
    void treesAreReadBackAsTheyWereWritten() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("address", "fd50::200");
        inner.put("count", 3);
        inner.put("up", true);
        inner.put("quote", "a \"b\" \\ \n \u00e9 - : #");
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("empty", List.of());
        tree.put("none", Map.of());
        tree.put("list", List.of(inner, inner));
        tree.put("nested", Map.of("deeper", Map.of("names", List.of("x", "yes", "0.1"))));
        tree.put("lists", List.of(List.of("a", "b"), List.of("c")));
        assertThat(read(Tree.json(tree))).isEqualTo(tree);
        assertThat(read(Tree.yaml(tree))).as(Tree.yaml(tree)).isEqualTo(tree);
        assertThat(Tree.yaml(tree)).contains("list:\n- address: \"fd50::200\"\n  count: 3\n");
    }
}
