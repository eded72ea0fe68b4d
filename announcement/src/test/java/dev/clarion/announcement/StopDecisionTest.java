package dev.clarion.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.StopDecision.Kind;
import dev.clarion.announcement.StopDecision.Reason;
import dev.clarion.announcement.StopFacts.Presence;
import org.junit.jupiter.api.Test;

class StopDecisionTest {
    private static StopDecision decide(Presence daemonSet, Presence node) {
        return StopDecision.decide(new StopFacts(daemonSet, node, false, false));
    }

    @Test
    void aPodThatIsReplacedRestarts() {
        assertThat(decide(Presence.PRESENT, Presence.PRESENT))
                .isEqualTo(new StopDecision(Kind.RESTART, Reason.NOTHING_ELSE_GOES));
    }

    @Test
    void withoutAnAnswerARestartIsAssumed() {
        assertThat(decide(Presence.UNKNOWN, Presence.UNKNOWN))
                .isEqualTo(new StopDecision(Kind.RESTART, Reason.API_AWAY));
        assertThat(decide(Presence.PRESENT, Presence.UNKNOWN).kind()).isEqualTo(Kind.RESTART);
        assertThat(decide(Presence.UNKNOWN, Presence.PRESENT))
                .isEqualTo(new StopDecision(Kind.RESTART, Reason.API_AWAY));
    }

    @Test
    void aDaemonSetThatIsGoneOrGoingMeansThatClarionLeaves() {
        for (Presence node : Presence.values()) {
            assertThat(decide(Presence.GONE, node)).isEqualTo(new StopDecision(Kind.LEAVE, Reason.DAEMON_SET_GONE));
            assertThat(decide(Presence.DELETING, node).kind()).isEqualTo(Kind.LEAVE);
        }
    }

    @Test
    void aNodeThatGoesHandsOver() {
        assertThat(decide(Presence.PRESENT, Presence.GONE))
                .isEqualTo(new StopDecision(Kind.HAND_OVER, Reason.NODE_GONE));
        assertThat(decide(Presence.UNKNOWN, Presence.DELETING))
                .isEqualTo(new StopDecision(Kind.HAND_OVER, Reason.NODE_DELETING));
        assertThat(StopDecision.decide(new StopFacts(Presence.PRESENT, Presence.PRESENT, true, false)))
                .isEqualTo(new StopDecision(Kind.HAND_OVER, Reason.NODE_OUT_OF_SERVICE));
        assertThat(StopDecision.decide(new StopFacts(Presence.PRESENT, Presence.PRESENT, false, true)))
                .isEqualTo(new StopDecision(Kind.HAND_OVER, Reason.NODE_SHUTTING_DOWN));
    }
}
