package dev.clarion.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private final Repeats repeats = new Repeats(30_000);

    @Test
    void aLineIsPrintedOncePerPauseAndTheOthersAreCounted() {
        assertThat(repeats.pass("x", 0)).isEqualTo(OptionalLong.of(0));
        for (int second = 1; second < 30; second++) {
            assertThat(repeats.pass("x", second * 1_000L)).isEmpty();
        }
        assertThat(repeats.pass("x", 30_000)).isEqualTo(OptionalLong.of(29));
        assertThat(repeats.pass("x", 60_000)).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void anotherLineIsNotHeldBack() {
        repeats.pass("x", 0);
        assertThat(repeats.pass("y", 0)).isEqualTo(OptionalLong.of(0));
    }
}
