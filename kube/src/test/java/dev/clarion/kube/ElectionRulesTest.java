package dev.clarion.kube;

import static dev.clarion.kube.ElectionRules.Move.RENEW;
import static dev.clarion.kube.ElectionRules.Move.TAKE;
import static dev.clarion.kube.ElectionRules.Move.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ElectionRulesTest {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private final ElectionRules start = ElectionRules.start("me", LEASE);

    private static Duration at(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void aLeaseThatAnotherHoldsIsTakenOnlyAfterItStoodStillForItsWholeTimeByOurClock() {
        ElectionRules rules = start.saw("7", at(1_000));
        assertThat(rules.on("other", at(1_000))).isEqualTo(WAIT);
        rules = rules.saw("7", at(1_009));
        assertThat(rules.on("other", at(1_009))).isEqualTo(WAIT);
        assertThat(rules.on("other", at(1_010))).isEqualTo(TAKE);
    }

    @Test
    void everyRenewalStartsTheTimeAnew() {
        ElectionRules rules = start.saw("7", at(0)).saw("8", at(9));
        assertThat(rules.on("other", at(18))).isEqualTo(WAIT);
        assertThat(rules.on("other", at(19))).isEqualTo(TAKE);
    }

    @Test
    void aLeaseGivenBackIsTakenAtOnceAndOurOwnIsRenewed() {
        ElectionRules rules = start.saw("7", at(0));
        assertThat(rules.on("", at(0))).isEqualTo(TAKE);
        assertThat(rules.on("me", at(100))).isEqualTo(RENEW);
    }

    @Test
    void timesThatWouldAllowTwoLeadersAreRefused() {
        assertThatThrownBy(() -> new LeaderElection.Settings("ns", "l", "me", at(7), at(7), at(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LeaderElection.Settings("ns", "l", "me", at(10), at(7), at(7)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
