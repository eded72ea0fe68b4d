package dev.clarion.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final Prefix PREFIX = Prefix.parse("203.0.113.7/32");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Weights weights = new Weights(Duration.ofSeconds(10));

    private static SortedMap<String, SortedMap<Prefix, BgpRoute>> of(int weight) {
        return new TreeMap<>(
                Map.of("r", new TreeMap<>(Map.of(PREFIX, BgpRoute.of(PREFIX).weighing(weight)))));
    }

    @Test
    void theFirstChangeIsToldAtOnceAndTheNextOnesTogetherLater() {
        assertThat(weights.at(of(1), 0)).isEqualTo(of(1));
        assertThat(weights.at(of(2), SECOND)).isEqualTo(of(2));
        assertThat(weights.pending()).isFalse();
        assertThat(weights.at(of(3), 2 * SECOND)).isEqualTo(of(2));
        assertThat(weights.pending()).isTrue();
        assertThat(weights.at(of(4), 11 * SECOND - 1)).isEqualTo(of(2));
        assertThat(weights.at(of(4), 11 * SECOND)).isEqualTo(of(4));
        assertThat(weights.pending()).isFalse();
    }

    @Test
    void whatIsAsBeforeAgainNeedsNoWait() {
        weights.at(of(1), 0);
        weights.at(of(2), SECOND);
        weights.at(of(3), 2 * SECOND);
        assertThat(weights.at(of(2), 3 * SECOND)).isEqualTo(of(2));
        assertThat(weights.pending()).isFalse();
    }

    @Test
    void aWeightThatComesOrGoesDoesNotWait() {
        weights.at(of(1), 0);
        weights.at(of(2), SECOND);
        assertThat(weights.at(of(0), 2 * SECOND)).isEqualTo(of(0));
        assertThat(weights.at(of(5), 3 * SECOND)).isEqualTo(of(5));
        SortedMap<String, SortedMap<Prefix, BgpRoute>> none = new TreeMap<>(Map.of("r", new TreeMap<>()));
        assertThat(weights.at(none, 4 * SECOND)).isEqualTo(none);
        assertThat(weights.at(of(6), 5 * SECOND)).isEqualTo(of(6));
        assertThat(weights.pending()).isFalse();
    }

    @Test
    void theClockMayBeginAnywhere() {
        assertThat(weights.at(of(1), Long.MAX_VALUE - SECOND)).isEqualTo(of(1));
        assertThat(weights.at(of(2), Long.MAX_VALUE)).isEqualTo(of(2));
        assertThat(weights.at(of(3), Long.MIN_VALUE + 2 * SECOND)).isEqualTo(of(2));
        assertThat(weights.at(of(3), Long.MIN_VALUE + 10 * SECOND)).isEqualTo(of(3));
    }
}
