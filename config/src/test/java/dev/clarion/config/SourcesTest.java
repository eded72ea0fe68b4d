package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What several sources make of one configuration. Pools of resources are written as {@code name=range}. */
class SourcesTest {
    private static final EntryKey A = new EntryKey(Section.IP_ADDRESS_POOLS, "a");
    private static final String ONE = "10.0.1.0/24";
    private static final String TWO = "10.0.2.0/24";

    private static Origin origin(Source source, String name) {
        return switch (source) {
            case CONFIG_MAP -> Origin.CONFIG_MAP;
            case RESOURCE -> new Origin(source, "IPAddressPool", "metallb-system", name);
            case METALLB_CONFIG_MAP -> new Origin(source, "ConfigMap", "metallb-system", "config");
        };
    }

    /** Pools as a source might have them, through the same forms that our own reader uses. */
    private static Reading pools(Source source, String... pools) {
        List<Problem> problems = new ArrayList<>();
        List<Reading.Entry> entries = new ArrayList<>();
        for (String pool : pools) {
            String[] parts = pool.split("=", 2);
            String path = source == Source.RESOURCE ? "spec" : "ipAddressPools[" + entries.size() + "]";
            Node node = node("{name: " + parts[0] + ", addresses: [" + parts[1] + "]}");
            Origin origin = origin(source, parts[0]);
            entries.add(Forms.read(origin, Section.IP_ADDRESS_POOLS, path, node, false, problems));
        }
        return new Reading(source, new Reading.Document(entries, Set.of()), problems);
    }

    private static Node node(String yaml) {
        try {
            return TreeBuilder.build(yaml).orElseThrow().unplaced();
        } catch (UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    private static Publication publish(EffectiveConfig before, Reading... readings) {
        Publication publication = Publication.of(Optional.of(before), List.of(readings));
        try {
            assertThat(EffectiveYaml.read(EffectiveYaml.write(publication.effective())))
                    .isEqualTo(publication.effective());
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
        Publication again = Publication.of(Optional.of(publication.effective()), List.of(readings));
        assertThat(again.effective()).as("the same once more").isEqualTo(publication.effective());
        return publication;
    }

    private static List<String> inForce(Publication publication) {
        EffectiveConfig effective = publication.effective();
        return effective.config().ipAddressPools().stream()
                .map(pool -> pool.name() + "=" + pool.ranges().getFirst() + " from "
                        + effective.origin(pool.key()).source())
                .toList();
    }

    private static List<String> problems(Publication publication) {
        return publication.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void entriesOfAllSourcesAreInForceAndSayWhereTheyComeFrom() {
        Publication all = publish(
                EffectiveConfig.NONE,
                pools(Source.METALLB_CONFIG_MAP, "c=10.0.3.0/24"),
                pools(Source.CONFIG_MAP, "a=" + ONE),
                pools(Source.RESOURCE, "b=" + TWO));
        assertThat(all.problems()).isEmpty();
        assertThat(inForce(all))
                .containsExactly(
                        "a=" + ONE + " from CONFIG_MAP",
                        "b=" + TWO + " from RESOURCE",
                        "c=10.0.3.0/24 from METALLB_CONFIG_MAP");
        assertThat(EffectiveYaml.write(all.effective()))
                .contains("""
                - name: a
                  addresses:
                """)
                .contains("""
                - name: b
                  source: "resource IPAddressPool metallb-system/b"
                """)
                .contains("""
                - name: c
                  source: "metallbConfigMap ConfigMap metallb-system/config"
                """);
    }

    @Test
    void nameOfTwoSourcesBelongsToTheEarlierOneWhateverTheOrderOfReadings() {
        Publication both =
                publish(EffectiveConfig.NONE, pools(Source.RESOURCE, "a=" + TWO), pools(Source.CONFIG_MAP, "a=" + ONE));
        assertThat(inForce(both)).containsExactly("a=" + ONE + " from CONFIG_MAP");
        assertThat(problems(both))
                .containsExactly("IPAddressPool metallb-system/a spec: ConfigMap clarion has ipAddressPools/a too, "
                        + "and counts; rename this one or take it out");
        assertThat(both.problems()).extracting(Problem::reason).containsExactly(ProblemReason.DUPLICATE_SOURCE);
    }

    @Test
    void twoSourcesThatSayTheSameAreOnlyWarnedOf() {
        Publication both = publish(
                EffectiveConfig.NONE, pools(Source.RESOURCE, "a=" + ONE), pools(Source.METALLB_CONFIG_MAP, "a=" + ONE));
        assertThat(inForce(both)).containsExactly("a=" + ONE + " from RESOURCE");
        assertThat(both.problems()).extracting(Problem::severity).containsExactly(Severity.WARNING);
        assertThat(both.problems().getFirst().message()).startsWith("IPAddressPool metallb-system/a says the same");
    }

    @Test
    void badEntryOfTheEarlierSourceKeepsItsNameAndItsPublishedForm() {
        EffectiveConfig first = publish(EffectiveConfig.NONE, pools(Source.CONFIG_MAP, "a=" + ONE))
                .effective();
        Publication edited = publish(first, pools(Source.CONFIG_MAP, "a=typo"), pools(Source.RESOURCE, "a=" + TWO));
        assertThat(inForce(edited)).containsExactly("a=" + ONE + " from CONFIG_MAP");
        assertThat(edited.effective().kept()).isEqualTo(Map.of(A, 1L));
        assertThat(edited.problems())
                .extracting(Problem::reason)
                .containsExactly(ProblemReason.BAD_ADDRESS, ProblemReason.DUPLICATE_SOURCE);
    }

    @Test
    void entryMovesToAnotherSourceWithoutAChangeOfGeneration() {
        EffectiveConfig first = publish(EffectiveConfig.NONE, pools(Source.METALLB_CONFIG_MAP, "a=" + ONE))
                .effective();
        Publication moved = publish(first, pools(Source.CONFIG_MAP, "a=" + ONE));
        assertThat(moved.effective().generation()).isEqualTo(1);
        assertThat(inForce(moved)).containsExactly("a=" + ONE + " from CONFIG_MAP");
        assertThat(moved.effective()).isNotEqualTo(first);
    }

    @Test
    void sourceThatCannotBeReadKeepsItsEntriesAndTheirNamesWhileOthersChange() {
        EffectiveConfig first = publish(
                        EffectiveConfig.NONE, pools(Source.CONFIG_MAP, "a=" + ONE), pools(Source.RESOURCE, "b=" + TWO))
                .effective();
        Reading unreadable = ConfigReader.read("ipAddressPools: [");
        Publication edited = publish(first, unreadable, pools(Source.RESOURCE, "c=10.0.3.0/24", "a=10.0.4.0/24"));
        assertThat(inForce(edited)).containsExactly("a=" + ONE + " from CONFIG_MAP", "c=10.0.3.0/24 from RESOURCE");
        assertThat(edited.effective().kept()).isEqualTo(Map.of(A, 1L));
        assertThat(edited.problems())
                .extracting(Problem::reason)
                .containsExactly(ProblemReason.NOT_YAML, ProblemReason.DUPLICATE_SOURCE);
    }

    @Test
    void sourceThatIsGoneTakesItsEntriesAlong() {
        EffectiveConfig first = publish(
                        EffectiveConfig.NONE, pools(Source.CONFIG_MAP, "a=" + ONE), pools(Source.RESOURCE, "b=" + TWO))
                .effective();
        Publication edited = publish(first, pools(Source.CONFIG_MAP, "a=" + ONE));
        assertThat(inForce(edited)).containsExactly("a=" + ONE + " from CONFIG_MAP");
    }

    @Test
    void poolsOfTwoSourcesClashLikeThoseOfOne() {
        EffectiveConfig first = publish(EffectiveConfig.NONE, pools(Source.RESOURCE, "b=" + ONE))
                .effective();
        Publication edited = publish(first, pools(Source.CONFIG_MAP, "a=10.0.1.9"), pools(Source.RESOURCE, "b=" + ONE));
        assertThat(inForce(edited)).as("what is in force stays").containsExactly("b=" + ONE + " from RESOURCE");
        assertThat(edited.problems()).extracting(Problem::object).containsExactly("ipAddressPools/a");
        Publication cold = publish(
                EffectiveConfig.NONE, pools(Source.RESOURCE, "b=" + ONE), pools(Source.CONFIG_MAP, "a=10.0.1.9"));
        assertThat(inForce(cold)).containsExactly("a=10.0.1.9 from CONFIG_MAP");
    }
}
