package dev.clarion.announcement.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private static ReplayWindow after(ReplayWindow window, long... numbers) {
        ReplayWindow next = window;
        for (long number : numbers) {
            next = next.after(number).orElseThrow();
        }
        return next;
    }

    @Test
    void whatComesTwiceCountsOnceInWhateverOrderItComes() {
        ReplayWindow window = after(ReplayWindow.EMPTY, 1, 2, 5, 4);
        assertThat(window.after(4)).isEmpty();
        assertThat(window.after(5)).isEmpty();
        assertThat(window.after(1)).isEmpty();
        assertThat(window.after(3)).isPresent();
        assertThat(window.after(6)).isPresent();
    }

    @Test
    void whatIsTooOldToTellDoesNotCount() {
        ReplayWindow window = after(ReplayWindow.EMPTY, 1, 100);
        assertThat(window.after(36)).isEmpty();
        assertThat(window.after(37)).isPresent();
        assertThat(window.after(0)).isEmpty();
        assertThat(window.after(-5)).isEmpty();
    }

    @Test
    void itAgreesWithASetOfAllNumbers() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            ReplayWindow window = ReplayWindow.EMPTY;
            Set<Long> seen = new HashSet<>();
            long highest = 0;
            for (int i = 0; i < 500; i++) {
                long number = Math.max(1, highest + chance.nextInt(-80, 8));
                boolean expected = number > highest - ReplayWindow.SIZE && seen.add(number);
                Optional<ReplayWindow> next = window.after(number);
                assertThat(next.isPresent())
                        .as("seed %d, %d of %d", seed, number, highest)
                        .isEqualTo(expected);
                window = next.orElse(window);
                highest = Math.max(highest, number);
            }
        }
    }
}
