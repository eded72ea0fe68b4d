package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only shows when entries, or entries and the cluster, are seen beside each other. */
class BetweenEntriesTest {

    private static Publication edit(EffectiveConfig before, String yaml) {
        Publication publication = Publication.of(Optional.of(before), ConfigReader.read(yaml));
        Publication again = Publication.of(Optional.of(publication.effective()), ConfigReader.read(yaml));
        assertThat(again.effective()).as("the same document once more").isEqualTo(publication.effective());
        return publication;
    }

    private static Publication cold(String yaml) {
        return edit(EffectiveConfig.NONE, yaml);
    }

    private static List<String> lines(Publication publication) {
        return publication.problems().stream()
                .filter(problem -> problem.reason() != ProblemReason.NOT_IN_FORCE)
                .map(Problem::toString)
                .toList();
    }

    private static List<String> names(List<? extends ConfigEntry> entries) {
        return entries.stream().map(ConfigEntry::name).toList();
    }

    private static String aggregated(String addresses, String fields) {
        return "ipAddressPools:\n- name: p\n  addresses: [" + addresses + "]\n  labels: {tier: front}\n"
                + "bgpAdvertisements:\n- name: a\n  " + fields + "\n";
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/24|aggregationLength: 24|-",
                "10.0.0.0/24|aggregationLength: 25|-",
                "10.0.0.0/24|aggregationLength: 23|aggregationLength",
                "10.0.0.0/16, 10.1.0.0/24|aggregationLength: 20|aggregationLength",
                "10.0.0.1-10.0.0.254|aggregationLength: 26|-",
                "10.0.0.1-10.0.0.254|aggregationLength: 25|aggregationLength",
                "10.0.0.7|aggregationLength: 31|aggregationLength",
                "'fd00::/64'|aggregationLength: 8|-",
                "'fd00::/64'|aggregationLengthV6: 64|-",
                "'fd00::/64'|aggregationLengthV6: 63|aggregationLengthV6",
                "10.0.0.0/24, 'fd00::/64'|aggregationLengthV6: 64|-",
                "10.0.0.0/24|{aggregationLength: 23, ipAddressPools: [other]}|-",
                "10.0.0.0/24|{aggregationLength: 23, ipAddressPoolSelectors: [{matchLabels: {tier: back}}]}|-",
                "10.0.0.0/24|{aggregationLength: 23, ipAddressPoolSelectors: [{matchLabels: {tier: front}}]}|aggregationLength",
            })
    void aggregateHoldsNothingButThePools(String addresses, String fields, String path) {
        String inner = fields.startsWith("{")
                ? fields.substring(1, fields.length() - 1).replace(", ip", "\n  ip")
                : fields;
        Publication publication = cold(aggregated(addresses.replace('\'', '"'), inner));
        List<Problem> errors = publication.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (path.equals("-")) {
            assertThat(errors).isEmpty();
            assertThat(publication.effective().config().bgpAdvertisements()).hasSize(1);
        } else {
            assertThat(errors).extracting(Problem::reason).containsExactly(ProblemReason.AGGREGATION_TOO_SHORT);
            assertThat(errors.getFirst().path()).isEqualTo("bgpAdvertisements[0]." + path);
            assertThat(publication.effective().config().bgpAdvertisements()).isEmpty();
            assertThat(names(publication.effective().config().ipAddressPools())).containsExactly("p");
        }
    }

    @Test
    void poolThatAnAdvertisementInForceWouldOutgrowKeepsItsPublishedForm() {
        EffectiveConfig first =
                cold(aggregated("10.0.0.0/24", "aggregationLength: 24")).effective();
        Publication edited = edit(first, aggregated("10.0.0.0/28", "aggregationLength: 24"));
        assertThat(edited.effective().config()).isEqualTo(first.config());
        assertThat(lines(edited))
                .containsExactly("config.yaml:3:15 ipAddressPools/p addresses[0]: 10.0.0.0/28 would be announced with "
                        + "others that are not the pool's, since bgpAdvertisements/a aggregates to /24");
        Publication both = edit(first, aggregated("10.0.0.0/28", "aggregationLength: 28"));
        assertThat(lines(both)).as("both edited at once fit again").isEmpty();
        assertThat(both.effective().kept()).isEmpty();
    }

    @Test
    void advertisementThatFallsBackPushesOutThePoolThatNoLongerFitsIt() {
        EffectiveConfig first =
                cold(aggregated("10.0.0.0/24", "aggregationLength: 24")).effective();
        Publication edited = edit(first, aggregated("10.0.0.0/28", "aggregationLength: 99"));
        assertThat(edited.effective().config()).isEqualTo(first.config());
        assertThat(edited.effective().kept()).hasSize(2);
    }

    @ParameterizedTest(name = "pool {0}, a {1}, b {2}: clash {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/24|''|''|true",
                "10.0.0.0/24|, peers: [x]|, peers: [x, y]|true",
                "10.0.0.0/24|, peers: [x]|, peers: [y]|false",
                "10.0.0.0/24|, peers: [x]|''|true",
                "10.0.0.0/24|, aggregationLength: 24|''|false",
                "\"fd00::/64\"|, aggregationLength: 24|''|true",
                "10.0.0.0/24|, ipAddressPools: [q]|''|false",
                "10.0.0.0/24|, serviceSelectors: [{}]|''|false",
                "10.0.0.0/24|, nodeSelectors: [{matchLabels: {r: a}}]|, nodeSelectors: [{matchLabels: {r: b}}]|false",
                "10.0.0.0/24|, nodeSelectors: [{matchLabels: {r: a}}]|, nodeSelectors: [{matchLabels: {s: b}}]|true",
            })
    void twoPreferencesForOneRouteAreWarnedOfAndBothApply(String pool, String a, String b, boolean clash) {
        Publication publication = cold("""
            ipAddressPools:
            - {name: p, addresses: [%s]}
            bgpAdvertisements:
            - {name: a, localPref: 100%s}
            - {name: b, localPref: 200%s}
            """.formatted(pool, a, b));
        List<Problem> found = publication.problems().stream()
                .filter(problem -> problem.reason() == ProblemReason.LOCAL_PREF_CLASH)
                .toList();
        assertThat(found).hasSize(clash ? 1 : 0);
        assertThat(publication.effective().config().bgpAdvertisements()).hasSize(2);
        if (clash) {
            assertThat(found.getFirst().severity()).isEqualTo(Severity.WARNING);
            assertThat(found.getFirst())
                    .hasToString("config.yaml:5:24 bgpAdvertisements/b localPref: warning: routes of ipAddressPools/p "
                            + "get local preference 200 here and 100 from bgpAdvertisements/a; the higher one counts");
        }
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "peerAddress: 10.0.0.1|peerAddress: 10.0.0.1|ERROR",
                "peerAddress: 10.0.0.1|peerAddress: 10.0.0.1, peerPort: 1179|ERROR",
                "peerAddress: 10.0.0.1|peerAddress: 10.0.0.1, vrf: red|-",
                "interface: eth0|interface: eth0|ERROR",
                "interface: eth0|interface: eth1|-",
                "peerAddress: 10.0.0.1|peerAddress: 10.0.0.1, nodeSelectors: [{matchLabels: {r: a}}]|ERROR",
                "peerAddress: 10.0.0.1, nodeSelectors: [{matchLabels: {r: a}}]|peerAddress: 10.0.0.1, "
                        + "nodeSelectors: [{matchLabels: {r: b}}]|-",
                "peerAddress: 10.0.0.1, nodeSelectors: [{matchLabels: {r: a}}]|peerAddress: 10.0.0.1, "
                        + "nodeSelectors: [{matchExpressions: [{key: r, operator: NotIn, values: [a]}]}]|-",
                "peerAddress: 10.0.0.1, nodeSelectors: [{matchLabels: {r: a}}]|peerAddress: 10.0.0.1, "
                        + "nodeSelectors: [{matchLabels: {s: b}}]|WARNING",
                "peerAddress: 10.0.0.1, nodeSelectors: [{matchLabels: {r: a}}, {matchLabels: {r: b}}]|"
                        + "peerAddress: 10.0.0.1, nodeSelectors: [{matchLabels: {r: b}}]|ERROR",
            })
    void noNodeHasTwoSessionsWithOneRouter(String a, String b, String severity) {
        Publication publication = cold("""
            bgpPeers:
            - {name: a, myASN: 1, peerASN: 2, %s}
            - {name: b, myASN: 1, peerASN: 2, %s}
            """.formatted(a, b));
        List<Problem> found = publication.problems().stream()
                .filter(problem -> problem.reason() == ProblemReason.SAME_PEER_ADDRESS)
                .toList();
        assertThat(found)
                .extracting(problem -> problem.severity().name())
                .isEqualTo(severity.equals("-") ? List.of() : List.of(severity));
        assertThat(publication.effective().config().bgpPeers()).hasSize(severity.equals("ERROR") ? 1 : 2);
    }

    @Test
    void peerWhoseBfdProfileDoesNotExistIsOutAndOthersAreNot() {
        Publication publication = cold("""
                bfdProfiles: [{name: fast}]
                bgpPeers:
                - {name: a, myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, bfdProfile: fastt}
                - {name: b, myASN: 1, peerASN: 2, peerAddress: 10.0.0.2, bfdProfile: fast}
                """);
        assertThat(names(publication.effective().config().bgpPeers())).containsExactly("b");
        assertThat(lines(publication))
                .containsExactly(
                        "config.yaml:3:70 bgpPeers/a bfdProfile: no BFD profile 'fastt'; " + "did you mean 'fast'?");
    }

    @Test
    void communityThatIsWrongTakesDownOnlyTheAdvertisementsThatNameIt() {
        Publication publication = cold("""
                communities: [{name: x, value: oops}, {name: y, value: "1:2"}]
                bgpAdvertisements:
                - {name: a, communities: [x]}
                - {name: b, communities: [y]}
                """);
        assertThat(names(publication.effective().config().bgpAdvertisements())).containsExactly("b");
        assertThat(publication.problems())
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .extracting(Problem::object, Problem::reason)
                .containsExactly(
                        tuple("communities/x", ProblemReason.BAD_COMMUNITY),
                        tuple("bgpAdvertisements/a", ProblemReason.UNKNOWN_COMMUNITY));
    }

    @Test
    void profileAndCommunityStayWhileAnEntryInForceNeedsThem() {
        String needed = """
                bfdProfiles: [{name: fast}]
                communities: [{name: x, value: "1:2"}]
                """;
        String users = """
                bgpPeers: [{name: a, myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, bfdProfile: fast}]
                bgpAdvertisements: [{name: a, communities: [x]}]
                """;
        EffectiveConfig first = cold(needed + users).effective();
        Publication without = edit(first, users);
        assertThat(without.effective().config()).isEqualTo(first.config());
        assertThat(without.effective().kept())
                .containsOnlyKeys(new EntryKey(Section.BFD_PROFILES, "fast"), new EntryKey(Section.COMMUNITIES, "x"));
        assertThat(without.problems())
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .extracting(Problem::reason)
                .containsExactlyInAnyOrder(ProblemReason.UNKNOWN_BFD_PROFILE, ProblemReason.UNKNOWN_COMMUNITY);
        Publication gone = edit(without.effective(), "ipAddressPools: []");
        assertThat(gone.effective().config()).isEqualTo(Config.EMPTY);
    }

    @Test
    void communityThatIsWrongKeepsItsPublishedValueForAllWhoNameIt() {
        String yaml = """
                communities: [{name: x, value: "%s"}]
                bgpAdvertisements: [{name: a, communities: [x]}]
                """;
        EffectiveConfig first = cold(yaml.formatted("1:2")).effective();
        Publication edited = edit(first, yaml.formatted("1:x"));
        assertThat(edited.effective().config()).isEqualTo(first.config());
        assertThat(edited.effective().kept()).containsOnlyKeys(new EntryKey(Section.COMMUNITIES, "x"));
    }

    @Test
    void twoReservationsOfOneAddressClash() {
        Publication publication = cold("""
                ipAddressPools: [{name: p, addresses: [10.0.0.0/24]}]
                reservations:
                - {name: a, addresses: [10.0.0.1], service: x/a}
                - {name: b, addresses: [10.0.0.2, 10.0.0.1], service: x/b}
                """);
        assertThat(names(publication.effective().config().reservations())).containsExactly("a");
        assertThat(lines(publication))
                .containsExactly("config.yaml:4:35 reservations/b addresses[1]: 10.0.0.1 is reserved by "
                        + "reservations/a already");
    }

    @Test
    void reservationThatNoPoolCanServeIsWarnedOf() {
        Publication publication = cold("""
                ipAddressPools: [{name: p, addresses: [10.0.0.0/24], exclude: [10.0.0.9], avoidBuggyIPs: true}]
                reservations:
                - {name: a, addresses: [10.0.0.9, 10.0.0.0, 10.1.0.1, 10.0.0.7], service: x/a}
                """);
        assertThat(publication.problems())
                .extracting(Problem::reason)
                .containsOnly(ProblemReason.RESERVED_OUTSIDE)
                .hasSize(3);
        assertThat(lines(publication).getFirst())
                .endsWith("warning: 10.0.0.9: ipAddressPools/p gives it to nobody, so the Service cannot get it");
        assertThat(publication.effective().config().reservations()).hasSize(1);
    }

    @Test
    void quotaOverAPoolThatDoesNotExistIsWarnedOf() {
        assertThat(lines(cold("""
                        ipAddressPools: [{name: lan, addresses: [10.0.0.0/24]}]
                        quotas: [{name: a, addresses: 1, ipAddressPools: [lann, lan]}]
                        """)))
                .containsExactly("config.yaml:2:51 quotas/a ipAddressPools[0]: warning: no pool 'lann'; "
                        + "did you mean 'lan'?");
    }

    @Test
    void poolsOverlapAsWrittenEvenWhereTheyExclude() {
        Publication publication = cold("""
                ipAddressPools:
                - {name: a, addresses: [10.0.0.0/24], exclude: [10.0.0.128/25]}
                - {name: b, addresses: [10.0.0.128/25]}
                """);
        assertThat(publication.problems()).extracting(Problem::reason).containsExactly(ProblemReason.OVERLAP);
    }

    @Test
    void addressesOfTheClusterInAPoolAreWarnedOfUnlessExcluded() {
        Surroundings surroundings = new Surroundings(
                List.of(
                        new Surroundings.NodeAddress("n1", Ip.parse("10.0.0.11")),
                        new Surroundings.NodeAddress("n2", Ip.parse("10.0.0.12")),
                        new Surroundings.NodeAddress("n3", Ip.parse("fd00::13"))),
                List.of(Prefix.parse("10.96.0.0/12")));
        String yaml = """
                ipAddressPools:
                - {name: a, addresses: [10.0.0.0/24], exclude: [%s]}
                - {name: b, addresses: [10.97.0.0/24]}
                """;
        List<Reading> readings = List.of(ConfigReader.read(yaml.formatted("10.0.0.12")));
        Publication publication = Publication.of(Optional.empty(), readings, surroundings);
        assertThat(lines(publication))
                .containsExactly(
                        "config.yaml:2:24 ipAddressPools/a addresses: warning: holds addresses of nodes: 10.0.0.11 (n1);"
                                + " a Service that gets one cuts the node off; exclude them",
                        "config.yaml:3:24 ipAddressPools/b addresses: warning: 10.97.0.0/24 overlaps 10.96.0.0/12, "
                                + "which the cluster uses itself; such addresses do not work from outside");
        assertThat(publication.effective().config().ipAddressPools()).hasSize(2);
        List<Reading> excluded = List.of(ConfigReader.read(yaml.formatted("10.0.0.8/29")));
        assertThat(Publication.of(Optional.empty(), excluded, surroundings).problems())
                .hasSize(1);
    }

    @Test
    void manyNodesInAPoolAreOneWarningOfBoundedLength() {
        List<Surroundings.NodeAddress> nodes = IntStream.range(1, 200)
                .mapToObj(i -> new Surroundings.NodeAddress("n" + i, Ip.parse("10.0.0." + i)))
                .toList();
        Publication publication = Publication.of(
                Optional.empty(),
                List.of(ConfigReader.read("ipAddressPools: [{name: a, addresses: [10.0.0.0/24]}]")),
                new Surroundings(nodes, List.of()));
        assertThat(lines(publication)).singleElement().asString().contains("and 194 more");
    }

    @Test
    void fieldsThatNoSpeakerActsOnAreToldPerEntry() {
        String yaml = """
                bfdProfiles:
                - name: a
                - {name: b, echoMode: true, echoInterval: 100}
                bgpPeers:
                - {name: c, myASN: 1, dynamicASN: external, interface: eth0, bfdProfile: b}
                """;
        assertThat(ConfigReader.read(yaml).problems())
                .as("nothing is wrong with it")
                .isEmpty();
        assertThat(cold(yaml).problems())
                .allMatch(problem ->
                        problem.reason() == ProblemReason.NOT_IN_FORCE && problem.severity() == Severity.WARNING)
                .extracting(Problem::toString)
                .containsExactly(
                        "config.yaml:3:23 bfdProfiles/b echoMode: warning: echoMode, echoInterval are checked and "
                                + "published, but speakers do not act on them");
    }

    @Test
    void configurationInForceCannotLackWhatItNeeds() {
        Config config = cold("""
                bfdProfiles: [{name: fast}]
                bgpPeers: [{name: a, myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, bfdProfile: fast}]
                """).effective().config();
        Config without = new Config(List.of(), List.of(), config.bgpPeers(), List.of());
        assertThatThrownBy(() -> new EffectiveConfig(1, without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bgpPeers/a needs bfdProfiles/fast");
    }

    @Test
    void originsOfEntriesThatAreGoneAreForgotten() {
        Origin origin = new Origin(Source.RESOURCE, "IPAddressPool", "m", "a");
        EffectiveConfig effective = new EffectiveConfig(
                1, Config.EMPTY, Map.of(), Map.of(new EntryKey(Section.IP_ADDRESS_POOLS, "a"), origin));
        assertThat(effective.origins()).isEmpty();
    }
}
