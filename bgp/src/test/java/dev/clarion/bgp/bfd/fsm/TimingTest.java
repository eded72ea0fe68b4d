package dev.clarion.bgp.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 5880 section 6.8.3: what of a change is lived by before the peer has answered. */
class TimingTest {
    private static final Offer SLOW = new Offer(1_000_000, 300_000);
    private static final Offer FAST = new Offer(100_000, 100_000);

    @Test
    void sendingFasterBeginsAtOnceAndExpectingMoreWaitsForTheAnswer() {
        Timing timing = Timing.of(SLOW).change(FAST, true, true);
        assertThat(timing.offered()).isEqualTo(FAST);
        assertThat(timing.applied()).isEqualTo(new Offer(100_000, 300_000));
        assertThat(timing.polled()).contains(FAST);
        assertThat(timing.answered()).isEqualTo(Timing.of(FAST));
    }

    @Test
    void sendingSlowerWaitsForTheAnswerAndExpectingLessBeginsAtOnce() {
        Timing timing = Timing.of(FAST).change(SLOW, true, true);
        assertThat(timing.applied()).isEqualTo(new Offer(100_000, 300_000));
        assertThat(timing.answered().applied()).isEqualTo(SLOW);
    }

    @Test
    void aChangeDuringAPollGetsAPollOfItsOwnSinceTheAnswerMayBeOlder() {
        Offer faster = new Offer(50_000, 50_000);
        Timing timing = Timing.of(SLOW).change(FAST, true, true).change(faster, true, true);
        Timing once = timing.answered();
        assertThat(once.polled()).contains(faster);
        assertThat(once.applied()).as("the peer is known to know the first").isEqualTo(new Offer(50_000, 100_000));
        assertThat(once.answered()).isEqualTo(Timing.of(faster));
    }

    @Test
    void whileTheSessionIsNotUpNobodyReliesOnIntervals() {
        Timing timing = Timing.of(FAST).change(SLOW, false, true);
        assertThat(timing.applied()).isEqualTo(SLOW);
        assertThat(timing.polled()).contains(SLOW);
        assertThat(Timing.of(FAST).change(SLOW, false, false)).isEqualTo(Timing.of(SLOW));
    }

    @Test
    void goingDownDuringAPollLeavesNothingOfTheFasterOffer() {
        Timing timing = Timing.of(SLOW).change(FAST, true, true).change(SLOW, false, true);
        assertThat(timing.answered()).isEqualTo(Timing.of(SLOW));
    }

    @Test
    void theSameOfferIsNoChangeAndAnAnswerWithoutAPollMeansNothing() {
        Timing timing = Timing.of(FAST);
        assertThat(timing.change(new Offer(100_000, 100_000), true, true)).isSameAs(timing);
        assertThat(timing.answered()).isSameAs(timing);
    }
}
