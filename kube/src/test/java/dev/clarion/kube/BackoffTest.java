package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long SEED = 0xB0FF;
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

    @Test
    void theFirstRetryIsMadeAtOnce() {
        assertThat(backoff.delay(1, new SplittableRandom(SEED))).isZero();
    }

    @Test
    void delaysGrowAndAreSpreadAndNeverExceedTheCap() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int failures = 2; failures < 200; failures++) {
            long bound = failures > 9 ? 30_000 : Math.min(30_000, 250L << (failures - 2));
            Duration delay = backoff.delay(failures, random);
            assertThat(delay)
                    .as("seed %d, failures %d", SEED, failures)
                    .isBetween(Duration.ofMillis(bound / 2), Duration.ofMillis(bound));
        }
    }

    @Test
    void twoClientsDoNotComeBackTogether() {
        SplittableRandom random = new SplittableRandom(SEED);
        long distinct = IntStream.range(0, 100)
                .mapToObj(client -> backoff.delay(9, random))
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(90);
    }
}
