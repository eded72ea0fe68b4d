package dev.clarion.bgp.fsm;

import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways out of a connection: what the peer is told, and what the machine waits for then. */
final class Failure {
    private Failure() {}

    /** The ends that OpenSent, OpenConfirm and Established have in common. */
    static Step common(FsmSettings settings, State state, Event event) {
        return switch (event) {
            case Event.Stop(StopCause cause) -> stop(state, cause);
            case Event.ConnectionLost(String why) ->
                fail(settings, state, BgpReason.CONNECTION_LOST, why, Optional.empty());
            case Event.Malformed(Notification error) ->
                fail(settings, state, BgpReason.PROTOCOL_ERROR, "sent " + error.describe(), Optional.of(error));
            case Event.TimerExpired(TimerKind timer) -> expired(settings, state, timer);
            case Event.Start _,
                    Event.Connected _,
                    Event.ConnectFailed _,
                    Event.Received _,
                    Event.Blocked _,
                    Event.Flowing _ -> Step.stay(state);
        };
    }

    static Step notified(FsmSettings settings, State state, Notification notification) {
        String detail = "received " + notification.describe();
        // The loser of a collision did nothing wrong: waiting longer each time would have both sides chase each other.
        boolean blameless = notification.error().equals(Optional.of(BgpError.CONNECTION_COLLISION));
        return end(settings, state, BgpReason.NOTIFICATION_RECEIVED, detail, Optional.empty(), blameless);
    }

    static Step refused(FsmSettings settings, State state, OpenCheck.Refusal refusal) {
        return fail(
                settings,
                state,
                BgpReason.OPEN_REFUSED,
                refusal.detail() + "; sent " + refusal.notification().describe(),
                Optional.of(refusal.notification()));
    }

    static Step unexpected(FsmSettings settings, State state, BgpError error, Message message) {
        return fail(
                settings,
                state,
                BgpReason.UNEXPECTED_MESSAGE,
                message.type() + " in " + state.kind(),
                Optional.of(Notification.of(error)));
    }

    static Step stop(State state, StopCause cause) {
        Optional<Notification> cease = switch (cause) {
            case SHUTDOWN -> Optional.of(Notification.of(BgpError.ADMINISTRATIVE_SHUTDOWN));
            case DECONFIGURED -> Optional.of(Notification.of(BgpError.PEER_DECONFIGURED));
            case CONFIG_CHANGED -> Optional.of(Notification.of(BgpError.OTHER_CONFIGURATION_CHANGE));
            case COLLISION -> Optional.of(Notification.of(BgpError.CONNECTION_COLLISION));
            case RESTART -> Optional.empty();
        };
        BgpReason reason = switch (cause) {
            case SHUTDOWN -> BgpReason.SHUT_DOWN;
            case DECONFIGURED -> BgpReason.DECONFIGURED;
            case CONFIG_CHANGED -> BgpReason.CONFIG_CHANGED;
            case COLLISION -> BgpReason.COLLISION;
            case RESTART -> BgpReason.RESTARTING;
        };
        List<Action> actions = closing(state, connected(state) ? cease : Optional.empty());
        return new Step(new State.Idle(true, BackOff.START), reason, "", actions);
    }

    private static Step expired(FsmSettings settings, State state, TimerKind timer) {
        return switch (timer) {
            case HOLD ->
                fail(
                        settings,
                        state,
                        BgpReason.HOLD_TIMER_EXPIRED,
                        "the peer was silent too long in " + state.kind(),
                        Optional.of(Notification.of(BgpError.HOLD_TIMER_EXPIRED)));
            case SEND_HOLD ->
                fail(
                        settings,
                        state,
                        BgpReason.SEND_HOLD_TIMER_EXPIRED,
                        "the peer took no bytes for too long",
                        Optional.of(Notification.of(BgpError.SEND_HOLD_TIMER_EXPIRED)));
            case CONNECT_RETRY, IDLE_HOLD, KEEPALIVE, STABLE -> Step.stay(state);
        };
    }

    private static Step fail(
            FsmSettings settings, State state, BgpReason reason, String detail, Optional<Notification> last) {
        return end(settings, state, reason, detail, last, false);
    }

    private static Step end(
            FsmSettings settings,
            State state,
            BgpReason reason,
            String detail,
            Optional<Notification> last,
            boolean blameless) {
        List<Action> actions = closing(state, last);
        if (!settings.dials()) {
            return new Step(new State.Idle(true, BackOff.START), reason, detail, actions);
        }
        BackOff backOff = state.backOff();
        actions.add(new Action.StartTimer(TimerKind.IDLE_HOLD, blameless ? BackOff.START.next() : backOff.next()));
        return new Step(new State.Idle(false, blameless ? backOff : backOff.grown()), reason, detail, actions);
    }

    private static List<Action> closing(State state, Optional<Notification> last) {
        List<Action> actions = new ArrayList<>();
        actions.add(new Action.StopTimers());
        last.ifPresent(notification -> actions.add(new Action.Send(notification)));
        actions.add(new Action.CloseTcp());
        if (state instanceof State.Established) {
            actions.add(new Action.SessionDown());
        }
        return actions;
    }

    private static boolean connected(State state) {
        return switch (state) {
            case State.Idle _, State.Connect _, State.Active _ -> false;
            case State.OpenSent _, State.OpenConfirm _, State.Established _ -> true;
        };
    }
}
