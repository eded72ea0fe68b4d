package dev.clarion.simulation.speakers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clusters of 2, 3, 5, 10 and 100 speakers, whatever goes wrong. {@code -Dclarion.speakers.runs=10000} makes it longer,
 * {@code -Dclarion.speakers.seed=17} begins elsewhere.
 */
@Timeout(value = 600, unit = TimeUnit.MINUTES)
class SpeakerSimulationTest {
    private static final int RUNS = Integer.getInteger("clarion.speakers.runs", 200);
    private static final long FIRST = Long.getLong("clarion.speakers.seed", 1);
    private static final int RUNS_WITH_BREACH = 60;

    @Test
    void addressesHaveOneOwnerInEachPartAndNoneIsLeftWithoutOne() {
        SpeakerTally tally = new SpeakerTally();
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            Optional<String> broken = SpeakerSimulation.of(seed, Set.of(), tally).run();
            assertThat(broken).as("seed %d", seed).isEmpty();
        }
        System.out.println(tally.summary(FIRST, FIRST + RUNS - 1));
        for (Trouble trouble : Trouble.values()) {
            assertThat(tally.of(trouble)).as("how often: %s", trouble).isPositive();
        }
    }

    /** Each of these is noticed. */
    @ParameterizedTest
    @EnumSource
    void aShellThatDoesItWrongIsNoticed(Breach breach) {
        Optional<String> broken = LongStream.rangeClosed(1, RUNS_WITH_BREACH)
                .mapToObj(seed ->
                        SpeakerSimulation.of(seed, EnumSet.of(breach), new SpeakerTally()).run())
                .flatMap(Optional::stream)
                .findFirst();

        assertThat(broken).as("something breaks with %s", breach).isPresent();
    }
}
