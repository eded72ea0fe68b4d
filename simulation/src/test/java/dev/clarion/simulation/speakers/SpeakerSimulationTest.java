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
 * Clusters of 2 and 3 speakers, and now and then 5 and 10, whatever goes wrong. {@code -Dclarion.speakers.runs=10000} makes
 * it longer, {@code -Dclarion.speakers.seed=17} begins elsewhere; larger clusters, and those of 100, are the business of
 * {@link SpeakerSimulationBench}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SpeakerSimulationTest {
    private static final int RUNS = Integer.getInteger("clarion.speakers.runs", 250);
    private static final long FIRST = Long.getLong("clarion.speakers.seed", 1);
    private static final int RUNS_WITH_BREACH = 60;
    /** Seeds that end in this, or more, are of clusters of 5 and 10. */
    private static final int MANY = 7;

    private static final int FIFTH = 59;

    @Test
    void addressesHaveOneOwnerInEachPartAndNoneIsLeftWithoutOne() {
        SpeakerTally tally = new SpeakerTally();
        for (long seed : seeds(RUNS).toArray()) {
            Optional<String> broken =
                    SpeakerSimulation.of(seed, Set.of(), tally).run();
            assertThat(broken).as("seed %d", seed).isEmpty();
        }
        System.out.println(tally.summary(FIRST, seeds(RUNS).max().orElse(FIRST)));
        for (Trouble trouble : Trouble.values()) {
            assertThat(tally.of(trouble)).as("how often: %s", trouble).isPositive();
        }
    }

    /** A run of many costs twenty times as much as one of a few. */
    private static LongStream seeds(int count) {
        return LongStream.iterate(FIRST, seed -> seed + 1)
                .filter(seed -> seed % 10 < MANY || seed % 100 == MANY || seed % 100 == FIFTH)
                .filter(seed -> !SpeakerSimulation.large(seed))
                .limit(count);
    }

    /** Each of these is noticed. */
    @ParameterizedTest
    @EnumSource
    void aShellThatDoesItWrongIsNoticed(Breach breach) {
        Optional<String> broken = seeds(RUNS_WITH_BREACH)
                .mapToObj(seed -> SpeakerSimulation.of(seed, EnumSet.of(breach), new SpeakerTally())
                        .run())
                .flatMap(Optional::stream)
                .findFirst();

        assertThat(broken).as("something breaks with %s", breach).isPresent();
    }
}
