package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document as a whole: what is no YAML, what is too much of it, and anchors. */
class DocumentTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello|config.yaml:1:1: this is text; begin with a key such as 'ipAddressPools:'",
                "- a|config.yaml:1:1: this is a list; begin with a key such as 'ipAddressPools:'",
                "7|config.yaml:1:1: this is a number; begin with a key such as 'ipAddressPools:'",
                "a: [|config.yaml:1:5: not YAML: expected the node content, but found '<stream end>'",
                "a: {b: c|config.yaml:1:9: not YAML: expected ',' or '}', but got <stream end>",
                "a: b: c|config.yaml:1:5: not YAML: mapping values are not allowed here",
                "a: @b|config.yaml:1:4: not YAML: a value cannot begin with this character; put it in quotes",
                "? [a]~: b|config.yaml:1:4: not YAML: a key must be plain text",
                "a: 1~---~b: 2|config.yaml:3:1: a second YAML document; put everything into one",
                "a:~\tb: 1|config.yaml:2:1: not YAML: the line is indented by a tab; YAML wants spaces",
                "a:~  - b~\t- c|config.yaml:3:1: not YAML: the line is indented by a tab; YAML wants spaces",
                "a: *b|config.yaml:1:4: alias '*b' stands for nothing; its anchor must come before",
                "a: &b [*b]|config.yaml:1:8: alias '*b' stands for nothing; its anchor must come before",
                "!!binary aGVsbG8=|config.yaml:1:1: this is binary data; begin with a key such as 'ipAddressPools:'",
            })
    void documentThatCannotBeReadIsOneProblemWithItsPlace(String text, String problem) {
        Reading reading = ConfigReader.read(text.replace('~', '\n'));
        assertThat(reading.problems()).extracting(Problem::toString).containsExactly(problem);
        assertThat(reading.outcome()).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void charactersThatAreNoTextAreShownByNumberAndPlace() {
        assertThat(unreadable("a: 1\nb: x\0y"))
                .isEqualTo("config.yaml:2:5: character U+0000 is not text; is this binary data?");
        assertThat(unreadable("\u007fELF")).startsWith("config.yaml:1:1: character U+007F");
        assertThat(unreadable("a: \ud800")).startsWith("config.yaml:1:4: character U+D800");
        assertThat(unreadable("a: \uffff")).startsWith("config.yaml:1:4: character U+FFFF");
    }

    private static String unreadable(String yaml) {
        Reading reading = ConfigReader.read(yaml);
        assertThat(reading.outcome()).isInstanceOf(Reading.Unreadable.class);
        assertThat(reading.problems()).hasSize(1);
        return reading.problems().getFirst().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# only a comment\n", "---\n", "~", "null"})
    void emptyDocumentConfiguresNothingWithAWarning(String yaml) {
        Reading reading = ConfigReader.read(yaml);
        assertThat(reading.problems()).extracting(Problem::reason).containsExactly(ProblemReason.EMPTY_DOCUMENT);
        assertThat(reading.isValid()).isTrue();
        assertThat(reading.outcome()).isEqualTo(new Reading.Document(List.of(), Set.of()));
    }

    @Test
    void byteOrderMarkAndDocumentMarksAreNoTrouble() {
        assertThat(ConfigReader.read("\ufeff---\nl2Advertisements:\n- name: a\n...\n")
                        .problems())
                .isEmpty();
        assertThat(ConfigReader.read("l2Advertisements:\r\n- name: a\r\n").problems())
                .isEmpty();
    }

    @Test
    void anchorsWork() {
        EffectiveConfig effective = Samples.publish("""
                l2Advertisements:
                - name: a
                  ipAddressPools: &pools [p]
                bgpAdvertisements:
                - name: b
                  ipAddressPools: *pools
                ipAddressPools:
                - {name: p, addresses: [10.0.0.1]}
                """);
        assertThat(effective.config().bgpAdvertisements().getFirst().ipAddressPools())
                .containsExactly("p");
    }

    @Test
    void aliasesThatMultiplyAreStoppedAtTheBudget() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "x]\n");
        }
        Reading reading = ConfigReader.read(bomb.toString());
        assertThat(reading.problems()).extracting(Problem::reason).containsExactly(ProblemReason.TOO_MANY_NODES);
    }

    @Test
    void limitsAreWhereTheySay() {
        assertThat(reasons("a: [" + "x,".repeat(ConfigReader.MAX_NODES - 2) + "]"))
                .doesNotContain(ProblemReason.TOO_MANY_NODES);
        assertThat(reasons("a: [" + "x,".repeat(ConfigReader.MAX_NODES - 1) + "]"))
                .containsExactly(ProblemReason.TOO_MANY_NODES);
        int flow = ConfigReader.MAX_DEPTH - 2;
        assertThat(reasons("a: " + "[".repeat(flow) + "x" + "]".repeat(flow))).doesNotContain(ProblemReason.TOO_DEEP);
        assertThat(reasons("a: " + "[".repeat(flow + 1) + "x" + "]".repeat(flow + 1)))
                .containsExactly(ProblemReason.TOO_DEEP);
        assertThat(reasons("[".repeat(500_000))).containsExactly(ProblemReason.TOO_DEEP);
        assertThat(reasons("# " + "x".repeat(ConfigReader.MAX_BYTES - 2)))
                .containsExactly(ProblemReason.EMPTY_DOCUMENT);
        assertThat(reasons("# " + "x".repeat(ConfigReader.MAX_BYTES - 1))).containsExactly(ProblemReason.TOO_LARGE);
        assertThat(reasons("# " + "\u20ac".repeat(ConfigReader.MAX_BYTES / 3)))
                .containsExactly(ProblemReason.TOO_LARGE);
        assertThat(reasons("bgpPeers: [" + "x,".repeat(ConfigReader.MAX_ENTRIES + 1) + "]"))
                .containsExactly(ProblemReason.TOO_MANY_ENTRIES);
        assertThat(reasons("bgpPeers: [" + "x,".repeat(ConfigReader.MAX_ENTRIES) + "]"))
                .hasSize(ConfigReader.MAX_ENTRIES);
    }

    private static List<ProblemReason> reasons(String yaml) {
        return ConfigReader.read(yaml).problems().stream().map(Problem::reason).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "apiVersion: v1|UNKNOWN_KEY", "spec: {}|UNKNOWN_KEY", "data: {}|UNKNOWN_KEY",
                "address-pools: []|UNSUPPORTED_KEY", "poools: []|UNKNOWN_KEY", "ipAddressPools: x|WRONG_TYPE",
                "ipAddressPools: {a: b}|WRONG_TYPE",
            })
    void strangersAtTheTopTouchNoEntry(String line, ProblemReason reason) {
        Reading reading = ConfigReader.read(line + "\nl2Advertisements:\n- name: a\n");
        assertThat(reading.problems()).extracting(Problem::reason).containsExactly(reason);
        assertThat(EffectiveConfig.next(Optional.empty(), reading).config().l2Advertisements())
                .hasSize(1);
    }
}
