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
    private static final int LARGE_EVERY = 500;

    private static SpeakerSimulation simulation(long seed, Set<Breach> breaches, SpeakerTally tally) {
        if (seed % LARGE_EVERY == LARGE_EVERY - 1) {
            return new SpeakerSimulation(seed, 100, 1_000, 3, breaches, tally);
        }
        return switch ((int) (seed % 10)) {
            case 0, 1 -> new SpeakerSimulation(seed, 2, 6, 8, breaches, tally);
            case 2, 3, 4, 5, 6 -> new SpeakerSimulation(seed, 3, 10, 8, breaches, tally);
            case 7, 8 -> new SpeakerSimulation(seed, 5, 20, 8, breaches, tally);
            default -> new SpeakerSimulation(seed, 10, 30, 6, breaches, tally);
        };
    }

    @Test
    void addressesHaveOneOwnerInEachPartAndNoneIsLeftWithoutOne() {
        SpeakerTally tally = new SpeakerTally();
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            Optional<String> broken = simulation(seed, Set.of(), tally).run();
            assertThat(broken).as("seed %d", seed).isEmpty();
        }
        System.out.println(tally.summary(FIRST, FIRST + RUNS - 1));
        for (Trouble trouble : Trouble.values()) {
            assertThat(tally.of(trouble)).as("how often: %s", trouble).isPositive();
        }
    }

    /** Each of these is noticed; that kernels say nothing is noticed in {@link FailoverScenarioTest}. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENT_KERNELS")
    void aShellThatDoesItWrongIsNoticed(Breach breach) {
        Optional<String> broken = LongStream.rangeClosed(1, RUNS_WITH_BREACH)
                .filter(seed -> seed % LARGE_EVERY != LARGE_EVERY - 1)
                .mapToObj(seed ->
                        simulation(seed, EnumSet.of(breach), new SpeakerTally()).run())
                .flatMap(Optional::stream)
                .findFirst();

        assertThat(broken).as("something breaks with %s", breach).isPresent();
    }
}
