package dev.clarion.bgp.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.bfd.fsm.Event.DetectionExpired;
import dev.clarion.bgp.bfd.fsm.Event.Disabled;
import dev.clarion.bgp.bfd.fsm.Event.Enabled;
import dev.clarion.bgp.bfd.fsm.Event.Received;
import dev.clarion.bgp.bfd.fsm.Event.Reconfigured;
import dev.clarion.bgp.bfd.fsm.Step.Change;
import dev.clarion.bgp.bfd.fsm.Step.Say;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import dev.clarion.bgp.bfd.wire.Diagnostic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5880 section 6.8, in prose and as a table. Ours is session 7; the peer's is 9 and wants 300 ms, three times. */
class FsmTest {
    private static final Wanted WANTED = new Wanted(200_000, 250_000, 3, false);
    private static final int OURS = 7;
    private static final int THEIRS = 9;

    // The three-way handshake (section 6.2 and the table in 6.8.6).

    @ParameterizedTest(name = "{0}, and the peer says {1}: {2}")
    @CsvSource({
        "ADMIN_DOWN, ADMIN_DOWN, ADMIN_DOWN,",
        "ADMIN_DOWN, DOWN, ADMIN_DOWN,",
        "ADMIN_DOWN, INIT, ADMIN_DOWN,",
        "ADMIN_DOWN, UP, ADMIN_DOWN,",
        "DOWN, ADMIN_DOWN, DOWN,",
        "DOWN, DOWN, INIT, PEER_HEARD",
        "DOWN, INIT, UP, HANDSHAKE_DONE",
        "DOWN, UP, DOWN,",
        "INIT, ADMIN_DOWN, DOWN, PEER_ADMIN_DOWN",
        "INIT, DOWN, INIT,",
        "INIT, INIT, UP, HANDSHAKE_DONE",
        "INIT, UP, UP, HANDSHAKE_DONE",
        "UP, ADMIN_DOWN, DOWN, PEER_ADMIN_DOWN",
        "UP, DOWN, DOWN, PEER_DOWN",
        "UP, INIT, UP,",
        "UP, UP, UP,",
    })
    void statesAnswerStates(BfdState ours, BfdState theirs, BfdState next, BfdReason reason) {
        Step step = Fsm.on(in(ours), new Received(says(theirs).packet()));
        assertThat(step.state().kind()).isEqualTo(next);
        if (reason == null) {
            assertThat(step.change()).isEmpty();
            assertThat(step.say()).isEqualTo(Say.NOTHING);
        } else {
            assertThat(step.change()).contains(new Change(ours, next, reason));
            assertThat(step.say()).as("a change is told at once").isEqualTo(Say.NOW);
        }
    }

    static Stream<Arguments> everyStateAndEvent() {
        List<Event> events = List.of(
                new Received(says(BfdState.UP).packet()),
                new DetectionExpired(false),
                new DetectionExpired(true),
                new Reconfigured(new Wanted(50_000, 50_000, 5, true)),
                new Disabled(),
                new Enabled());
        return Arrays.stream(BfdState.values())
                .flatMap(state -> events.stream().map(event -> Arguments.of(state, event)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyStateAndEvent")
    void noStateForgetsAnEventAndNoneIsLeftWithoutATimer(BfdState kind, Event event) {
        Step step = Fsm.on(in(kind), event);
        assertThat(step).as("a pure function").isEqualTo(Fsm.on(in(kind), event));
        assertThat(step.state().discriminator()).isEqualTo(OURS);
        State next = step.state();
        assertThat(next.transmitInterval() > 0
                        || (next.wanted().passive() && !next.remote().heard()))
                .as("it sends periodically, or it is passive and alone")
                .isTrue();
        boolean connected = next.kind() == BfdState.INIT || next.kind() == BfdState.UP;
        assertThat(!connected || next.detectionTime() > 0)
                .as("what can fail is watched")
                .isTrue();
        assertThat(!connected || step.detection() != 0)
                .as("and its timer is not stopped")
                .isTrue();
        assertThat(next.kind() == BfdState.UP || next.transmitInterval() >= Wanted.SLOW || next.transmitInterval() == 0)
                .as("fast only while up")
                .isTrue();
    }

    @Test
    void aSessionThatHearsNothingNewGoesOnUnchangedSoThatNothingNeedBeMade() {
        State up = up();
        ControlPacket same = says(BfdState.UP).packet();
        State next = Fsm.on(up, new Received(same)).state();
        assertThat(Fsm.on(next, new Received(same)).state()).isSameAs(next);
    }

    // What is sent, and how often (6.8.2, 6.8.3, 6.8.7).

    @Test
    void beforeItIsUpItSendsOnceASecondHoweverFastItMayLater() {
        State down = State.initial(WANTED, OURS);
        assertThat(down.transmitInterval()).isEqualTo(1_000_000);
        assertThat(down.packet(false))
                .isEqualTo(new ControlPacket(
                        0, BfdState.DOWN, false, false, false, false, 3, OURS, 0, 1_000_000, 250_000, 0));
    }

    @Test
    void comingUpItPollsForItsOwnPaceAndSendsByTheSlowerOfBoth() {
        Step step = Fsm.on(in(BfdState.INIT), new Received(says(BfdState.UP).packet()));
        ControlPacket said = step.state().packet(false);
        assertThat(said.state()).isEqualTo(BfdState.UP);
        assertThat(said.poll()).isTrue();
        assertThat(said.desiredMinTx()).isEqualTo(200_000);
        assertThat(step.state().transmitInterval())
                .as("the peer can receive no faster")
                .isEqualTo(300_000);
        State answered = Fsm.on(
                        step.state(), new Received(says(BfdState.UP).last().packet()))
                .state();
        assertThat(answered.packet(false).poll()).isFalse();
    }

    @Test
    void aPollIsAnsweredAtOnceInEveryStateButAdminDown() {
        for (BfdState state : BfdState.values()) {
            Step step = Fsm.on(in(state), new Received(says(BfdState.UP).poll().packet()));
            assertThat(step.say()).as(state.name()).isEqualTo(state == BfdState.ADMIN_DOWN ? Say.NOTHING : Say.LAST);
        }
        ControlPacket answer = polling().packet(true);
        assertThat(answer.last()).isTrue();
        assertThat(answer.poll()).as("never both").isFalse();
    }

    @Test
    void aPeerThatAsksForNoPeriodicPacketsGetsNone() {
        State up = Fsm.on(up(), new Received(says(BfdState.UP).required(0).packet()))
                .state();
        assertThat(up.transmitInterval()).isZero();
        assertThat(Fsm.on(up, new Received(says(BfdState.UP).packet())).state().transmitInterval())
                .isEqualTo(300_000);
    }

    @Test
    void aPeerInDemandModeIsSentNothingWhileBothAreUpUnlessWePoll() {
        Received demands = new Received(says(BfdState.UP).demand().packet());
        State silent = Fsm.on(up(), demands).state();
        assertThat(silent.transmitInterval()).isZero();
        State changed = Fsm.on(silent, new Reconfigured(new Wanted(100_000, 100_000, 3, false)))
                .state();
        assertThat(changed.transmitInterval()).isEqualTo(300_000);
        State answered = Fsm.on(
                        changed, new Received(says(BfdState.UP).demand().last().packet()))
                .state();
        assertThat(answered.transmitInterval()).isZero();
        State down = Fsm.on(answered, new Received(says(BfdState.DOWN).demand().packet()))
                .state();
        assertThat(down.transmitInterval()).isEqualTo(1_000_000);
    }

    @Test
    void aPassiveSessionIsSilentUntilThePeerIsHeardAndAgainWhenItIsForgotten() {
        State passive = State.initial(new Wanted(200_000, 250_000, 3, true), OURS);
        assertThat(passive.transmitInterval()).isZero();
        Step heard = Fsm.on(passive, new Received(says(BfdState.DOWN).packet()));
        assertThat(heard.state().transmitInterval()).isEqualTo(1_000_000);
        Step lost = Fsm.on(heard.state(), new DetectionExpired(false));
        assertThat(lost.say()).isEqualTo(Say.NOTHING);
        assertThat(lost.state().transmitInterval()).isZero();
        assertThat(Fsm.on(lost.state(), new Disabled()).say()).isEqualTo(Say.NOTHING);
    }

    @Test
    void jitterTakesUpToAQuarterAndMoreWhereOneLostPacketCounts() {
        State up = up();
        assertThat(up.jittered(1_000, 0)).isEqualTo(750);
        assertThat(up.jittered(1_000, 0.9999)).isEqualTo(999);
        State once = State.initial(new Wanted(200_000, 250_000, 1, false), OURS);
        assertThat(once.jittered(1_000, 0)).isEqualTo(750);
        assertThat(once.jittered(1_000, 0.9999)).isEqualTo(899);
    }

    // Detection (6.8.4).

    @Test
    void thePeersMultiplierAndTheSlowerOfItsPaceAndOursMakeTheDetectionTime() {
        assertThat(up().detectionTime()).isEqualTo(3 * 300_000);
        State slow = Fsm.on(
                        up(),
                        new Received(says(BfdState.UP).times(5).desired(100_000).packet()))
                .state();
        assertThat(slow.detectionTime()).as("we said that we cannot do faster").isEqualTo(5 * 250_000);
    }

    @Test
    void everyGoodPacketStartsTheDetectionTimerAnew() {
        for (BfdState state : BfdState.values()) {
            Step step = Fsm.on(in(state), new Received(says(BfdState.UP).packet()));
            assertThat(step.detection()).as(state.name()).isEqualTo(step.state().detectionTime());
            assertThat(step.detection()).isPositive();
        }
    }

    @Test
    void silenceTakesASessionDownAndForgetsThePeer() {
        for (BfdState state : List.of(BfdState.INIT, BfdState.UP)) {
            Step step = Fsm.on(in(state), new DetectionExpired(false));
            assertThat(step.change()).contains(new Change(state, BfdState.DOWN, BfdReason.DETECTION_TIME_EXPIRED));
            assertThat(step.state().diagnostic()).isEqualTo(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
            assertThat(step.state().remote()).isEqualTo(Remote.UNHEARD);
            assertThat(step.state().packet(false).yourDiscriminator()).isZero();
            assertThat(step.say()).isEqualTo(Say.NOW);
            assertThat(step.state().polling()).as("there is nobody to answer").isFalse();
        }
    }

    @Test
    void afterThePeerSaidThatItIsDownItIsKnownForOneDetectionTimeMore() {
        Step down = Fsm.on(up(), new Received(says(BfdState.DOWN).packet()));
        assertThat(down.state().packet(false).yourDiscriminator()).isEqualTo(THEIRS);
        assertThat(down.detection()).isPositive();
        Step silent = Fsm.on(down.state(), new DetectionExpired(false));
        assertThat(silent.change()).as("it was down already").isEmpty();
        assertThat(silent.state().packet(false).yourDiscriminator()).isZero();
    }

    // Our own pauses.

    @Test
    void silenceThatMayBeOurDoingGetsOneIntervalMore() {
        State up = up();
        Step credit = Fsm.on(up, new DetectionExpired(true));
        assertThat(credit.change()).isEmpty();
        assertThat(credit.state()).isSameAs(up);
        assertThat(credit.detection()).isEqualTo(300_000);
    }

    @Test
    void beingLateByLessThanHalfAnIntervalIsNoExcuse() {
        assertThat(up().excusedBy(150_000)).isFalse();
        assertThat(up().excusedBy(150_001)).isTrue();
        assertThat(in(BfdState.DOWN).excusedBy(10_000_000))
                .as("nobody is awaited")
                .isFalse();
    }

    // What ends a session and is no failure.

    @Test
    void aPeerThatComesWithAnotherSessionReplacedIt() {
        Step step = Fsm.on(up(), new Received(says(BfdState.DOWN).by(99, 0).packet()));
        assertThat(step.change()).contains(new Change(BfdState.UP, BfdState.DOWN, BfdReason.PEER_REPLACED));
        assertThat(step.state().remote().discriminator()).isEqualTo(99);
        Step next = Fsm.on(
                step.state(), new Received(says(BfdState.INIT).by(99, OURS).packet()));
        assertThat(next.state().kind()).isEqualTo(BfdState.UP);
    }

    @Test
    void aPeerThatForgotUsButIsTheSameSessionFailedToHearUs() {
        Step step = Fsm.on(up(), new Received(says(BfdState.DOWN).by(THEIRS, 0).packet()));
        assertThat(step.change()).contains(new Change(BfdState.UP, BfdState.DOWN, BfdReason.PEER_DOWN));
    }

    @Test
    void onlySilenceAndAPeerThatIsDownAreFailures() {
        assertThat(Arrays.stream(BfdReason.values()).filter(BfdReason::failure))
                .containsExactly(BfdReason.DETECTION_TIME_EXPIRED, BfdReason.PEER_DOWN);
    }

    @Test
    void aSessionThatIsNoLongerWantedSaysSoAndCanBeWantedAgain() {
        Step step = Fsm.on(up(), new Disabled());
        assertThat(step.change()).contains(new Change(BfdState.UP, BfdState.ADMIN_DOWN, BfdReason.ADMIN_DOWN));
        assertThat(step.say()).isEqualTo(Say.NOW);
        assertThat(step.state().packet(false).diagnostic()).isEqualTo(Diagnostic.ADMINISTRATIVELY_DOWN.code());
        assertThat(Fsm.on(step.state(), new Disabled()).state()).isSameAs(step.state());
        Step again = Fsm.on(step.state(), new Enabled());
        assertThat(again.change()).contains(new Change(BfdState.ADMIN_DOWN, BfdState.DOWN, BfdReason.ADMIN_UP));
        assertThat(Fsm.on(again.state(), new Received(says(BfdState.INIT).packet()))
                        .state()
                        .kind())
                .isEqualTo(BfdState.UP);
    }

    // Other timers on a living session.

    @Test
    void otherTimersArePolledForAndTheSessionStaysUp() {
        Step slower = Fsm.on(up(), new Reconfigured(new Wanted(900_000, 1_000_000, 5, false)));
        State state = slower.state();
        assertThat(slower.change()).isEmpty();
        assertThat(state.kind()).isEqualTo(BfdState.UP);
        assertThat(state.packet(false).poll()).isTrue();
        assertThat(state.packet(false).multiplier()).isEqualTo(5);
        assertThat(state.packet(false).desiredMinTx()).isEqualTo(900_000);
        assertThat(state.transmitInterval()).as("until the peer knows").isEqualTo(300_000);
        assertThat(state.detectionTime()).as("at once: the peer will slow down").isEqualTo(3_000_000);
        assertThat(slower.detection()).isEqualTo(3_000_000);
        State known =
                Fsm.on(state, new Received(says(BfdState.UP).last().packet())).state();
        assertThat(known.transmitInterval()).isEqualTo(900_000);
    }

    @Test
    void theSameTimersAreNoChange() {
        State up = up();
        assertThat(Fsm.on(up, new Reconfigured(new Wanted(200_000, 250_000, 3, false)))
                        .state())
                .isSameAs(up);
    }

    private static State in(BfdState kind) {
        return switch (kind) {
            case ADMIN_DOWN -> Fsm.on(up(), new Disabled()).state();
            case DOWN -> State.initial(WANTED, OURS);
            case INIT ->
                Fsm.on(in(BfdState.DOWN), new Received(says(BfdState.DOWN).packet()))
                        .state();
            case UP -> up();
        };
    }

    /** Up, and the peer knows our timers. */
    private static State up() {
        return Fsm.on(polling(), new Received(says(BfdState.UP).last().packet()))
                .state();
    }

    /** Up, and polling for our timers. */
    private static State polling() {
        return Fsm.on(in(BfdState.INIT), new Received(says(BfdState.UP).packet()))
                .state();
    }

    private static Said says(BfdState state) {
        return new Said(state, false, false, false, 3, THEIRS, OURS, 300_000, 300_000);
    }

    /** A packet of the peer. */
    private record Said(
            BfdState state,
            boolean polls,
            boolean answers,
            boolean demands,
            int multiplier,
            int mine,
            int yours,
            long desiredMinTx,
            long requiredMinRx) {

        Said poll() {
            return new Said(state, true, answers, demands, multiplier, mine, yours, desiredMinTx, requiredMinRx);
        }

        Said last() {
            return new Said(state, polls, true, demands, multiplier, mine, yours, desiredMinTx, requiredMinRx);
        }

        Said demand() {
            return new Said(state, polls, answers, true, multiplier, mine, yours, desiredMinTx, requiredMinRx);
        }

        Said times(int other) {
            return new Said(state, polls, answers, demands, other, mine, yours, desiredMinTx, requiredMinRx);
        }

        Said by(int my, int your) {
            return new Said(state, polls, answers, demands, multiplier, my, your, desiredMinTx, requiredMinRx);
        }

        Said desired(long micros) {
            return new Said(state, polls, answers, demands, multiplier, mine, yours, micros, requiredMinRx);
        }

        Said required(long micros) {
            return new Said(state, polls, answers, demands, multiplier, mine, yours, desiredMinTx, micros);
        }

        ControlPacket packet() {
            return new ControlPacket(
                    0, state, polls, answers, false, demands, multiplier, mine, yours, desiredMinTx, requiredMinRx, 0);
        }
    }
}
