package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaseLivenessTest {
    private static final Duration TTL = Duration.ofSeconds(4);

    private static Duration at(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private static LeaseSeen lease(String holder, int renewal) {
        return new LeaseSeen(holder, "" + renewal);
    }

    @Test
    void aHolderLivesAsLongAsItsLeaseIsSeenToChange() {
        LeaseLiveness liveness = LeaseLiveness.EMPTY.observe(Map.of("n1", lease("n1", 1)), at(100));
        assertThat(liveness.alive(at(103.9), TTL)).containsExactly("n1");
        liveness = liveness.observe(Map.of("n1", lease("n1", 2)), at(103.9));
        assertThat(liveness.alive(at(107.8), TTL)).containsExactly("n1");
        assertThat(liveness.alive(at(107.9), TTL)).isEmpty();
    }

    @Test
    void lookingAgainAtTheSameRenewalGivesNoLife() {
        LeaseLiveness liveness = LeaseLiveness.EMPTY.observe(Map.of("n1", lease("n1", 1)), at(0));
        for (int second = 1; second < 10; second++) {
            liveness = liveness.observe(Map.of("n1", lease("n1", 1)), at(second));
        }
        assertThat(liveness.alive(at(3), TTL)).containsExactly("n1");
        assertThat(liveness.alive(at(4), TTL)).isEmpty();
    }

    @Test
    void whoGivesItsLeaseBackOrLosesItIsDeadAtOnce() {
        LeaseLiveness liveness = LeaseLiveness.EMPTY.observe(Map.of("n1", lease("n1", 1), "n2", lease("n2", 1)), at(0));
        liveness = liveness.observe(Map.of("n1", lease("", 2)), at(1));
        assertThat(liveness.alive(at(1), TTL)).isEmpty();
    }

    @Test
    void theNextDeathIsForetold() {
        LeaseLiveness liveness = LeaseLiveness.EMPTY
                .observe(Map.of("n1", lease("n1", 1), "n2", lease("n2", 1)), at(0))
                .observe(Map.of("n1", lease("n1", 1), "n2", lease("n2", 2)), at(3));
        assertThat(liveness.nextExpiry(at(3), TTL)).contains(at(1));
        assertThat(liveness.nextExpiry(at(4), TTL)).contains(at(3));
        assertThat(liveness.nextExpiry(at(8), TTL)).isEmpty();
    }
}
