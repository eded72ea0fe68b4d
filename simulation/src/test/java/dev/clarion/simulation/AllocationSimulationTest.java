package dev.clarion.simulation;

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
 * Two controllers at once, or one that dies over and over while people edit its ledger, whatever happens when.
 * {@code -Dclarion.simulation.runs=5000} makes it longer, {@code -Dclarion.simulation.seed=17} begins elsewhere.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class AllocationSimulationTest {
    private static final int RUNS = Integer.getInteger("clarion.simulation.runs", 300);
    private static final long FIRST = Long.getLong("clarion.simulation.seed", 1);
    private static final int RUNS_WITH_FAULT = 300;

    @Test
    void noAddressIsEverHeldByTwoWhoMayNotShareItAndNoneIsLostForNothing() {
        Tally tally = new Tally();
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            Optional<String> broken = new AllocationSimulation(seed, Set.of(), tally).run();
            assertThat(broken).as("seed %d", seed).isEmpty();
        }
        System.out.println(tally.summary(FIRST, FIRST + RUNS - 1));
        for (Mishap mishap : Mishap.values()) {
            assertThat(tally.of(mishap)).as("how often: %s", mishap).isPositive();
        }
    }

    /** Each of these safeguards is needed: without it, some run breaks. */
    @ParameterizedTest
    @EnumSource
    void withoutASafeguardTheSimulationNotices(Fault fault) {
        Optional<String> broken = LongStream.rangeClosed(1, RUNS_WITH_FAULT)
                .mapToObj(seed -> new AllocationSimulation(seed, EnumSet.of(fault), new Tally()).run())
                .flatMap(Optional::stream)
                .filter(what -> !what.contains("find no end"))
                .findFirst();

        assertThat(broken)
                .as("something breaks without the safeguard %s", fault)
                .isPresent();
    }
}
