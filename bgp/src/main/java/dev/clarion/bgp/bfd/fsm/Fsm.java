package dev.clarion.bgp.bfd.fsm;

import dev.clarion.bgp.bfd.fsm.Event.DetectionExpired;
import dev.clarion.bgp.bfd.fsm.Event.Disabled;
import dev.clarion.bgp.bfd.fsm.Event.Enabled;
import dev.clarion.bgp.bfd.fsm.Event.Received;
import dev.clarion.bgp.bfd.fsm.Event.Reconfigured;
import dev.clarion.bgp.bfd.fsm.Step.Say;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import dev.clarion.bgp.bfd.wire.Diagnostic;
import java.util.Optional;

/**
 * The state machine of a session in asynchronous mode (RFC 5880 section 6.8). A pure function: equal inputs give equal
 * steps, so whoever drives it may keep a step and use it again.
 */
public final class Fsm {

    private Fsm() {}

    /** What an event makes of a state. */
    public static Step on(State state, Event event) {
        return switch (event) {
            case Received(ControlPacket packet) -> received(state, packet);
            case DetectionExpired(boolean excused) -> silence(state, excused);
            case Reconfigured(Wanted wanted) -> reconfigured(state, wanted);
            case Disabled _ -> disabled(state);
            case Enabled _ -> enabled(state);
        };
    }

    /** RFC 5880 section 6.8.6, from where the packet is known to be good and ours. */
    private static Step received(State state, ControlPacket packet) {
        Timing timing = packet.last() ? state.timing().answered() : state.timing();
        State heard = state.with(Remote.of(packet), timing);
        State next = heard.equals(state) ? state : heard;
        return switch (state.kind()) {
            case ADMIN_DOWN -> new Step(next, Say.NOTHING, next.detectionTime(), Optional.empty());
            case DOWN ->
                switch (packet.state()) {
                    case ADMIN_DOWN, UP -> unmoved(next, packet);
                    case DOWN ->
                        moved(next, next.with(BfdState.INIT, state.diagnostic()), packet, BfdReason.PEER_HEARD);
                    case INIT -> moved(next, next.with(BfdState.UP, Diagnostic.NONE), packet, BfdReason.HANDSHAKE_DONE);
                };
            case INIT ->
                switch (packet.state()) {
                    case ADMIN_DOWN -> signaled(next, packet, BfdReason.PEER_ADMIN_DOWN);
                    case DOWN -> unmoved(next, packet);
                    case INIT, UP ->
                        moved(next, next.with(BfdState.UP, Diagnostic.NONE), packet, BfdReason.HANDSHAKE_DONE);
                };
            case UP ->
                switch (packet.state()) {
                    case ADMIN_DOWN -> signaled(next, packet, BfdReason.PEER_ADMIN_DOWN);
                    case DOWN -> signaled(next, packet, replaced(state, packet));
                    case INIT, UP -> unmoved(next, packet);
                };
        };
    }

    /** A peer that lost us keeps its discriminator; one that does not know us and has another is a new session. */
    private static BfdReason replaced(State state, ControlPacket packet) {
        return packet.yourDiscriminator() == 0
                        && packet.myDiscriminator() != state.remote().discriminator()
                ? BfdReason.PEER_REPLACED
                : BfdReason.PEER_DOWN;
    }

    private static Step unmoved(State next, ControlPacket packet) {
        return new Step(next, packet.poll() ? Say.LAST : Say.NOTHING, next.detectionTime(), Optional.empty());
    }

    private static Step signaled(State state, ControlPacket packet, BfdReason reason) {
        return moved(state, state.with(BfdState.DOWN, Diagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN), packet, reason);
    }

    /** A change is told at once: the RFC's "should" is what makes a handshake quick. */
    private static Step moved(State before, State after, ControlPacket packet, BfdReason reason) {
        return Step.changed(before, after, packet.poll() ? Say.LAST : Say.NOW, after.detectionTime(), reason);
    }

    private static Step silence(State state, boolean excused) {
        if (!state.remote().heard()) {
            return Step.stay(state);
        }
        boolean connected = state.kind() == BfdState.INIT || state.kind() == BfdState.UP;
        if (connected && excused) {
            return new Step(state, Say.NOTHING, state.receiveInterval(), Optional.empty());
        }
        State forgotten = state.forgotten();
        if (!connected) {
            return new Step(forgotten, Say.NOTHING, 0, Optional.empty());
        }
        State down = forgotten.with(BfdState.DOWN, Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
        return Step.changed(state, down, told(down), 0, BfdReason.DETECTION_TIME_EXPIRED);
    }

    /** Who is passive and hears nobody says nothing, whatever happens (RFC 5880 section 6.8.7). */
    private static Say told(State state) {
        return state.wanted().passive() && !state.remote().heard() ? Say.NOTHING : Say.NOW;
    }

    /** What the timers mean to the peer it learns by a poll; only our own detection can change at once. */
    private static Step reconfigured(State state, Wanted wanted) {
        if (wanted.equals(state.wanted())) {
            return Step.stay(state);
        }
        State next = state.with(wanted);
        return new Step(
                next,
                Say.NOTHING,
                next.detectionTime() == state.detectionTime() ? Step.KEEP : next.detectionTime(),
                Optional.empty());
    }

    private static Step disabled(State state) {
        if (state.kind() == BfdState.ADMIN_DOWN) {
            return Step.stay(state);
        }
        State held = state.with(BfdState.ADMIN_DOWN, Diagnostic.ADMINISTRATIVELY_DOWN);
        return Step.changed(state, held, told(held), Step.KEEP, BfdReason.ADMIN_DOWN);
    }

    private static Step enabled(State state) {
        if (state.kind() != BfdState.ADMIN_DOWN) {
            return Step.stay(state);
        }
        State down = state.with(BfdState.DOWN, Diagnostic.NONE);
        return Step.changed(state, down, told(down), Step.KEEP, BfdReason.ADMIN_UP);
    }
}
