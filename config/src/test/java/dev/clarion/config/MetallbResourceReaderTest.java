package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources of group metallb.io: what each becomes, what of MetalLB's laxity stays, and what is refused. */
class MetallbResourceReaderTest {

    private static MetallbResource resource(MetallbKind kind, String name, String spec) {
        return resource(kind, kind.versions().getFirst(), name, Map.of(), spec);
    }

    private static MetallbResource resource(
            MetallbKind kind, String version, String name, Map<String, String> labels, String spec) {
        return new MetallbResource(kind, version, "metallb-system", name, labels, Trees.mapping(spec));
    }

    private static Reading read(MetallbResource... resources) {
        return MetallbResourceReader.read(List.of(resources), Set.of());
    }

    private static Config config(MetallbResource... resources) {
        return Publication.of(Optional.empty(), read(resources)).effective().config();
    }

    private static List<String> problems(MetallbResource... resources) {
        return read(resources).problems().stream().map(Problem::toString).toList();
    }

    private static MetallbResource pool(String name, String spec) {
        return resource(MetallbKind.IP_ADDRESS_POOL, name, spec);
    }

    private static MetallbResource peer(String name, String spec) {
        return resource(MetallbKind.BGP_PEER, name, spec);
    }

    @Test
    void aPoolIsReadWithTheLabelsOfTheObject() {
        MetallbResource pool = resource(MetallbKind.IP_ADDRESS_POOL, "v1beta1", "lan", Map.of("tier", "gold"), """
                addresses: [192.168.50.0/24, 'fd00::1-fd00::9']
                autoAssign: false
                avoidBuggyIPs: true
                serviceAllocation:
                  priority: 20
                  namespaces: [a, b]
                  namespaceSelectors: [{matchLabels: {team: x}}]
                  serviceSelectors: [{matchExpressions: [{key: app, operator: Exists}]}]
                """);
        assertThat(problems(pool)).isEmpty();
        assertThat(config(pool).ipAddressPools())
                .containsExactly(new IpAddressPool(
                        "lan",
                        List.of(IpRange.parse("192.168.50.0/24"), IpRange.parse("fd00::1-fd00::9")),
                        List.of(),
                        false,
                        true,
                        Optional.of(new ServiceAllocation(
                                20,
                                List.of("a", "b"),
                                List.of(new LabelSelector(Map.of("team", "x"), List.of())),
                                List.of(new LabelSelector(
                                        Map.of(),
                                        List.of(new LabelSelector.Requirement(
                                                "app", LabelSelector.Operator.EXISTS, List.of())))))),
                        OnRemoval.KEEP,
                        IpAddressPool.DEFAULT_COOL_DOWN,
                        Duration.ZERO,
                        Map.of("tier", "gold")));
    }

    @Test
    void advertisementsProfilesAndCommunitiesAreRead() {
        Config config = config(
                pool("lan", "addresses: [10.0.0.0/24]"),
                resource(MetallbKind.L2_ADVERTISEMENT, "l2", """
                        ipAddressPools: [lan]
                        ipAddressPoolSelectors: [{matchLabels: {tier: gold}}]
                        nodeSelectors: [{matchLabels: {rack: a}}]
                        interfaces: [eth0, eth1.7]
                        preferredNodeSelectors: [{weight: 10, preference: {}}]
                        """),
                resource(MetallbKind.BGP_ADVERTISEMENT, "bgp", """
                        aggregationLength: 28
                        aggregationLengthV6: 100
                        localPref: 200
                        communities: ['64512:1', 'large:1:2:3', mine]
                        ipAddressPools: [lan]
                        peers: [router]
                        """),
                peer("router", "{myASN: 64512, peerASN: 64513, peerAddress: 10.1.0.1, bfdProfile: fast}"),
                resource(MetallbKind.BFD_PROFILE, "fast", "{receiveInterval: 100, minimumTtl: 250, echoMode: true}"),
                resource(
                        MetallbKind.COMMUNITY,
                        "names",
                        "communities: [{name: mine, value: '64512:9'}, {name: large, value: 'large:1:2:3'}]"));

        assertThat(config.l2Advertisements())
                .containsExactly(new L2Advertisement(
                        "l2",
                        List.of("lan"),
                        List.of(new LabelSelector(Map.of("tier", "gold"), List.of())),
                        List.of(new LabelSelector(Map.of("rack", "a"), List.of())),
                        List.of("eth0", "eth1.7"),
                        List.of(),
                        List.of(new L2Advertisement.Preference(10, LabelSelector.EVERYTHING))));
        assertThat(config.bgpAdvertisements())
                .containsExactly(new BgpAdvertisement(
                        "bgp",
                        List.of("lan"),
                        List.of(),
                        28,
                        100,
                        200,
                        List.of(
                                new Community.Standard(64512, 1),
                                new Community.Large(1, 2, 3),
                                new Community.Alias("mine")),
                        List.of("router"),
                        List.of(),
                        List.of()));
        assertThat(config.bfdProfiles())
                .containsExactly(new BfdProfile(
                        "fast",
                        Duration.ofMillis(100),
                        BfdProfile.DEFAULT_INTERVAL,
                        3,
                        BfdProfile.DEFAULT_ECHO_INTERVAL,
                        true,
                        false,
                        250));
        assertThat(config.communities())
                .containsExactly(
                        new CommunityAlias("mine", new Community.Standard(64512, 9)),
                        new CommunityAlias("large", new Community.Large(1, 2, 3)));
    }

    @Test
    void aPeerOfTheNewVersionIsReadWithAllItsFields() {
        MetallbResource peer = peer("router", """
                myASN: 64512
                dynamicASN: external
                localASN: 64600
                peerAddress: 10.1.0.1
                sourceAddress: 10.1.0.2
                peerPort: 180
                holdTime: 1m30s
                keepaliveTime: 20s
                connectTime: 5s
                routerID: 10.1.0.3
                nodeSelectors: [{matchLabels: {rack: a}}]
                passwordSecret: {name: bgp}
                enableGracefulRestart: true
                ebgpMultiHop: true
                vrf: red
                disableMP: false
                dualStackAddressFamily: true
                """);
        assertThat(problems(peer)).isEmpty();
        assertThat(config(peer).bgpPeers())
                .containsExactly(new BgpPeer(
                        "router",
                        64512,
                        RemoteAs.Dynamic.EXTERNAL,
                        OptionalLong.of(64600),
                        new Neighbor.Address(Ip.parse("10.1.0.1")),
                        Optional.of(Ip.parse("10.1.0.2")),
                        180,
                        Duration.ofSeconds(90),
                        Optional.of(Duration.ofSeconds(20)),
                        Optional.of(Duration.ofSeconds(5)),
                        Optional.of(Ip.parse("10.1.0.3")),
                        List.of(new LabelSelector(Map.of("rack", "a"), List.of())),
                        Optional.of(new SecretReference(Optional.of("metallb-system"), "bgp")),
                        Optional.empty(),
                        true,
                        true,
                        Optional.of("red"),
                        true,
                        false,
                        OptionalInt.empty(),
                        Optional.empty()));
    }

    @Test
    void aPeerOfTheOldVersionIsReadWithItsZerosAndBlanks() {
        MetallbResource peer = resource(MetallbKind.BGP_PEER, "v1beta1", "router", Map.of(), """
                myASN: 64512
                peerASN: 64513
                peerAddress: 10.1.0.1
                peerPort: 0
                holdTime: 90s
                keepaliveTime: 0s
                routerID: ""
                sourceAddress: ""
                password: ""
                bfdProfile: ""
                nodeSelectors: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1, n2]}]}]
                """);
        assertThat(problems(peer)).isEmpty();
        assertThat(config(peer).bgpPeers()).singleElement().satisfies(read -> {
            assertThat(read.peerPort()).isEqualTo(179);
            assertThat(read.keepaliveTime()).isEmpty();
            assertThat(read.nodeSelectors()).hasSize(1);
        });
    }

    /** Where MetalLB is laxer than our own form, its meaning stays. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "IPAddressPool|addresses: [192.168.1.77/24]|spec.addresses[0]: warning: '192.168.1.77/24' is read as the whole network 192.168.1.0/24",
                "IPAddressPool|{addresses: [10.0.0.0/24], colour: red}|spec.colour: warning: unknown field 'colour' is passed over",
                "IPAddressPool|{addresses: [10.0.0.0/24], exclude: [10.0.0.1/32]}|spec.exclude: warning: unknown field 'exclude' is passed over",
                "BGPPeer|{myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, disableMP: true}|spec.disableMP: warning: 'disableMP' has no effect",
                "BGPPeer|{myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, holdTime: 3700ms}|spec.holdTime: warning: '3700ms' is read as 3s",
                "BGPPeer|{myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, passwordSecret: {name: a, namespace: b}}|spec.passwordSecret.namespace: warning: the Secret is looked for in namespace metallb-system only",
                "L2Advertisement|{interface: [eth0]}|spec.interface: warning: unknown field 'interface' is passed over; did you mean 'interfaces'?"
            })
    void laxity(String kind, String spec, String warning) {
        MetallbResource resource = resource(MetallbKind.of(kind).orElseThrow(), "x", spec);
        assertThat(problems(resource))
                .singleElement()
                .asString()
                .startsWith(kind + " metallb-system/x ")
                .contains(warning);
        assertThat(config(resource).entries()).hasSize(1);
    }

    /** What MetalLB refuses is refused, and concerns that resource alone. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "IPAddressPool|addresses: [10.0.0.7]|spec.addresses[0]: '10.0.0.7' has no length, and MetalLB refuses that; write 10.0.0.7/32",
                "IPAddressPool|addresses: []|spec.addresses: a pool needs at least one address",
                "IPAddressPool|{}|spec: 'addresses' is missing",
                "IPAddressPool|addresses: [10.0.0.0/24, 10.0.0.9-10.0.1.9]|spec.addresses[1]: 10.0.0.9-10.0.1.9 overlaps 10.0.0.0/24",
                "IPAddressPool|addresses: 10.0.0.0/24|spec.addresses: this is text; a list is wanted",
                "BGPPeer|{myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, password: hunter2}|spec.password: a password does not belong where everybody can read it",
                "BGPPeer|{myASN: 1, peerASN: 2, dynamicASN: internal, peerAddress: 10.0.0.1}|'peerASN' is there too",
                "BGPPeer|{myASN: 1, peerASN: 1, peerAddress: 10.0.0.1, ebgpMultiHop: true}|spec.ebgpMultiHop: 'ebgpMultiHop' is for peers of another AS",
                "BGPPeer|{myASN: 1, peerASN: 2}|'peerAddress' is missing",
                "BGPAdvertisement|{aggregationLength: 33}|spec.aggregationLength: '33' will not do",
                "BGPAdvertisement|{communities: [nobody]}|spec.communities[0]: no community 'nobody'",
                "BGPAdvertisement|{aggregationLength: 24, serviceSelectors: [{}]}|spec.serviceSelectors: an aggregate would carry",
                "BFDProfile|{detectMultiplier: 1}|spec.detectMultiplier: '1' will not do",
                "L2Advertisement|{preferredNodeSelectors: [{weight: 101, preference: {}}]}|spec.preferredNodeSelectors[0].weight: '101' will not do",
                "Community|{communities: [{name: a, value: 7}]}|spec.communities[0].value: '7' is no community",
                "Community|{communities: a}|spec.communities: this is text; a list is wanted"
            })
    void refusals(String kind, String spec, String expected) {
        MetallbResource bad = resource(MetallbKind.of(kind).orElseThrow(), "x", spec);
        MetallbResource good = pool("good", "addresses: [172.16.0.0/24]");
        assertThat(problems(bad, good)).anyMatch(line -> line.startsWith(kind + " ") && line.contains(expected));
        assertThat(problems(bad, good).toString()).doesNotContain("hunter2");
        assertThat(config(bad, good).entries()).extracting(ConfigEntry::name).containsExactly("good");
    }

    @Test
    void aResourceThatTurnsBadKeepsItsLastGoodForm() {
        EffectiveConfig published = Publication.of(Optional.empty(), read(pool("lan", "addresses: [10.0.0.0/24]")))
                .effective();
        Publication after = Publication.of(Optional.of(published), read(pool("lan", "addresses: [10.0.0.0/33]")));
        assertThat(after.effective().config()).isEqualTo(published.config());
        assertThat(after.effective().keptFrom(new EntryKey(Section.IP_ADDRESS_POOLS, "lan")))
                .hasValue(1);
    }

    @Test
    void aDeletedResourceIsGoneUnlessItsKindIsInDoubt() {
        MetallbResource lan = pool("lan", "addresses: [10.0.0.0/24]");
        MetallbResource other = pool("other", "addresses: [10.0.1.0/24]");
        EffectiveConfig published =
                Publication.of(Optional.empty(), read(lan, other)).effective();

        Publication deleted = Publication.of(Optional.of(published), read(other));
        assertThat(deleted.effective().config().ipAddressPools())
                .extracting(IpAddressPool::name)
                .containsExactly("other");

        Reading removed = MetallbResourceReader.read(List.of(), Set.of(MetallbKind.IP_ADDRESS_POOL));
        Publication kept = Publication.of(Optional.of(published), List.of(removed));
        assertThat(kept.effective().config()).isEqualTo(published.config());
        assertThat(kept.problems()).extracting(Problem::reason).containsExactly(ProblemReason.REMOVAL_IN_DOUBT);
    }

    @Test
    void theOrderInWhichResourcesArriveMeansNothing() {
        MetallbResource a = pool("a", "addresses: [10.0.0.0/24]");
        MetallbResource b = pool("b", "addresses: [10.0.0.128/25]");
        MetallbResource c = peer("c", "{myASN: 1, peerASN: 2, peerAddress: 10.9.0.1}");
        assertThat(read(c, b, a)).isEqualTo(read(a, b, c));
        assertThat(config(b, a).ipAddressPools())
                .extracting(IpAddressPool::name)
                .containsExactly("a");
    }

    @Test
    void theSameNameInTwoNamespacesIsRefused() {
        MetallbResource one = pool("lan", "addresses: [10.0.0.0/24]");
        MetallbResource two = new MetallbResource(
                MetallbKind.IP_ADDRESS_POOL,
                "v1beta1",
                "other",
                "lan",
                Map.of(),
                Map.of("addresses", List.of("10.0.1.0/24")));
        assertThat(problems(one, two))
                .singleElement()
                .asString()
                .contains("IPAddressPool other/lan", "the entry in IPAddressPool metallb-system/lan has this name too");
    }

    @Test
    void ourOwnConfigMapComesFirstAndMetalLbsComesLast() {
        Reading own = ConfigReader.read("ipAddressPools:\n- {name: lan, addresses: [10.0.0.0/24]}\n");
        Reading resources = read(pool("lan", "addresses: [10.0.1.0/24]"), pool("two", "addresses: [10.0.2.0/24]"));
        Reading old = MetallbConfigReader.read("metallb-system", "config", """
                address-pools:
                - {name: two, protocol: layer2, addresses: [10.0.2.0/24]}
                - {name: three, protocol: layer2, addresses: [10.0.3.0/24]}
                """);
        Publication publication = Publication.of(Optional.empty(), List.of(old, resources, own));

        EffectiveConfig effective = publication.effective();
        assertThat(effective.config().ipAddressPools().stream()
                        .map(pool -> pool.name() + " " + pool.ranges() + " "
                                + effective.origin(pool.key()).source()))
                .containsExactlyInAnyOrder(
                        "lan [10.0.0.0/24] CONFIG_MAP",
                        "two [10.0.2.0/24] RESOURCE",
                        "three [10.0.3.0/24] METALLB_CONFIG_MAP");
        assertThat(publication.problems())
                .filteredOn(problem -> problem.reason() == ProblemReason.DUPLICATE_SOURCE)
                .extracting(problem -> problem.severity() + " " + problem.origin())
                .containsExactly("ERROR IPAddressPool metallb-system/lan", "WARNING ConfigMap metallb-system/config");
    }

    @Test
    void anObjectThatIsTooDeepOrTooLargeIsRefusedByItself() {
        Map<String, Object> deep = new HashMap<>();
        Map<String, Object> inner = deep;
        for (int i = 0; i < 10_000; i++) {
            Map<String, Object> next = new HashMap<>();
            inner.put("a", next);
            inner = next;
        }
        MetallbResource tooDeep =
                new MetallbResource(MetallbKind.IP_ADDRESS_POOL, "v1beta1", "metallb-system", "deep", Map.of(), deep);
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            many.add("10.0.0.0/24");
        }
        MetallbResource tooLarge = new MetallbResource(
                MetallbKind.IP_ADDRESS_POOL, "v1beta1", "metallb-system", "large", Map.of(), Map.of("addresses", many));
        assertThat(read(tooDeep, tooLarge).problems())
                .extracting(Problem::reason)
                .containsExactly(ProblemReason.TOO_DEEP, ProblemReason.TOO_MANY_NODES);
    }
}
