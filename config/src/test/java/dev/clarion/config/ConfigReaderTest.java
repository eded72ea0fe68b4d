package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries: what is read, and each thing that is refused with its place and its words. */
class ConfigReaderTest {

    private static List<String> problems(String yaml) {
        return ConfigReader.read(yaml).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void problemCarriesItsPlaceInEveryForm() {
        Problem problem = ConfigReader.read("""
                ipAddressPools:
                - name: lan
                  addresses:
                  - 10.0.1.0/24
                  - 10.0.0.5/24
                """).problems().getFirst();
        assertThat(problem.severity()).isEqualTo(Severity.ERROR);
        assertThat(problem.reason()).isEqualTo(ProblemReason.BAD_ADDRESS);
        assertThat(problem.object()).isEqualTo("ipAddressPools/lan");
        assertThat(problem.path()).isEqualTo("ipAddressPools[0].addresses[1]");
        assertThat(problem.line()).isEqualTo(5);
        assertThat(problem.column()).isEqualTo(5);
        assertThat(problem)
                .hasToString("config.yaml:5:5 ipAddressPools/lan addresses[1]: '10.0.0.5/24': host bits set; "
                        + "did you mean 10.0.0.0/24 or 10.0.0.5/32?");
    }

    @Test
    void everyProblemOfEveryEntryIsReportedAtOnce() {
        assertThat(problems("""
                ipAddressPools:
                - name: a
                  addresses: [10.0.0.5/24, 10.0.0.0/30, 10.0.0.1, 224.0.0.1, fd00::]
                  autoAssign: "yes"
                  avoidBuggyIPs: true
                  autoasign: yes
                  autoAssign: true
                - name: b
                  addresses: [192.168.010.1]
                l2Advertisements:
                - name: a
                  interfaces: [eth/0]
                bgpPears: []
                """))
                .containsExactly(
                        "config.yaml:3:15 ipAddressPools/a addresses[0]: '10.0.0.5/24': host bits set; "
                                + "did you mean 10.0.0.0/24 or 10.0.0.5/32?",
                        "config.yaml:3:41 ipAddressPools/a addresses[2]: 10.0.0.1 overlaps 10.0.0.0/30 of this pool",
                        "config.yaml:3:51 ipAddressPools/a addresses[3]: 224.0.0.1 is multicast; "
                                + "clients cannot reach a Service there",
                        "config.yaml:3:62 ipAddressPools/a addresses[4]: an address is text, this is a mapping; "
                                + "put an address that ends in ':' in quotes",
                        "config.yaml:4:15 ipAddressPools/a autoAssign: this is text; write true or false, without quotes",
                        "config.yaml:6:3 ipAddressPools/a autoasign: unknown key 'autoasign'; did you mean 'autoAssign'?",
                        "config.yaml:7:3 ipAddressPools/a autoAssign: a second 'autoAssign'",
                        "config.yaml:9:15 ipAddressPools/b addresses[0]: '192.168.010.1': leading zero at 8; "
                                + "did you mean 192.168.10.1?",
                        "config.yaml:12:16 l2Advertisements/a interfaces[0]: 'eth/0' is no name; "
                                + "use 1 to 15 letters and digits, without blanks, '/' and ':'",
                        "config.yaml:13:1 bgpPears: unknown key 'bgpPears'; did you mean 'bgpPeers'?");
    }

    @ParameterizedTest(name = "name: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A|BAD_NAME",
                "a_b|BAD_NAME",
                "-a|BAD_NAME",
                "a-|BAD_NAME",
                "a..b|BAD_NAME",
                ".a|BAD_NAME",
                "\"\"|BAD_NAME",
                "\"a\\nb\"|BAD_NAME",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|BAD_NAME",
                "12|WRONG_TYPE",
                "true|WRONG_TYPE",
                "[a]|WRONG_TYPE",
                "|MISSING_KEY",
                "1.5|WRONG_TYPE",
            })
    void nameThatKubernetesWouldNotTakeIsRefused(String name, ProblemReason reason) {
        Reading reading = ConfigReader.read("l2Advertisements:\n- name: " + (name == null ? "" : name) + "\n");
        assertThat(reading.problems()).extracting(Problem::reason).containsExactly(reason);
        assertThat(reading.problems().getFirst().object()).isEqualTo("l2Advertisements[0]");
        assertThat(reading.problems().getFirst().message()).doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"a", "a.b", "1a", "'\"12\"'", "a-b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void nameThatKubernetesTakesIsTaken(String name) {
        assertThat(problems("l2Advertisements:\n- name: " + name + "\n")).isEmpty();
    }

    @ParameterizedTest(name = "addresses: [{0}] is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0.0.0.0|unspecified",
                "127.0.0.1|loopback",
                "127.0.0.0/8|loopback",
                "169.254.7.0/24|link-local",
                "224.0.0.0/4|multicast",
                "239.1.2.3|multicast",
                "255.255.255.255|the limited broadcast address",
                "::|unspecified",
                "::1|loopback",
                "fe80::/64|link-local",
                "ff02::1|multicast",
                "::fffe:ffff:ffff-1::|IPv4-mapped",
                "126.0.0.0-128.0.0.0|loopback",
                "0.0.0.0/0|unspecified",
                "fe00::/7|link-local",
            })
    void addressesThatNoClientReachesAreRefused(String address, String kind) {
        Reading reading = pool(address);
        assertThat(reading.problems()).extracting(Problem::reason).containsExactly(ProblemReason.UNUSABLE_ADDRESS);
        assertThat(reading.problems().getFirst().message()).contains(" " + kind + "; clients cannot");
    }

    @ParameterizedTest
    @CsvSource({
        "'126.0.0.0/8'",
        "'128.0.0.0/8'",
        "'169.253.0.0/16'",
        "'169.255.0.0/16'",
        "'223.255.255.0/24'",
        "'0.0.0.1'",
        "'240.0.0.1'",
        "'fec0::/64'",
        "'fd00::/8'",
        "'10.0.0.1-10.0.0.9'"
    })
    void addressesBesideThoseAreTaken(String address) {
        assertThat(pool(address).problems()).isEmpty();
    }

    private static Reading pool(String address) {
        return ConfigReader.read("ipAddressPools:\n- name: a\n  addresses: [\"" + address + "\"]\n");
    }

    @ParameterizedTest(name = "myASN: {0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|-",
                "65535|-",
                "4294967295|-",
                "0|BAD_ASN",
                "4294967296|BAD_ASN",
                "99999999999999999999|BAD_ASN",
                "-1|BAD_ASN",
                "064512|BAD_ASN",
                "64_512|BAD_ASN",
                "0x10|BAD_ASN",
                "\"64512\"|WRONG_TYPE",
                "1.10|WRONG_TYPE",
                "[1]|WRONG_TYPE",
                "AS64512|WRONG_TYPE",
                "~|MISSING_KEY",
            })
    void asNumberIsAPlainIntegerOfFourBytes(String asn, String reason) {
        Reading reading = peer("myASN: " + asn + "\n  peerASN: 64512\n  peerAddress: 10.0.0.1");
        assertThat(reading.problems())
                .extracting(problem -> problem.reason().name())
                .isEqualTo(reason.equals("-") ? List.of() : reasons(reason, asn));
    }

    /** What a YAML reader takes for text or for a number differs at the edges; either way it is refused. */
    private static List<String> reasons(String reason, String asn) {
        Problem problem = peer("myASN: " + asn + "\n  peerASN: 64512\n  peerAddress: 10.0.0.1")
                .problems()
                .getFirst();
        return asn.startsWith("0x") ? List.of(problem.reason().name()) : List.of(reason);
    }

    @ParameterizedTest(name = "holdTime: {0} is {1} s")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "90s|90",
                "1m30s|90",
                "0s|0",
                "3s|3",
                "9000ms|9",
                "1.5m|90",
                "18h12m15s|65535",
                "0h0m0s|0",
                "2s|-",
                "18h12m16s|-",
                "3500ms|-",
                "1ns|-",
                "90|-",
                "0|-",
                "\"90\"|-",
                "-9s|-",
                "9 s|-",
                "s|-",
                "9sec|-",
                "1e3s|-",
                "99999999999999999999h|-",
                "[9s]|-",
                "true|-",
            })
    void holdTimeIsZeroOrThreeSecondsToSixteenBits(String time, String seconds) {
        Reading reading = peer("myASN: 1\n  peerASN: 2\n  peerAddress: 10.0.0.1\n  holdTime: " + time);
        if (seconds.equals("-")) {
            assertThat(reading.problems()).hasSize(1);
            assertThat(reading.problems().getFirst().path()).isEqualTo("bgpPeers[0].holdTime");
        } else {
            assertThat(reading.problems()).isEmpty();
            assertThat(onlyPeer(reading).holdTime().toSeconds()).isEqualTo(Long.parseLong(seconds));
        }
    }

    @Test
    void holdTimeWithoutUnitIsRefusedWithTheIntention() {
        assertThat(problems("bgpPeers:\n- {name: a, myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, holdTime: 90}\n"))
                .containsExactly("config.yaml:2:68 bgpPeers/a holdTime: '90' has no unit; did you mean 90s?");
    }

    @ParameterizedTest(name = "peerAddress: {0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1|-",
                "fd50::254|-",
                "127.0.0.1|-",
                "224.0.0.5|UNUSABLE_ADDRESS",
                "0.0.0.0|UNUSABLE_ADDRESS",
                "255.255.255.255|UNUSABLE_ADDRESS",
                "fe80::1|UNUSABLE_ADDRESS",
                "ff02::5|UNUSABLE_ADDRESS",
                "10.0.0.1/32|BAD_ADDRESS",
                "10.0.0.1-10.0.0.2|BAD_ADDRESS",
                "router|BAD_ADDRESS",
                "[10.0.0.1]|WRONG_TYPE",
                "~|MISSING_KEY",
            })
    void peerAddressIsOneUnicastAddress(String address, String reason) {
        Reading reading = peer("myASN: 1\n  peerASN: 2\n  peerAddress: " + address);
        assertThat(reading.problems())
                .extracting(problem -> problem.reason().name())
                .isEqualTo(reason.equals("-") ? List.of() : List.of(reason));
    }

    @Test
    void peerHasNinetySecondsUnlessItSaysOtherwise() {
        BgpPeer peer = onlyPeer(peer("myASN: 1\n  peerASN: 2\n  peerAddress: fd00::1"));
        assertThat(peer).isEqualTo(new BgpPeer("a", 1, 2, Ip.parse("fd00::1"), BgpPeer.DEFAULT_HOLD_TIME));
        assertThat(peer.holdTime()).hasSeconds(90);
    }

    private static Reading peer(String fields) {
        return ConfigReader.read("bgpPeers:\n- name: a\n  " + fields + "\n");
    }

    private static BgpPeer onlyPeer(Reading reading) {
        return EffectiveConfig.next(Optional.empty(), reading)
                .config()
                .bgpPeers()
                .getFirst();
    }

    @Test
    void missingAndEmptyListsOfAddressesAreRefused() {
        String yaml = """
                ipAddressPools:
                - name: a
                - name: b
                  addresses: []
                - name: c
                  addresses: 10.0.0.1
                - name: d
                  addresses:
                """;
        assertThat(problems(yaml))
                .containsExactly(
                        "config.yaml:2:3 ipAddressPools/a: 'addresses' is missing",
                        "config.yaml:4:14 ipAddressPools/b addresses: a pool needs at least one address",
                        "config.yaml:6:14 ipAddressPools/c addresses: this is text; a list is wanted, its items after '- '",
                        "config.yaml:8:3 ipAddressPools/d: 'addresses' is missing");
    }

    @Test
    void laterOfTwoPoolsThatOverlapIsOutAndBothAreNamed() {
        Reading reading = ConfigReader.read("""
                ipAddressPools:
                - name: a
                  addresses: [10.0.0.0/24]
                - name: b
                  addresses: [10.1.0.1, 10.0.0.200-10.0.1.10]
                - name: c
                  addresses: [10.0.1.5]
                """);
        assertThat(reading.problems())
                .extracting(Problem::toString)
                .containsExactly("config.yaml:5:25 ipAddressPools/b addresses[1]: 10.0.0.200-10.0.1.10 overlaps "
                        + "10.0.0.0/24 of ipAddressPools/a");
        Config config = EffectiveConfig.next(Optional.empty(), reading).config();
        assertThat(config.ipAddressPools()).extracting(IpAddressPool::name).containsExactly("a", "c");
        assertThat(config.poolOf(Ip.parse("10.0.1.5"))).map(IpAddressPool::name).contains("c");
        assertThat(config.poolOf(Ip.parse("10.1.0.1"))).isEmpty();
    }

    @Test
    void advertisementOfWhatDoesNotExistIsAppliedWithAWarning() {
        Reading reading = ConfigReader.read("""
                ipAddressPools:
                - {name: routed, addresses: [10.0.0.1]}
                - {name: broken, addresses: [10.0.0]}
                bgpAdvertisements:
                - name: x
                  ipAddressPools: [routd, routed, broken, routed]
                  peers: [nobody]
                """);
        assertThat(reading.problems().stream().filter(problem -> problem.severity() == Severity.WARNING))
                .extracting(Problem::toString)
                .containsExactly(
                        "config.yaml:6:20 bgpAdvertisements/x ipAddressPools[0]: warning: no pool 'routd'; "
                                + "did you mean 'routed'?",
                        "config.yaml:6:43 bgpAdvertisements/x ipAddressPools[3]: warning: 'routed' stands here twice",
                        "config.yaml:7:11 bgpAdvertisements/x peers[0]: warning: no peer 'nobody'");
        Config config = EffectiveConfig.next(Optional.empty(), reading).config();
        assertThat(config.bgpAdvertisements())
                .containsExactly(new BgpAdvertisement("x", List.of("routd", "routed", "broken"), List.of("nobody")));
    }

    @Test
    void emptySelectionMeansEverythingAndANameMeansItself() {
        assertThat(new L2Advertisement("x", List.of()).selects("any")).isTrue();
        assertThat(new L2Advertisement("x", List.of("a")).selects("b")).isFalse();
        assertThat(new BgpAdvertisement("x", List.of("a"), List.of()).selects("a"))
                .isTrue();
        assertThat(new BgpAdvertisement("x", List.of("a"), List.of()).reaches("any"))
                .isTrue();
        assertThat(new BgpAdvertisement("x", List.of("a"), List.of("p")).reaches("q"))
                .isFalse();
    }

    @Test
    void messagesAreOneLineWhateverTheUserWrote() {
        Reading reading = ConfigReader.read("""
                ipAddressPools:
                - name: a
                  addresses: ["1\\n2\\e[31m"]
                  "k\\r\\n2": 1
                "top\\n": 2
                """);
        assertThat(reading.problems())
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem.toString().chars().noneMatch(Character::isISOControl))
                        .isTrue());
    }
}
