package dev.clarion.controller.metallb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.kube.ObjectKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the counters of a pool are written. */
class ToldCountersTest {
    private static final ObjectKey LAN = new ObjectKey("metallb-system", "lan");
    private static final Map<String, Long> NONE = Map.of();
    private static final Map<String, Long> ONE = Map.of("assignedIPv4", 1L);
    private static final Map<String, Long> TWO = Map.of("assignedIPv4", 2L);

    private static final long NOW = Long.MAX_VALUE - 7;
    private static final long WHILE = ToldCounters.AFTER_REFUSAL.toNanos();

    private final ToldCounters told = new ToldCounters();

    @Test
    void whatIsThereIsNotWritten() {
        assertThat(told.isNews(LAN, ONE, ONE, NOW)).isFalse();
        assertThat(told.isNews(LAN, ONE, TWO, NOW)).isTrue();
    }

    /** MetalLB 0.13 and 0.14: taken and dropped. */
    @Test
    void whatDoesNotShowOnceWrittenIsNotWrittenAgainUntilItChanges() {
        assertThat(told.isNews(LAN, NONE, ONE, NOW)).isTrue();
        assertThat(told.isNews(LAN, NONE, ONE, NOW)).isFalse();
        assertThat(told.isNews(LAN, NONE, TWO, NOW)).isTrue();
    }

    /** Somebody else writes something different each time it is right. */
    @Test
    void whatWasRightOnceIsWrittenAgainWhereItIsWrongAgain() {
        assertThat(told.isNews(LAN, NONE, ONE, NOW)).isTrue();
        assertThat(told.isNews(LAN, ONE, ONE, NOW)).isFalse();
        assertThat(told.isNews(LAN, NONE, ONE, NOW)).isTrue();
    }

    @Test
    void whatWasMissedIsTriedAgainAtOnceAndWhatWasRefusedAfterATime() {
        told.isNews(LAN, NONE, ONE, NOW);
        told.missed(LAN);
        assertThat(told.isNews(LAN, NONE, ONE, NOW)).isTrue();

        told.refused(LAN, NOW);
        assertThat(told.isNews(LAN, NONE, ONE, NOW + WHILE - 1)).isFalse();
        assertThat(told.isNews(LAN, NONE, ONE, NOW + WHILE)).isTrue();
        assertThat(told.isNews(LAN, NONE, ONE, NOW + WHILE)).isFalse();

        told.refused(LAN, NOW);
        told.retain(List.of());
        assertThat(told.isNews(LAN, NONE, ONE, NOW))
                .as("another pool of the name")
                .isTrue();
    }
}
