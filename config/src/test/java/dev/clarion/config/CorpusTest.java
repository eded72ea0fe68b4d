package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed corpus, and documents that are nothing but work. */
class CorpusTest {
    private static final Schema SCHEMA = Schema.load();

    static Stream<Path> files() {
        return Corpus.files().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void everyDocumentOfTheCorpusKeepsTheInvariants(Path file) throws ConfigException {
        String text = Corpus.text(file);
        EffectiveConfig before = Publication.of(Optional.empty(), ConfigReader.read(Corpus.text("all-fields.yaml")))
                .effective();
        Invariants.check(EffectiveConfig.NONE, text);
        Invariants.check(before, text);
        if (ConfigReader.read(text).isValid()) {
            assertThat(SCHEMA.wrong(Schema.of(text))).isEmpty();
        }
    }

    @Test
    void documentWithEveryFieldHasNoProblem() {
        String text = Corpus.text("all-fields.yaml");
        assertThat(ConfigReader.read(text).problems()).isEmpty();
        for (Section section : Section.values()) {
            for (String key : Forms.keys(section)) {
                assertThat(text).contains(key + ":");
            }
        }
    }

    /** As many entries as the limits allow, all of them in each other's way. Without the limits these take hours. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("labours")
    @Timeout(60)
    void workIsBounded(String what, String text) throws ConfigException {
        assertThat(what).isNotEmpty();
        Invariants.check(EffectiveConfig.NONE, text);
    }

    static List<Object[]> labours() {
        List<Object[]> labours = new ArrayList<>();
        labours.add(labour("pools that all overlap", "ipAddressPools", 4_900, "addresses: [10.0.0.0/8]"));
        labours.add(labour(
                "peers of one address",
                "bgpPeers",
                2_100,
                "myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, " + "nodeSelectors: [{matchLabels: {a: v%d}}]"));
        labours.add(labour("advertisements of all preferences", "bgpAdvertisements", 4_900, "localPref: %d"));
        labours.add(new Object[] {
            "aggregates of every pool",
            list("ipAddressPools", 2_400, "addresses: [10.0.0.0/32]", true)
                    + list("bgpAdvertisements", 3_000, "aggregationLength: 1", false)
        });
        labours.add(new Object[] {
            "names that nearly are others",
            list("l2Advertisements", 300, "ipAddressPools: [" + "x".repeat(60) + "a%d]", false)
                    + list("ipAddressPools", 4_500, "addresses: [typo]", false)
        });
        labours.add(labour("unknown keys", "quotas", 6_000, "addresse%d: 1"));
        labours.add(labour("unknown communities", "bgpAdvertisements", 4_900, "communities: [c%d]"));
        labours.add(new Object[] {
            "a list of ranges and a list of holes",
            "ipAddressPools: [{name: a, addresses: [" + hosts(9_000, 0) + "], exclude: [" + hosts(9_000, 1) + "]}]"
        });
        return labours;
    }

    private static Object[] labour(String what, String list, int count, String fields) {
        return new Object[] {what, list(list, count, fields, false)};
    }

    private static String list(String list, int count, String fields, boolean distinct) {
        StringBuilder yaml = new StringBuilder(list).append(":\n");
        for (int i = 0; i < count; i++) {
            String own = distinct ? fields.replace("10.0.0.0/32", "10." + i / 256 + "." + i % 256 + ".0/32") : fields;
            yaml.append("- {name: n")
                    .append(i)
                    .append(", ")
                    .append(own.replace("%d", "" + i))
                    .append("}\n");
        }
        return yaml.toString();
    }

    private static String hosts(int count, int shift) {
        StringBuilder hosts = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int bits = 2 * i + shift;
            hosts.append("10.")
                    .append(bits >> 16)
                    .append('.')
                    .append(bits >> 8 & 255)
                    .append('.')
                    .append(bits & 255)
                    .append(',');
        }
        return hosts.toString();
    }
}
