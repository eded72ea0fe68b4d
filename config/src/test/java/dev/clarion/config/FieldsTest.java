package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.LabelSelector.Operator;
import dev.clarion.config.LabelSelector.Requirement;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every field: what it says when it is right, and the one reason when it is wrong. */
class FieldsTest {
    private static final LabelSelector WEB = new LabelSelector(Map.of("app", "web"), List.of());
    private static final LabelSelector RACKS =
            new LabelSelector(Map.of(), List.of(new Requirement("example.com/rack", Operator.IN, List.of("r1", "r2"))));

    private static Config read(String yaml) {
        Reading reading = ConfigReader.read(yaml);
        assertThat(reading.problems()).isEmpty();
        return EffectiveConfig.next(Optional.empty(), reading).config();
    }

    @Test
    void poolWithEveryField() {
        assertThat(read("""
                        ipAddressPools:
                        - name: lan.example
                          addresses: [10.0.0.0/24, fd00::/120]
                          exclude: [10.0.0.1, 10.0.0.10-10.0.0.20]
                          autoAssign: false
                          avoidBuggyIPs: true
                          serviceAllocation:
                            priority: 7
                            namespaces: [team-a, team-b]
                            namespaceSelectors:
                            - matchLabels: {app: web}
                            serviceSelectors:
                            - matchExpressions:
                              - {key: example.com/rack, operator: In, values: [r2, r1]}
                          onRemoval: move
                          coolDown: 5m
                          retention: 48h
                          labels: {tier: front, empty: ""}
                        """).ipAddressPools())
                .containsExactly(new IpAddressPool(
                        "lan.example",
                        List.of(IpRange.parse("10.0.0.0/24"), IpRange.parse("fd00::/120")),
                        List.of(IpRange.parse("10.0.0.1"), IpRange.parse("10.0.0.10-10.0.0.20")),
                        false,
                        true,
                        Optional.of(
                                new ServiceAllocation(7, List.of("team-a", "team-b"), List.of(WEB), List.of(RACKS))),
                        OnRemoval.MOVE,
                        Duration.ofMinutes(5),
                        Duration.ofDays(2),
                        Map.of("tier", "front", "empty", "")));
    }

    @Test
    void poolThatSaysNothingHasTheDefaults() {
        IpAddressPool pool = read("ipAddressPools: [{name: a, addresses: [10.0.0.1]}]")
                .ipAddressPools()
                .getFirst();
        assertThat(pool).isEqualTo(new IpAddressPool("a", List.of(IpRange.parse("10.0.0.1")), true));
        assertThat(pool.coolDown()).hasSeconds(60);
        assertThat(pool.retention()).isZero();
        assertThat(pool.onRemoval()).isEqualTo(OnRemoval.KEEP);
        assertThat(pool.serviceAllocation()).isEmpty();
    }

    @Test
    void serviceAllocationWithoutAnythingIsStillThere() {
        assertThat(read("ipAddressPools: [{name: a, addresses: [10.0.0.1], serviceAllocation: {}}]")
                        .ipAddressPools()
                        .getFirst()
                        .serviceAllocation())
                .contains(new ServiceAllocation(0, List.of(), List.of(), List.of()));
    }

    @ParameterizedTest(name = "pool with {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "exclude: [10.0.0.5/31]|BAD_ADDRESS",
                "exclude: [224.0.0.1]|UNUSABLE_ADDRESS",
                "exclude: [10.0.0.1, 10.0.0.0/30]|REPEATED_ADDRESS",
                "exclude: 10.0.0.1|WRONG_TYPE",
                "exclude: [10.9.9.9]|EXCLUDED_ELSEWHERE",
                "exclude: [10.0.0.250-10.0.1.5]|EXCLUDED_ELSEWHERE",
                "exclude: [10.0.0.0/24]|NOTHING_LEFT",
                "avoidBuggyIPs: 1|WRONG_TYPE",
                "onRemoval: drop|BAD_CHOICE",
                "onRemoval: Keep|BAD_CHOICE",
                "onRemoval: [keep]|BAD_CHOICE",
                "coolDown: 721h|BAD_TIME",
                "coolDown: 1500ms|BAD_TIME",
                "coolDown: 60|BAD_TIME",
                "coolDown: -1s|BAD_TIME",
                "retention: 8761h|BAD_TIME",
                "retention: forever|BAD_TIME",
                "labels: [a]|WRONG_TYPE",
                "labels: {a b: c}|BAD_SELECTOR",
                "labels: {a: -c}|BAD_SELECTOR",
                "labels: {a: 1}|WRONG_TYPE",
                "labels: {a: b, a: c}|DUPLICATE_KEY",
                "labels: {a/b/c: d}|BAD_SELECTOR",
                "serviceAllocation: true|WRONG_TYPE",
                "serviceAllocation: {prio: 1}|UNKNOWN_KEY",
                "serviceAllocation: {priority: -1}|BAD_NUMBER",
                "serviceAllocation: {priority: 2147483648}|BAD_NUMBER",
                "serviceAllocation: {priority: high}|WRONG_TYPE",
                "serviceAllocation: {namespaces: [A]}|BAD_NAME",
                "serviceAllocation: {namespaces: [a.b]}|BAD_NAME",
                "serviceAllocation: {namespaces: [a, a]}|REPEATED_NAME",
                "serviceAllocation: {namespaceSelectors: {app: web}}|WRONG_TYPE",
                "serviceAllocation: {serviceSelectors: [{app: web}]}|UNKNOWN_KEY",
                "serviceAllocation: {serviceSelectors: [{matchLabels: {app: web}}, {matchLabels: {app: web}}]}|REPEATED_NAME",
            })
    void poolFieldThatIsWrong(String field, ProblemReason reason) {
        assertReasons("ipAddressPools:\n- name: a\n  addresses: [10.0.0.0/24]\n  " + field, reason);
    }

    private static void assertReasons(String yaml, ProblemReason... reasons) {
        Reading reading = ConfigReader.read(yaml);
        assertThat(reading.problems()).extracting(Problem::reason).containsExactly(reasons);
        assertThat(reading.problems()).allSatisfy(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
        });
    }

    @ParameterizedTest(name = "selector {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|-",
                "{matchLabels: {}}|-",
                "{matchLabels: {example.com/a_b.C: 1a}}|-",
                "{matchExpressions: [{key: a, operator: Exists}]}|-",
                "{matchExpressions: [{key: a, operator: Exists, values: []}]}|-",
                "{matchExpressions: [{key: a, operator: DoesNotExist}]}|-",
                "{matchExpressions: [{key: a, operator: NotIn, values: [x, y]}]}|-",
                "{matchExpressions: [{key: a, operator: In}]}|BAD_SELECTOR",
                "{matchExpressions: [{key: a, operator: NotIn, values: []}]}|BAD_SELECTOR",
                "{matchExpressions: [{key: a, operator: Exists, values: [x]}]}|BAD_SELECTOR",
                "{matchExpressions: [{key: a, operator: in, values: [x]}]}|BAD_CHOICE",
                "{matchExpressions: [{key: a}]}|MISSING_KEY",
                "{matchExpressions: [{operator: Exists}]}|MISSING_KEY",
                "{matchExpressions: [{key: -, operator: Exists}]}|BAD_SELECTOR",
                "{matchExpressions: [{key: a, operator: In, values: [x, 1]}]}|WRONG_TYPE",
                "{matchExpressions: [{key: a, operator: In, values: ['x y']}]}|BAD_SELECTOR",
                "{matchExpressions: {key: a}}|WRONG_TYPE",
                "{matchLabels: {app: web}, app: web}|UNKNOWN_KEY",
                "web|WRONG_TYPE",
            })
    void selectorIsWhatKubernetesTakes(String selector, String reason) {
        String yaml = "l2Advertisements:\n- name: a\n  nodeSelectors:\n  - " + selector;
        if (reason.equals("-")) {
            assertReasons(yaml);
        } else {
            assertReasons(yaml, ProblemReason.valueOf(reason));
        }
    }

    @Test
    void layer2AdvertisementWithEveryField() {
        assertThat(read("""
                        ipAddressPools: [{name: p, addresses: [10.0.0.1]}]
                        l2Advertisements:
                        - name: a
                          ipAddressPools: [p]
                          ipAddressPoolSelectors: [{matchLabels: {app: web}}]
                          nodeSelectors: [{}]
                          interfaces: [eth0, bond0.100]
                          serviceSelectors: [{matchLabels: {app: web}}]
                          preferredNodeSelectors:
                          - weight: 100
                            preference: {matchLabels: {app: web}}
                          - weight: 1
                            preference: {}
                        """).l2Advertisements())
                .containsExactly(new L2Advertisement(
                        "a",
                        List.of("p"),
                        List.of(WEB),
                        List.of(LabelSelector.EVERYTHING),
                        List.of("eth0", "bond0.100"),
                        List.of(WEB),
                        List.of(
                                new L2Advertisement.Preference(100, WEB),
                                new L2Advertisement.Preference(1, LabelSelector.EVERYTHING))));
    }

    @ParameterizedTest(name = "l2Advertisement with {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "interfaces: [an-interface-name]|BAD_NAME",
                "interfaces: [a/b]|BAD_NAME",
                "interfaces: ['a b']|BAD_NAME",
                "interfaces: ['..']|BAD_NAME",
                "interfaces: [1]|WRONG_TYPE",
                "interfaces: [eth0, eth0]|REPEATED_NAME",
                "preferredNodeSelectors: [{weight: 0, preference: {}}]|BAD_NUMBER",
                "preferredNodeSelectors: [{weight: 101, preference: {}}]|BAD_NUMBER",
                "preferredNodeSelectors: [{preference: {}}]|MISSING_KEY",
                "preferredNodeSelectors: [{weight: 1}]|MISSING_KEY",
                "preferredNodeSelectors: [{weight: 1, preference: []}]|WRONG_TYPE",
                "preferredNodeSelectors: [5]|WRONG_TYPE",
                "peers: [a]|UNKNOWN_KEY",
            })
    void layer2FieldThatIsWrong(String field, ProblemReason reason) {
        assertReasons("l2Advertisements:\n- name: a\n  " + field, reason);
    }

    @Test
    void bgpAdvertisementWithEveryField() {
        Config config = read("""
                ipAddressPools: [{name: p, addresses: [10.0.0.0/16], labels: {app: web}}]
                communities: [{name: quiet, value: 65535:65282}]
                bgpPeers: [{name: r, myASN: 1, peerASN: 2, peerAddress: 10.1.0.1}]
                bgpAdvertisements:
                - name: a
                  ipAddressPools: [p]
                  ipAddressPoolSelectors: [{matchLabels: {app: web}}]
                  aggregationLength: 24
                  aggregationLengthV6: 64
                  localPref: 4294967295
                  communities: ["64512:1", large:4294967295:0:7, quiet]
                  peers: [r]
                  nodeSelectors: [{matchLabels: {app: web}}]
                - name: b
                  serviceSelectors: [{matchLabels: {app: web}}]
                  weightByEndpoints: true
                """);
        BgpAdvertisement a = new BgpAdvertisement(
                "a",
                List.of("p"),
                List.of(WEB),
                24,
                64,
                4_294_967_295L,
                List.of(
                        new Community.Standard(64512, 1),
                        new Community.Large(4_294_967_295L, 0, 7),
                        new Community.Alias("quiet")),
                List.of("r"),
                List.of(WEB),
                List.of());
        assertThat(config.bgpAdvertisements().getFirst()).isEqualTo(a);
        assertThat(config.bgpAdvertisements().getLast().serviceSelectors()).containsExactly(WEB);
        assertThat(config.bgpAdvertisements().getLast().weightByEndpoints()).isTrue();
        assertThat(config.communitiesOf(a))
                .containsExactly(
                        new Community.Standard(64512, 1),
                        new Community.Large(4_294_967_295L, 0, 7),
                        new Community.Standard(65535, 65282));
    }

    @ParameterizedTest(name = "bgpAdvertisement with {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "aggregationLength: 0|BAD_NUMBER",
                "aggregationLength: 33|BAD_NUMBER",
                "aggregationLength: 024|BAD_NUMBER",
                "aggregationLength: \"24\"|WRONG_TYPE",
                "aggregationLengthV6: 0|BAD_NUMBER",
                "aggregationLengthV6: 129|BAD_NUMBER",
                "localPref: -1|BAD_NUMBER",
                "localPref: 4294967296|BAD_NUMBER",
                "communities: ['65536:1']|BAD_COMMUNITY",
                "communities: ['1:65536']|BAD_COMMUNITY",
                "communities: ['1:2:3']|BAD_COMMUNITY",
                "communities: ['large:1:2']|BAD_COMMUNITY",
                "communities: ['large:4294967296:0:0']|BAD_COMMUNITY",
                "communities: ['1:2', '1:2']|REPEATED_NAME",
                "communities: [-x]|BAD_NAME",
                "communities: [nobody]|UNKNOWN_COMMUNITY",
                "peers: [A]|BAD_NAME",
                "weightByEndpoints: 'true'|WRONG_TYPE",
                "interfaces: [eth0]|UNKNOWN_KEY",
            })
    void bgpAdvertisementFieldThatIsWrong(String field, ProblemReason reason) {
        assertReasons("bgpAdvertisements:\n- name: a\n  " + field, reason);
    }

    @Test
    void aggregatesCannotSelectServices() {
        String selects = "bgpAdvertisements:\n- name: a\n  serviceSelectors: [{}]\n  ";
        assertReasons(selects + "aggregationLength: 24", ProblemReason.CONTRADICTION);
        assertReasons(selects + "aggregationLengthV6: 64", ProblemReason.CONTRADICTION);
        assertReasons(selects + "aggregationLength: 32\n  aggregationLengthV6: 128");
    }

    @Test
    void aggregatesHaveNoWeights() {
        String weighs = "bgpAdvertisements:\n- name: a\n  weightByEndpoints: true\n  ";
        assertReasons(weighs + "aggregationLength: 24", ProblemReason.CONTRADICTION);
        assertReasons(weighs + "aggregationLengthV6: 64", ProblemReason.CONTRADICTION);
        assertReasons(weighs + "aggregationLength: 32\n  aggregationLengthV6: 128");
    }

    @Test
    void peerWithEveryField() {
        Config config = read("""
                bfdProfiles: [{name: fast}]
                bgpPeers:
                - name: a
                  myASN: 64512
                  peerASN: 64513
                  localASN: 65000
                  peerAddress: 10.0.0.1
                  sourceAddress: 10.0.0.2
                  peerPort: 1179
                  holdTime: 30s
                  keepaliveTime: 10s
                  connectTime: 5s
                  routerID: 10.9.9.9
                  nodeSelectors: [{matchLabels: {app: web}}]
                  passwordSecret: {name: bgp.password, namespace: secrets}
                  bfdProfile: fast
                  enableGracefulRestart: true
                  ebgpMultiHop: true
                  vrf: red
                  dualStackAddressFamily: true
                  passive: true
                  longLivedStaleTime: 1h
                - name: b
                  myASN: 64512
                  dynamicASN: external
                  interface: eth1
                  keepaliveTime: 20s
                  role: rs-client
                """);
        assertThat(config.bgpPeers().getFirst())
                .isEqualTo(new BgpPeer(
                        "a",
                        64512,
                        new RemoteAs.Fixed(64513),
                        OptionalLong.of(65000),
                        new Neighbor.Address(Ip.parse("10.0.0.1")),
                        Optional.of(Ip.parse("10.0.0.2")),
                        1179,
                        Duration.ofSeconds(30),
                        Optional.of(Duration.ofSeconds(10)),
                        Optional.of(Duration.ofSeconds(5)),
                        Optional.of(Ip.parse("10.9.9.9")),
                        List.of(WEB),
                        Optional.of(new SecretReference(Optional.of("secrets"), "bgp.password")),
                        Optional.of("fast"),
                        true,
                        true,
                        Optional.of("red"),
                        true,
                        true,
                        OptionalInt.empty(),
                        Optional.of(Duration.ofHours(1))));
        BgpPeer unnumbered = config.bgpPeers().getLast();
        assertThat(unnumbered.neighbor()).isEqualTo(new Neighbor.OnInterface("eth1"));
        assertThat(unnumbered.peerAs()).isEqualTo(RemoteAs.Dynamic.EXTERNAL);
        assertThat(unnumbered.role()).contains(PeerRole.RS_CLIENT);
        assertThat(unnumbered.peerAsn()).isEmpty();
        assertThat(unnumbered.peerAddress()).isEmpty();
        assertThat(unnumbered.holdTime()).as("three times the keepalive time").hasSeconds(60);
    }

    @ParameterizedTest(name = "peer with {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dynamicASN: internal|CONTRADICTION",
                "dynamicASN: any|BAD_CHOICE,CONTRADICTION",
                "interface: eth0|CONTRADICTION",
                "localASN: 0|BAD_ASN",
                "peerPort: 0|BAD_NUMBER",
                "peerPort: 65536|BAD_NUMBER",
                "sourceAddress: fd00::1|CONTRADICTION",
                "sourceAddress: 224.0.0.1|UNUSABLE_ADDRESS",
                "sourceAddress: here|BAD_ADDRESS",
                "keepaliveTime: 0s|BAD_TIME",
                "keepaliveTime: 21846s|BAD_TIME",
                "keepaliveTime: 500ms|BAD_TIME",
                "keepaliveTime: 91s~  holdTime: 90s|CONTRADICTION",
                "keepaliveTime: 1s~  holdTime: 0s|CONTRADICTION",
                "connectTime: 0s|BAD_TIME",
                "connectTime: 65536s|BAD_TIME",
                "routerID: fd00::1|UNUSABLE_ADDRESS",
                "routerID: 0.0.0.0|UNUSABLE_ADDRESS",
                "routerID: 7|BAD_ADDRESS",
                "passwordSecret: secret|WRONG_TYPE",
                "passwordSecret: {}|MISSING_KEY",
                "passwordSecret: {name: S}|BAD_NAME",
                "passwordSecret: {name: s, key: k}|UNKNOWN_KEY",
                "bfdProfile: slow|UNKNOWN_BFD_PROFILE",
                "bfdProfile: 1|WRONG_TYPE",
                "enableGracefulRestart: 'true'|WRONG_TYPE",
                "role: Customer|BAD_CHOICE",
                "vrf: 'a red one'|BAD_NAME",
                "password: hunter2|PLAIN_PASSWORD",
                "disableMP: false|UNSUPPORTED_KEY",
                "bgpextras: x|UNKNOWN_KEY",
            })
    void peerFieldThatIsWrong(String field, String reasons) {
        String yaml = "bgpPeers:\n- name: a\n  myASN: 1\n  peerASN: 2\n  peerAddress: 10.0.0.1\n  "
                + field.replace('~', '\n');
        assertThat(ConfigReader.read(yaml).problems())
                .extracting(problem -> problem.reason().name())
                .containsExactlyInAnyOrder(reasons.split(","));
    }

    @ParameterizedTest(name = "peer {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "myASN: 1~peerASN: 1~peerAddress: 10.0.0.1~ebgpMultiHop: true|CONTRADICTION",
                "myASN: 1~dynamicASN: internal~peerAddress: 10.0.0.1~ebgpMultiHop: true|CONTRADICTION",
                "myASN: 1~peerASN: 2~interface: eth0~ebgpMultiHop: true|CONTRADICTION",
                "myASN: 1~peerASN: 2~interface: eth0~sourceAddress: 10.0.0.1|CONTRADICTION",
                "myASN: 1~peerASN: 2~peerAddress: 10.0.0.1~ebgpMultiHop: true~ttlSecurityHops: 2|CONTRADICTION",
                "myASN: 1~peerASN: 2~peerAddress: 10.0.0.1~longLivedStaleTime: 1h|CONTRADICTION",
                "myASN: 1~peerASN: 2~peerAddress: 10.0.0.1~ttlSecurityHops: 255|BAD_NUMBER",
                "myASN: 1~peerASN: 2~peerAddress: 10.0.0.1~enableGracefulRestart: true~longLivedStaleTime: 0s|BAD_TIME",
                "myASN: 1~peerASN: 1~peerAddress: 10.0.0.1~localASN: 2|CONTRADICTION",
                "myASN: 1~peerASN: 1~peerAddress: 10.0.0.1~role: peer|CONTRADICTION",
                "myASN: 1~dynamicASN: internal~peerAddress: 10.0.0.1~role: peer|CONTRADICTION",
                "myASN: 1~peerAddress: 10.0.0.1|MISSING_KEY",
                "myASN: 1~peerASN: 2|MISSING_KEY",
                "peerASN: 2~peerAddress: 10.0.0.1|MISSING_KEY",
                "myASN: 1~peerASN: 2~interface: a/b|BAD_NAME",
            })
    void peerThatContradictsItself(String fields, ProblemReason reason) {
        String yaml = "bgpPeers:\n- name: a\n  " + fields.replace("~", "\n  ");
        assertReasons(yaml, reason);
    }

    @Test
    void passwordIsRefusedWithTheAdviceToUseASecretAndNotShown() {
        Problem problem = ConfigReader.read(
                        "bgpPeers: [{name: a, myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, password: hunter2}]")
                .problems()
                .getFirst();
        assertThat(problem.toString()).contains("passwordSecret").doesNotContain("hunter2");
    }

    @Test
    void bfdProfileWithEveryFieldAndWithNone() {
        assertThat(read("""
                        bfdProfiles:
                        - name: a
                          receiveInterval: 10
                          transmitInterval: 60000
                          detectMultiplier: 255
                          echoInterval: 100
                          echoMode: true
                          passiveMode: true
                          minimumTtl: 1
                        - name: b
                        """).bfdProfiles())
                .containsExactly(
                        new BfdProfile(
                                "a",
                                Duration.ofMillis(10),
                                Duration.ofMinutes(1),
                                255,
                                Duration.ofMillis(100),
                                true,
                                true,
                                1),
                        new BfdProfile(
                                "b",
                                Duration.ofMillis(300),
                                Duration.ofMillis(300),
                                3,
                                Duration.ofMillis(50),
                                false,
                                false,
                                254));
    }

    @ParameterizedTest(name = "BFD profile with {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "receiveInterval: 9|BAD_NUMBER",
                "receiveInterval: 300ms|WRONG_TYPE",
                "transmitInterval: 60001|BAD_NUMBER",
                "echoInterval: 0|BAD_NUMBER",
                "detectMultiplier: 1|BAD_NUMBER",
                "detectMultiplier: 256|BAD_NUMBER",
                "minimumTtl: 0|BAD_NUMBER",
                "minimumTtl: 255|BAD_NUMBER",
                "echoMode: maybe|WRONG_TYPE",
                "minimumTTL: 5|UNKNOWN_KEY",
            })
    void bfdFieldThatIsWrong(String field, ProblemReason reason) {
        assertReasons("bfdProfiles:\n- name: a\n  " + field, reason);
    }

    @ParameterizedTest(name = "community {0} = {1}: {2}")
    @CsvSource({
        "no-export, '\"65535:65281\"', -",
        "NO_PEER, 0:0, -",
        "a.b, large:1:2:3, -",
        "'\"a:b\"', 1:2, BAD_NAME",
        "_a, 1:2, BAD_NAME",
        "a, b, BAD_COMMUNITY",
        "a, 1, BAD_COMMUNITY",
        "a, '[1:2]', WRONG_TYPE",
        "a, , MISSING_KEY",
    })
    void communityHasANameAndAValue(String name, String value, String reason) {
        Reading reading = ConfigReader.read(
                "communities:\n- name: " + name + "\n  value: " + (value == null ? "" : value) + "\n");
        assertThat(reading.problems())
                .extracting(problem -> problem.reason().name())
                .isEqualTo(reason.equals("-") ? List.of() : List.of(reason));
    }

    @Test
    void reservationsAndQuotas() {
        Config config = read("""
                ipAddressPools: [{name: p, addresses: [10.0.0.0/24, fd00::/120]}]
                reservations:
                - {name: dns, addresses: [10.0.0.53, "fd00::53"], service: kube-system/dns}
                quotas:
                - {name: all, addresses: 0}
                - name: teams
                  addresses: 5
                  namespaces: [a]
                  namespaceSelectors: [{matchLabels: {app: web}}]
                  ipAddressPools: [p]
                """);
        assertThat(config.reservations())
                .containsExactly(new Reservation(
                        "dns", List.of(Ip.parse("10.0.0.53"), Ip.parse("fd00::53")), "kube-system", "dns"));
        assertThat(config.quotas())
                .containsExactly(
                        new Quota("all", List.of(), List.of(), List.of(), 0),
                        new Quota("teams", List.of("a"), List.of(WEB), List.of("p"), 5));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "reservations: [{name: a, addresses: [10.0.0.1]}]|MISSING_KEY",
                "reservations: [{name: a, service: a/b}]|MISSING_KEY",
                "reservations: [{name: a, addresses: [], service: a/b}]|EMPTY_LIST",
                "reservations: [{name: a, addresses: 10.0.0.1, service: a/b}]|WRONG_TYPE",
                "reservations: [{name: a, addresses: [10.0.0.0/24], service: a/b}]|BAD_ADDRESS",
                "reservations: [{name: a, addresses: [127.0.0.1], service: a/b}]|UNUSABLE_ADDRESS",
                "reservations: [{name: a, addresses: [10.0.0.1], service: b}]|BAD_NAME",
                "reservations: [{name: a, addresses: [10.0.0.1], service: a/b/c}]|BAD_NAME",
                "reservations: [{name: a, addresses: [10.0.0.1], service: a/B}]|BAD_NAME",
                "reservations: [{name: a, addresses: [10.0.0.1], service: {a: b}}]|WRONG_TYPE",
                "quotas: [{name: a}]|MISSING_KEY",
                "quotas: [{name: a, addresses: -1}]|BAD_NUMBER",
                "quotas: [{name: a, addresses: 2147483648}]|BAD_NUMBER",
                "quotas: [{name: a, addresses: some}]|WRONG_TYPE",
                "quotas: [{name: a, addresses: 1, services: 1}]|UNKNOWN_KEY",
            })
    void reservationOrQuotaThatIsWrong(String yaml, ProblemReason reason) {
        assertReasons(yaml, reason);
    }
}
