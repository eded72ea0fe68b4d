package dev.clarion.bgp.fsm;

import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways out of a connection: what the peer is told, and what the machine waits for then. */
final class Ending {
    private final FsmSettings settings;
    private final Link link;
    private final Memory memory;

    Ending(FsmSettings settings, Link link, Memory memory) {
        this.settings = settings;
        this.link = link;
        this.memory = memory;
    }

    /** The ends that OpenSent, OpenConfirm and Established have in common. */
    Step common(State state, Event event) {
        return switch (event) {
            case Event.Stop(StopCause cause, String words) -> stop(state, cause, words);
            case Event.Reset(String words) -> reset(state, words);
            case Event.Superseded() ->
                end(state, BgpReason.PEER_RESTARTED, "it opened a new connection", Optional.empty(), memory, false);
            case Event.ConnectionLost(String why) -> fail(state, BgpReason.CONNECTION_LOST, why, Optional.empty());
            case Event.Malformed(Notification error) ->
                fail(state, BgpReason.PROTOCOL_ERROR, "sent " + error.describe(), Optional.of(error));
            case Event.TimerExpired(TimerKind timer) -> expired(state, timer);
            case Event.Start _,
                    Event.Retimed _,
                    Event.Connected _,
                    Event.ConnectFailed _,
                    Event.BfdDown _,
                    Event.Received _,
                    Event.Blocked _,
                    Event.Flowing _ -> throw new IllegalArgumentException(event + " ends no connection");
        };
    }

    /** The peer ended it. In answer to our OPEN that may mean that we should ask for less. */
    Step notified(State state, Notification notification) {
        String detail = "received " + notification.describe();
        Optional<Concession> concession = state instanceof State.OpenSent(Open ours, int _)
                ? memory.concession().after(notification, ours)
                : Optional.empty();
        if (concession.isPresent()) {
            Memory wiser = memory.conceding(concession.get());
            String next = detail + "; " + concession.get().describe();
            return end(state, BgpReason.NOTIFICATION_RECEIVED, next, Optional.empty(), wiser, false);
        }
        // The loser of a collision did nothing wrong: waiting longer each time would have both sides chase each other.
        boolean blame = !notification.error().equals(Optional.of(BgpError.CONNECTION_COLLISION));
        return end(state, BgpReason.NOTIFICATION_RECEIVED, detail, Optional.empty(), memory, blame);
    }

    Step refused(State state, OpenCheck.Refusal refusal) {
        return fail(
                state,
                BgpReason.OPEN_REFUSED,
                refusal.detail() + "; sent " + refusal.notification().describe(),
                Optional.of(refusal.notification()));
    }

    Step unexpected(State state, BgpError error, Message message) {
        return fail(
                state,
                BgpReason.UNEXPECTED_MESSAGE,
                message.type() + " in " + state.kind(),
                Optional.of(Notification.of(error)));
    }

    /** The path is gone; the routes must not outlive it, whatever was agreed on for restarts (RFC 9384). */
    Step bfdDown(State state, String why) {
        Notification cease = Notification.of(BgpError.BFD_DOWN);
        return fail(state, BgpReason.BFD_DOWN, why, Optional.of(hard(state) ? cease.hardReset() : cease));
    }

    Step stop(State state, StopCause cause, String words) {
        Optional<Notification> cease = switch (cause) {
            case SHUTDOWN ->
                Optional.of(
                        words.isEmpty()
                                ? Notification.of(BgpError.ADMINISTRATIVE_SHUTDOWN)
                                : Notification.shutdown(words));
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
        // With the N bit a plain Cease would leave the routes where they are.
        boolean forGood = cause == StopCause.SHUTDOWN || cause == StopCause.DECONFIGURED;
        Optional<Notification> said = cease.map(one -> forGood && hard(state) ? one.hardReset() : one);
        List<Action> actions = closing(state, state.connected() ? said : Optional.empty());
        return new Step(memory, new State.Idle(true), reason, "", actions);
    }

    private Step reset(State state, String words) {
        Notification cease =
                words.isEmpty() ? Notification.of(BgpError.ADMINISTRATIVE_RESET) : Notification.reset(words);
        return end(state, BgpReason.ADMIN_RESET, "", Optional.of(cease), memory.cleared(), false);
    }

    private Step expired(State state, TimerKind timer) {
        return switch (timer) {
            case HOLD ->
                fail(
                        state,
                        BgpReason.HOLD_TIMER_EXPIRED,
                        "the peer was silent too long in " + state.kind(),
                        Optional.of(Notification.of(BgpError.HOLD_TIMER_EXPIRED)));
            case SEND_HOLD ->
                fail(
                        state,
                        BgpReason.SEND_HOLD_TIMER_EXPIRED,
                        "the peer took no bytes for too long",
                        Optional.of(Notification.of(BgpError.SEND_HOLD_TIMER_EXPIRED)));
            case CONNECT_RETRY, IDLE_HOLD, KEEPALIVE, STABLE, COLLISION ->
                new Step(memory, state, BgpReason.UNCHANGED, "", List.of());
        };
    }

    private Step fail(State state, BgpReason reason, String detail, Optional<Notification> last) {
        return end(state, reason, detail, last, memory, true);
    }

    private Step end(
            State state, BgpReason reason, String detail, Optional<Notification> last, Memory after, boolean blame) {
        List<Action> actions = closing(state, last);
        return switch (link) {
            case ACCEPTED -> new Step(blame ? after.failed() : after, new State.Idle(true), reason, detail, actions);
            case DIALLED -> {
                BackOff wait = blame ? after.backOff() : BackOff.START;
                actions.add(new Action.StartTimer(TimerKind.IDLE_HOLD, wait.next(settings.times())));
                yield new Step(blame ? after.failed() : after, new State.Idle(false), reason, detail, actions);
            }
        };
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

    private static boolean hard(State state) {
        return state instanceof State.Established(Negotiated negotiated)
                && negotiated.has(Feature.GRACEFUL_NOTIFICATION);
    }
}
