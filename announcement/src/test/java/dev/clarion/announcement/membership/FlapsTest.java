package dev.clarion.announcement.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FlapsTest {
    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void whoReturnsIsLessPreferredForHalfAMinuteTwiceAsLongEachTimeUpToTenMinutes() {
        Flaps flaps = Flaps.NONE;
        assertThat(flaps.damped(0)).isFalse();
        long[] expected = {30, 60, 120, 240, 480, 600, 600};
        long now = 0;
        for (long damping : expected) {
            flaps = flaps.returned(now);
            assertThat(flaps.damped(now + seconds(damping) - 1))
                    .as("%d", damping)
                    .isTrue();
            assertThat(flaps.damped(now + seconds(damping))).as("%d", damping).isFalse();
            now += seconds(60);
        }
    }

    @Test
    void afterAQuietHourItIsTheFirstTimeAgain() {
        Flaps flaps = Flaps.NONE.returned(0).returned(seconds(10)).returned(seconds(20));
        long later = seconds(4_000);
        assertThat(flaps.returned(later).damped(later + seconds(30))).isFalse();
    }
}
