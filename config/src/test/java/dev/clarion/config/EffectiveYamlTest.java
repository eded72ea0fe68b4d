package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.net.IpRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveYamlTest {

    @Test
    void publishedFormIsForPeople() {
        Config config = Samples.publish(Samples.configYaml("lab.yaml")).config();
        Map<EntryKey, Long> kept = Map.of(new EntryKey(Section.BGP_PEERS, "router-v4"), 5L);
        String yaml = EffectiveYaml.write(new EffectiveConfig(7, config, kept));
        assertThat(yaml).startsWith("""
                # What is in force, written by Clarion's controller. To change it, edit ConfigMap clarion,
                # or where 'source' says that an entry comes from.
                generation: 7
                ipAddressPools:
                - name: lan
                  addresses:
                  - 192.168.50.200-192.168.50.219
                  - "fd50::200-fd50::219"
                  autoAssign: true
                """).contains("""
                bgpPeers:
                - name: router-v4
                  keptFrom: 5
                  myASN: 64513
                  peerASN: 64512
                  peerAddress: 192.168.50.254
                  holdTime: 9s
                - name: router-v6
                  myASN: 64513
                """);
    }

    @Test
    void whatWasWrittenIsReadBackEqual() throws Exception {
        Config lab = Samples.publish(Samples.configYaml("lab.yaml")).config();
        EffectiveConfig kept = new EffectiveConfig(
                Long.MAX_VALUE / 100,
                lab,
                Map.of(
                        new EntryKey(Section.L2_ADVERTISEMENTS, "lan"),
                        3L,
                        new EntryKey(Section.BGP_PEERS, "router-v6"),
                        0L));
        for (EffectiveConfig config : List.of(EffectiveConfig.NONE, new EffectiveConfig(1, lab), kept, awkward())) {
            assertThat(EffectiveYaml.read(EffectiveYaml.write(config))).isEqualTo(config);
        }
    }

    /** Names and addresses that YAML would take for something else. */
    private static EffectiveConfig awkward() {
        List<IpAddressPool> pools = List.of(
                new IpAddressPool("true", List.of(IpRange.parse("fd00::")), false),
                new IpAddressPool("null", List.of(IpRange.parse("::1:2"), IpRange.parse("1.2.3.4")), true),
                new IpAddressPool("12", List.of(IpRange.parse("1:2:3:4:5:6:7:8")), true),
                new IpAddressPool("1e3", List.of(IpRange.parse("0.0.0.1")), true),
                new IpAddressPool("no", List.of(IpRange.parse("2000::/3")), true));
        List<L2Advertisement> l2 = List.of(new L2Advertisement("yes", List.of("true", "12", "gone")));
        return new EffectiveConfig(2, new Config(pools, l2, List.of(), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hello|effective.yaml is no mapping of lists",
                "#|effective.yaml is no mapping of lists",
                "ipAddressPools: []|effective.yaml has no generation",
                "generation: x|effective.yaml:1 generation is no number",
                "generation: -1|effective.yaml:1 generation is no number",
                "generation: [|effective.yaml:1:14: not YAML: expected the node content, but found '<stream end>'",
                "{generation: 1, pools: []}|effective.yaml:1:17 pools: unknown key 'pools'",
                "{generation: 1, l2Advertisements: [{name: a, keptFrom: b}]}|effective.yaml:1 keptFrom is no number",
                "{generation: 1, l2Advertisements: [{name: 1}]}|effective.yaml:1:43 l2Advertisements[0] name: a name is text",
                "{generation: 1, l2Advertisements: [{name: a, source: b}]}|effective.yaml:1 source is no source",
                "{generation: 1, l2Advertisements: [{name: a, source: []}]}|effective.yaml:1 source is no source",
                "{generation: 1, bgpAdvertisements: [{name: a, communities: [b]}]}|effective.yaml:1:61 "
                        + "bgpAdvertisements/a communities[0]: no community 'b'",
                "{generation: 1, l2Advertisements: [{name: a}, {name: a}]}|effective.yaml:1:47 l2Advertisements/a: the entry",
                "{generation: 1, ipAddressPools: [{name: a, addresses: [1.2.3.4]}, {name: b, addresses: [1.2.3.4]}]}|effective.yaml:1:89 "
                        + "ipAddressPools/b addresses[0]: 1.2.3.4 overlaps",
            })
    void anythingElseIsRefusedInWords(String yaml, String message) {
        assertThatThrownBy(() -> EffectiveYaml.read(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }
}
