package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MetalLB's ConfigMap: what it becomes, where its meaning is kept though we would be stricter, and what is refused. */
class MetallbConfigReaderTest {
    private static final String FULL = """
            peers:
            - peer-address: 10.0.0.1
              peer-asn: 64512
              my-asn: 64513
              peer-port: 1179
              source-address: 10.0.0.2
              hold-time: 120s
              keepalive-time: 30s
              router-id: 1.2.3.4
              bfd-profile: fast
              ebgp-multihop: true
              node-selectors:
              - match-labels:
                  kubernetes.io/hostname: prod-01
                match-expressions:
                - {key: kubernetes.io/arch, operator: in, values: [amd64, arm]}
            - {my-asn: 64513, peer-asn: 64513, peer-address: "fd00::1"}
            address-pools:
            - name: routed
              protocol: bgp
              addresses: [192.168.10.0/24, 192.168.0.150 - 192.168.0.200]
              avoid-buggy-ips: true
              bgp-advertisements:
              - {aggregation-length: 28, aggregation-length-v6: 64, localpref: 100, communities: [64512:1, no-export]}
              - {localpref: 7}
            - name: lan
              protocol: layer2
              auto-assign: false
              addresses: [192.168.11.0/24]
            - name: routed-too
              protocol: bgp
              addresses: [192.168.12.0/24]
            - name: lan-too
              protocol: layer2
              addresses: [192.168.13.0/24]
            bgp-communities:
              no-export: 65535:65281
            bfd-profiles:
            - name: fast
              receive-interval: 280
              transmit-interval: 270
              detect-multiplier: 200
              echo-interval: 62
              echo-mode: yes
              passive-mode: false
              minimum-ttl: 250
            """;

    private static Reading read(String yaml) {
        return MetallbConfigReader.read("metallb-system", "config", yaml);
    }

    private static List<String> problems(String yaml) {
        return read(yaml).problems().stream().map(Problem::toString).toList();
    }

    private static Config config(String yaml) {
        return Publication.of(Optional.empty(), read(yaml)).effective().config();
    }

    private static String pool(String fields) {
        return "address-pools:\n- name: lan\n  protocol: layer2\n" + fields.indent(2);
    }

    private static String peer(String fields) {
        return "peers:\n- my-asn: 64512\n  peer-asn: 64513\n" + fields.indent(2);
    }

    @Test
    void everythingThatTheLastReleaseWithAConfigMapKnewIsRead() {
        Config config = config(FULL);

        assertThat(problems(FULL)).isEmpty();
        assertThat(config.ipAddressPools())
                .extracting(IpAddressPool::name, IpAddressPool::autoAssign, IpAddressPool::avoidBuggyIps)
                .containsExactly(
                        tuple("routed", true, true),
                        tuple("lan", false, false),
                        tuple("routed-too", true, false),
                        tuple("lan-too", true, false));
        assertThat(config.ipAddressPools().getFirst().ranges())
                .containsExactly(IpRange.parse("192.168.10.0/24"), IpRange.parse("192.168.0.150-192.168.0.200"));
        assertThat(config.bgpPeers())
                .containsExactly(
                        new BgpPeer(
                                "peer1",
                                64513,
                                new RemoteAs.Fixed(64512),
                                OptionalLong.empty(),
                                new Neighbor.Address(Ip.parse("10.0.0.1")),
                                Optional.of(Ip.parse("10.0.0.2")),
                                1179,
                                Duration.ofSeconds(120),
                                Optional.of(Duration.ofSeconds(30)),
                                Optional.empty(),
                                Optional.of(Ip.parse("1.2.3.4")),
                                List.of(new LabelSelector(
                                        Map.of("kubernetes.io/hostname", "prod-01"),
                                        List.of(new LabelSelector.Requirement(
                                                "kubernetes.io/arch",
                                                LabelSelector.Operator.IN,
                                                List.of("amd64", "arm"))))),
                                Optional.empty(),
                                Optional.of("fast"),
                                false,
                                true,
                                Optional.empty(),
                                false,
                                false,
                                OptionalInt.empty(),
                                Optional.empty()),
                        new BgpPeer("peer2", 64513, 64513, Ip.parse("fd00::1"), BgpPeer.DEFAULT_HOLD_TIME));
        assertThat(config.bfdProfiles())
                .containsExactly(new BfdProfile(
                        "fast",
                        Duration.ofMillis(280),
                        Duration.ofMillis(270),
                        200,
                        Duration.ofMillis(62),
                        true,
                        false,
                        250));
        assertThat(config.communities())
                .containsExactly(new CommunityAlias("no-export", new Community.Standard(65535, 65281)));
    }

    @Test
    void poolsBecomeAdvertisementsWithTheNamesOfTheConverter() {
        Config config = config(FULL);

        assertThat(config.l2Advertisements())
                .containsExactly(
                        new L2Advertisement("l2advertisement1", List.of("lan")),
                        new L2Advertisement("l2advertisement2", List.of("lan-too")));
        assertThat(config.bgpAdvertisements())
                .containsExactly(
                        new BgpAdvertisement(
                                "bgpadvertisement1",
                                List.of("routed"),
                                List.of(),
                                28,
                                64,
                                100,
                                List.of(new Community.Standard(64512, 1), new Community.Alias("no-export")),
                                List.of(),
                                List.of(),
                                List.of()),
                        new BgpAdvertisement(
                                "bgpadvertisement2",
                                List.of("routed"),
                                List.of(),
                                32,
                                128,
                                7,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()),
                        new BgpAdvertisement("bgpadvertisement3", List.of("routed-too"), List.of()));
    }

    @Test
    void everyEntryComesFromTheConfigMapOfItsNamespace() {
        EffectiveConfig effective = Publication.of(Optional.empty(), read(FULL)).effective();
        assertThat(effective.config().entries())
                .allSatisfy(entry -> assertThat(effective.origin(entry.key()))
                        .isEqualTo(new Origin(Source.METALLB_CONFIG_MAP, "ConfigMap", "metallb-system", "config")));
    }

    /** Where MetalLB is laxer than our own form, its meaning stays; some of it with a warning. */
    @Test
    void hostBitsAreMaskedAway() {
        String yaml = pool("addresses: [192.168.1.77/24, 'fd00::7/120']");
        assertThat(config(yaml).ipAddressPools().getFirst().ranges())
                .containsExactly(IpRange.parse("192.168.1.0/24"), IpRange.parse("fd00::/120"));
        assertThat(problems(yaml))
                .containsExactly(
                        "ConfigMap metallb-system/config:4:15 ipAddressPools/lan addresses[0]: warning: "
                                + "'192.168.1.77/24' is read as the whole network 192.168.1.0/24, as MetalLB does; "
                                + "write that, or 192.168.1.77/32 for the one address",
                        "ConfigMap metallb-system/config:4:32 ipAddressPools/lan addresses[1]: warning: "
                                + "'fd00::7/120' is read as the whole network fd00::/120, as MetalLB does; "
                                + "write that, or fd00::7/128 for the one address");
    }

    @ParameterizedTest(name = "hold-time: {0} is {1} s")
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '`',
            value = {
                "90s,90,-",
                "1m30s,90,-",
                "4500ms,4,'4500ms' is read as 4s",
                "300ms,0,'300ms' is read as 0s",
                "90,90,'90' is read as '90s'"
            })
    void timesAreCutToWholeSeconds(String written, long seconds, @Nullable String warning) {
        String yaml = peer("peer-address: 10.0.0.1\nhold-time: " + written);
        assertThat(config(yaml).bgpPeers().getFirst().holdTime()).isEqualTo(Duration.ofSeconds(seconds));
        if (warning == null) {
            assertThat(problems(yaml)).isEmpty();
        } else {
            assertThat(problems(yaml)).singleElement().asString().contains(": warning: " + warning);
        }
    }

    @ParameterizedTest(name = "auto-assign: {0} is {1}")
    @CsvSource({"yes,true", "Off,false", "n,false", "TRUE,true", "false,false"})
    void truthIsWrittenAsInYaml11(String written, boolean meant) {
        String yaml = pool("addresses: [10.0.0.0/24]\nauto-assign: " + written);
        assertThat(config(yaml).ipAddressPools().getFirst().autoAssign()).isEqualTo(meant);
        assertThat(problems(yaml)).isEmpty();
    }

    @Test
    void fieldsWithNothingInThemAreNotThere() {
        String yaml = peer("""
                peer-address: 10.0.0.1
                source-address: ""
                router-id: ""
                password: ""
                bfd-profile: ""
                peer-port: 0
                hold-time: ""
                keepalive-time: 0s
                """);
        assertThat(problems(yaml)).isEmpty();
        assertThat(config(yaml).bgpPeers())
                .containsExactly(new BgpPeer("peer1", 64512, 64513, Ip.parse("10.0.0.1"), BgpPeer.DEFAULT_HOLD_TIME));
    }

    @Test
    void aNameThatKubernetesDoesNotTakeIsMadeLegalAsTheConverterDid() {
        String yaml = "address-pools:\n- {name: 1st_Pool, protocol: bgp, addresses: [10.0.0.0/24]}\n";
        Config config = config(yaml);
        assertThat(config.ipAddressPools()).extracting(IpAddressPool::name).containsExactly("st-pool");
        assertThat(config.bgpAdvertisements().getFirst().ipAddressPools()).containsExactly("st-pool");
        assertThat(problems(yaml)).singleElement().asString().contains("warning: '1st_Pool' is called 'st-pool' here");
    }

    /** The first releases had other words; where they leave no doubt they are read. */
    @Test
    void wordsOfTheFirstReleasesAreRead() {
        String yaml = """
                communities:
                  mine: 64512:5
                address-pools:
                - name: old
                  cidr: [10.0.0.0/24]
                  advertisements:
                  - {localpref: 5, communities: [mine]}
                - name: older
                  protocol: arp
                  cidr: [10.0.1.0/24]
                """;
        Config config = config(yaml);
        assertThat(config.ipAddressPools()).extracting(IpAddressPool::name).containsExactly("old", "older");
        assertThat(config.bgpAdvertisements().getFirst().localPref()).isEqualTo(5);
        assertThat(config.l2Advertisements().getFirst().ipAddressPools()).containsExactly("older");
        assertThat(read(yaml).isValid()).isTrue();
        assertThat(problems(yaml))
                .anyMatch(line -> line.contains("'communities' is read as 'bgp-communities'"))
                .anyMatch(line -> line.contains("'cidr' is read as 'addresses'"))
                .anyMatch(line -> line.contains("'advertisements' is read as 'bgp-advertisements'"))
                .anyMatch(line -> line.contains("'protocol' is missing and taken to be bgp"))
                .anyMatch(line -> line.contains("'arp' is read as 'layer2'"));
    }

    /** What MetalLB refused is refused, each with its place, and told in the words of the ConfigMap. */
    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "addresses: [10.0.0.7]|:4:15 ipAddressPools/lan addresses[0]: '10.0.0.7' has no length, and MetalLB refuses that; write 10.0.0.7/32",
                "addresses: [10.0.0.9-10.0.0.5]|ipAddressPools/lan addresses[0]: '10.0.0.9-10.0.0.5'",
                "addresses: []|ipAddressPools/lan addresses: a pool needs at least one address",
                "auto-assign: true|ipAddressPools/lan: 'addresses' is missing",
                "adresses: [10.0.0.0/24]|ipAddressPools/lan adresses: unknown key 'adresses'; did you mean 'addresses'?",
                "avoid-buggy-ips: maybe|ipAddressPools/lan avoid-buggy-ips: this is text; write true or false",
                "arp-network: 10.0.0.0/24|ipAddressPools/lan arp-network: 'arp-network' left MetalLB with release 0.6"
            })
    void mistakesInAPoolAreItsOwn(String fields, String expected) {
        String yaml = pool(fields);
        assertThat(problems(yaml)).anyMatch(line -> line.contains(expected));
        assertThat(config(yaml).ipAddressPools()).isEmpty();
        assertThat(config(yaml).l2Advertisements())
                .containsExactly(new L2Advertisement("l2advertisement1", List.of("lan")));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hold-time: 2s|bgpPeers/peer1 hold-time: '2s': a hold time is 0s, or 3s to 65535s",
                "peer-port: 70000|bgpPeers/peer1 peer-port: '70000' will not do",
                "router-id: nobody|bgpPeers/peer1 router-id: 'nobody'",
                "bfd-profile: none|:5:16 bgpPeers/peer1 bfd-profile: no BFD profile 'none'",
                "keepalive-time: 200s|bgpPeers/peer1 keepalive-time: longer than the hold time",
                "node-selectors: [{match-lables: {a: b}}]|node-selectors[0].match-lables: unknown key 'match-lables'; did you mean 'match-labels'?",
                "node-selectors: [{match-expressions: [{key: a, operator: Near, values: [b]}]}]|node-selectors[0].match-expressions[0].operator: 'Near'; write one of",
                "peer-addres: 10.0.0.2|peer-addres: unknown key 'peer-addres'; did you mean 'peer-address'?"
            })
    void mistakesInAPeerAreItsOwn(String field, String expected) {
        String yaml = peer("peer-address: 10.0.0.1\nhold-time: 90s\n").replace("hold-time: 90s", field)
                + "- {my-asn: 1, peer-asn: 2, peer-address: 10.0.0.9}\n";
        assertThat(problems(yaml)).anyMatch(line -> line.contains(expected));
        assertThat(config(yaml).bgpPeers()).extracting(BgpPeer::name).containsExactly("peer2");
    }

    @Test
    void aMissingFieldIsCalledByItsNameThere() {
        assertThat(problems("peers:\n- {my-asn: 64512, peer-address: 10.0.0.1}\n"))
                .containsExactly("ConfigMap metallb-system/config:2:3 bgpPeers/peer1: 'peer-asn' is missing");
    }

    @Test
    void aPasswordInTheConfigMapPutsThePeerOutAndSaysWhereItBelongs() {
        String yaml = peer("peer-address: 10.0.0.1\npassword: hunter2");
        assertThat(config(yaml).bgpPeers()).isEmpty();
        assertThat(read(yaml).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(ProblemReason.PLAIN_PASSWORD);
            assertThat(problem.path()).isEqualTo("peers[0].password");
            assertThat(problem.message()).contains("kubernetes.io/basic-auth", "passwordSecret");
        });
        assertThat(problems(yaml).toString()).doesNotContain("hunter2");
    }

    @Test
    void aPoolWithAWrongProtocolKeepsItsAdvertisementsNumber() {
        String good = """
                address-pools:
                - {name: a, protocol: layer2, addresses: [10.0.0.0/24]}
                - {name: b, protocol: layer2, addresses: [10.0.1.0/24]}
                - {name: c, protocol: layer2, addresses: [10.0.2.0/24]}
                """;
        EffectiveConfig published = Publication.of(Optional.empty(), read(good)).effective();
        Publication edited = Publication.of(
                Optional.of(published), read(good.replace("{name: b, protocol: layer2", "{name: b, protocol: l2")));

        assertThat(edited.problems())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("ipAddressPools/b protocol: 'l2' is no protocol; write layer2 or bgp");
        assertThat(edited.effective().config()).isEqualTo(published.config());
    }

    @Test
    void anAdvertisementBesideALayer2PoolIsRefusedAsMetalLbDoes() {
        assertThat(problems(pool("addresses: [10.0.0.0/24]\nbgp-advertisements: [{localpref: 1}]")))
                .singleElement()
                .asString()
                .contains("l2Advertisements/l2advertisement1", "a pool of layer 2 has no BGP advertisements");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "address-pool: []|address-pool: unknown key 'address-pool'; did you mean 'address-pools'?",
                "address-pools: {}|address-pools: this is a mapping; a list is wanted",
                "bgp-communities: [a]|bgp-communities: this is a list; a mapping is wanted",
                "peers: 7|peers: this is a number; a list is wanted"
            })
    void aListThatCannotBeReadRemovesNothing(String instead, String expected) {
        EffectiveConfig published = Publication.of(Optional.empty(), read(FULL)).effective();
        String key = expected.substring(expected.contains("did you mean") ? expected.lastIndexOf("mean '") + 6 : 0)
                .replaceAll("[':?].*", "");
        int from = FULL.indexOf(key + ":");
        int to = FULL.indexOf("\n", from);
        while (to + 1 < FULL.length() && " -".indexOf(FULL.charAt(to + 1)) >= 0) {
            to = FULL.indexOf("\n", to + 1);
        }
        String edited = FULL.substring(0, from) + instead + FULL.substring(to);

        Publication after = Publication.of(Optional.of(published), read(edited));

        assertThat(after.problems()).extracting(Problem::toString).anyMatch(line -> line.contains(expected));
        assertThat(after.effective().config()).isEqualTo(published.config());
    }

    @Test
    void anEntryWhoseNameCannotBeReadRemovesNoOther() {
        EffectiveConfig published = Publication.of(Optional.empty(), read(FULL)).effective();
        String edited = FULL.replace("- name: lan-too", "- name: [lan-too]").replace("no-export: 6", "' ': 6");

        Publication after = Publication.of(Optional.of(published), read(edited));

        assertThat(after.effective().config()).isEqualTo(published.config());
        assertThat(after.problems())
                .extracting(Problem::reason)
                .contains(ProblemReason.WRONG_TYPE, ProblemReason.BAD_NAME, ProblemReason.REMOVAL_IN_DOUBT);
    }

    @Test
    void whatIsNoYamlChangesNothingAndSaysWhere() {
        EffectiveConfig published = Publication.of(Optional.empty(), read(FULL)).effective();
        Publication after = Publication.of(Optional.of(published), read("peers: [\n\t{"));
        assertThat(after.effective().config()).isEqualTo(published.config());
        assertThat(after.problems()).singleElement().asString().startsWith("ConfigMap metallb-system/config:");
        assertThat(problems("- a")).singleElement().asString().contains("begin with a key such as 'address-pools:'");
        assertThat(problems("")).singleElement().asString().contains("warning: empty: nothing is configured");
    }
}
