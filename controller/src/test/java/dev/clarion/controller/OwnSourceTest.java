package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.Names;
import dev.clarion.config.Problem;
import dev.clarion.config.ProblemReason;
import dev.clarion.config.Publication;
import dev.clarion.config.Reading;
import dev.clarion.kube.StoredConfigMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ConfigMap clarion as a source, and what it says once it is gone. */
class OwnSourceTest {
    private static final String POOLS = "ipAddressPools:\n- {name: lan, addresses: [10.0.0.0/24]}\n";

    private final OwnSource source = new OwnSource("clarion-system");

    private static List<OwnMap> map(String version, Map<String, String> data) {
        return List.of(new OwnMap.Source(new StoredConfigMap(Names.CONFIG_MAP, "uid", version, Map.of(), data)));
    }

    private static EffectiveConfig published(Reading reading) {
        return Publication.of(Optional.empty(), List.of(reading)).effective();
    }

    @Test
    void whereThereNeverWasOneItSaysNothing() {
        assertThat(source.reading(List.of(), EffectiveConfig.NONE)).isEmpty();
    }

    @Test
    void itSaysTheSameUntilItChanges() {
        Reading first = source.reading(map("1", Map.of(Names.CONFIG_KEY, POOLS)), EffectiveConfig.NONE)
                .orElseThrow();
        assertThat(source.reading(map("1", Map.of(Names.CONFIG_KEY, POOLS)), published(first)))
                .containsSame(first);
        assertThat(source.reading(map("2", Map.of(Names.CONFIG_KEY, "{}")), published(first))
                        .map(Reading::outcome))
                .hasValueSatisfying(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Reading.Document.class,
                                document -> assertThat(document.entries()).isEmpty()));
    }

    @Test
    void whenItIsGoneWhatItSaidStaysInForce() {
        Reading first = source.reading(map("1", Map.of(Names.CONFIG_KEY, POOLS)), EffectiveConfig.NONE)
                .orElseThrow();
        EffectiveConfig inForce = published(first);

        Reading gone = source.reading(List.of(), inForce).orElseThrow();

        assertThat(gone.outcome()).isInstanceOf(Reading.Unreadable.class);
        assertThat(gone.problems()).extracting(Problem::reason).containsExactly(ProblemReason.SOURCE_GONE);
        assertThat(source.reading(List.of(), inForce)).containsSame(gone);
        assertThat(Publication.of(Optional.of(inForce), List.of(gone))
                        .effective()
                        .config())
                .isEqualTo(inForce.config());
    }

    @Test
    void withoutItsKeyItChangesNothing() {
        Reading reading = source.reading(map("1", Map.of("config", POOLS)), EffectiveConfig.NONE)
                .orElseThrow();
        assertThat(reading.outcome()).isInstanceOf(Reading.Unreadable.class);
        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no key config.yaml"));
    }
}
