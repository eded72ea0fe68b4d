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

/** Two controllers at once, whatever happens when. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AllocationSimulationTest {
    private static final int RUNS = 200;

    @Test
    void noAddressIsEverShownByTwoServicesAndNoneIsShownThatTheLedgerDoesNotHave() {
        for (long seed = 1; seed <= RUNS; seed++) {
            Optional<String> broken = new AllocationSimulation(seed, Set.of()).run();
            assertThat(broken).as("seed %d", seed).isEmpty();
        }
    }

    /** Each of these safeguards is needed: without it, some run breaks. */
    @ParameterizedTest
    @EnumSource
    void withoutASafeguardTheSimulationNotices(Fault fault) {
        Optional<String> broken = LongStream.rangeClosed(1, RUNS)
                .mapToObj(seed -> new AllocationSimulation(seed, EnumSet.of(fault)).run())
                .flatMap(Optional::stream)
                .filter(what -> what.contains("ledger has") || what.contains("is shown by"))
                .findFirst();

        assertThat(broken)
                .as("something breaks without the safeguard %s", fault)
                .isPresent();
    }
}
