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

    private final ToldCounters told = new ToldCounters();

    @Test
    void whatIsThereIsNotWritten() {
        assertThat(told.isNews(LAN, ONE, ONE)).isFalse();
        assertThat(told.isNews(LAN, ONE, TWO)).isTrue();
    }

    /** MetalLB 0.13 and 0.14: taken and dropped. */
    @Test
    void whatDoesNotShowOnceWrittenIsNotWrittenAgainUntilItChanges() {
        assertThat(told.isNews(LAN, NONE, ONE)).isTrue();
        assertThat(told.isNews(LAN, NONE, ONE)).isFalse();
        assertThat(told.isNews(LAN, NONE, TWO)).isTrue();
    }

    /** Somebody else writes something different each time it is right. */
    @Test
    void whatWasRightOnceIsWrittenAgainWhereItIsWrongAgain() {
        assertThat(told.isNews(LAN, NONE, ONE)).isTrue();
        assertThat(told.isNews(LAN, ONE, ONE)).isFalse();
        assertThat(told.isNews(LAN, NONE, ONE)).isTrue();
    }

    @Test
    void whatWasMissedIsTriedAgainAndWhatWasRefusedIsNot() {
        told.isNews(LAN, NONE, ONE);
        told.missed(LAN);
        assertThat(told.isNews(LAN, NONE, ONE)).isTrue();

        told.refused(LAN);
        assertThat(told.isNews(LAN, NONE, TWO)).isFalse();

        told.retain(List.of());
        assertThat(told.isNews(LAN, NONE, TWO)).isTrue();
    }
}
