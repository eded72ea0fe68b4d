package dev.clarion.bgp.bfd;

import static dev.clarion.bgp.bfd.TwoSides.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.bfd.fsm.State;
import dev.clarion.bgp.bfd.fsm.Step.Change;
import dev.clarion.bgp.bfd.fsm.Wanted;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session's timers, moment by moment: up at 0, and to be heard every 100 ms, three times. */
class BfdSessionTest implements Outlet {
    private final BfdSession session =
            new BfdSession(State.initial(new Wanted(100_000, 100_000, 3, false), 1), new SplittableRandom(1), this);
    private int sent;
    private boolean refused;

    @BeforeEach
    void up() {
        session.start(0);
        hear(0, BfdState.INIT);
        assertThat(session.state().kind()).isEqualTo(BfdState.UP);
    }

    @Test
    void silenceIsJudgedAtTheDetectionTimeAndNotBefore() {
        session.onTime(300 * MILLI - 1);
        assertThat(session.state().kind()).isEqualTo(BfdState.UP);
        session.onTime(300 * MILLI);
        assertThat(session.state().kind()).isEqualTo(BfdState.DOWN);
    }

    @Test
    void aPauseGivesOneIntervalMoreAndASecondPauseNothing() {
        session.paused(60 * MILLI);
        session.onTime(300 * MILLI);
        assertThat(session.state().kind()).isEqualTo(BfdState.UP);
        session.paused(60 * MILLI);
        session.onTime(400 * MILLI);
        assertThat(session.state().kind()).isEqualTo(BfdState.DOWN);
        assertThat(session.tally().snapshot().credits()).isOne();
    }

    @Test
    void aPauseIsForgottenWithTheNextPacket() {
        session.paused(60 * MILLI);
        hear(10 * MILLI, BfdState.UP);
        session.onTime(310 * MILLI);
        assertThat(session.state().kind()).isEqualTo(BfdState.DOWN);
        assertThat(session.tally().snapshot().credits()).isZero();
    }

    @Test
    void beingALittleLateIsNoPause() {
        session.paused(50 * MILLI);
        session.onTime(300 * MILLI);
        assertThat(session.state().kind()).isEqualTo(BfdState.DOWN);
    }

    @Test
    void aPacketThatIsDueGoesOnceHoweverLateAndThatItWasLateIsCounted() {
        int before = sent;
        long due = session.wakeAt();
        session.onTime(due + 51 * MILLI);
        assertThat(sent).isEqualTo(before + 1);
        assertThat(session.tally().snapshot().late()).isOne();
        assertThat(session.wakeAt()).isBetween(due + 126 * MILLI, due + 151 * MILLI);
        session.onTime(session.wakeAt());
        assertThat(session.tally().snapshot().late()).isOne();
    }

    @Test
    void whatTheKernelRefusesIsCountedAndTriedAgainInItsTurn() {
        refused = true;
        long due = session.wakeAt();
        session.onTime(due);
        assertThat(session.tally().snapshot().unsent()).isOne();
        assertThat(session.wakeAt()).isBetween(due + 75 * MILLI, due + 100 * MILLI);
    }

    private void hear(long now, BfdState state) {
        ByteBuffer octets = ByteBuffer.allocate(ControlPacket.LENGTH);
        new ControlPacket(0, state, false, false, false, false, 3, 2, 1, 100_000, 100_000, 0).encode(octets);
        session.received(now, octets);
    }

    @Override
    public boolean send(ByteBuffer packet) {
        sent++;
        return !refused;
    }

    @Override
    public void changed(Change change) {}
}
