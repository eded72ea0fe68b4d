package dev.clarion.bgp.fsm;

import dev.clarion.bgp.fsm.Action.CloseTcp;
import dev.clarion.bgp.fsm.Action.Dial;
import dev.clarion.bgp.fsm.Action.Resend;
import dev.clarion.bgp.fsm.Action.Send;
import dev.clarion.bgp.fsm.Action.SessionUp;
import dev.clarion.bgp.fsm.Action.StartTimer;
import dev.clarion.bgp.fsm.Action.StopTimer;
import dev.clarion.bgp.fsm.Action.StopTimers;
import dev.clarion.bgp.fsm.Event.Blocked;
import dev.clarion.bgp.fsm.Event.ConnectFailed;
import dev.clarion.bgp.fsm.Event.Connected;
import dev.clarion.bgp.fsm.Event.ConnectionLost;
import dev.clarion.bgp.fsm.Event.Flowing;
import dev.clarion.bgp.fsm.Event.Malformed;
import dev.clarion.bgp.fsm.Event.Received;
import dev.clarion.bgp.fsm.Event.Start;
import dev.clarion.bgp.fsm.Event.Stop;
import dev.clarion.bgp.fsm.Event.TimerExpired;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The state machine of one session (RFC 4271 section 8.2.2). Holds nothing but settings: the state comes in with each
 * event and goes out with the step. An event that a state has no use for, such as the echo of a timer just stopped,
 * changes nothing.
 */
public final class Fsm {
    /** How long an attempt to connect may take, and the steady wait between attempts. */
    static final Duration CONNECT_RETRY = Duration.ofSeconds(5);

    /** The wait after the first attempt that failed. */
    static final Duration FIRST_CONNECT_RETRY = Duration.ofSeconds(1);

    /** How long the peer may take to send its OPEN (RFC 4271 section 8.2.2 suggests 4 minutes). */
    static final Duration OPEN_WAIT = Duration.ofMinutes(4);

    /** The same on an accepted connection, which anyone who has the peer's address can open. */
    static final Duration ACCEPTED_OPEN_WAIT = Duration.ofSeconds(30);

    /** How long a session must have been up for earlier failures to be forgotten. */
    static final Duration STABLE = Duration.ofSeconds(30);

    private final FsmSettings settings;

    /** A machine for sessions with these settings. */
    public Fsm(FsmSettings settings) {
        this.settings = settings;
    }

    /** What an event makes of a state. */
    public Step on(State state, Event event) {
        return switch (state) {
            case State.Idle idle -> idle(idle, event);
            case State.Connect connect -> connect(connect, event);
            case State.Active active -> active(active, event);
            case State.OpenSent openSent -> openSent(openSent, event);
            case State.OpenConfirm openConfirm -> openConfirm(openConfirm, event);
            case State.Established established -> established(established, event);
        };
    }

    private Step idle(State.Idle idle, Event event) {
        return switch (event) {
            case Start _ when idle.stopped() && settings.dials() -> dial(idle.backOff(), 0, BgpReason.STARTED);
            case TimerExpired(TimerKind timer)
            when timer == TimerKind.IDLE_HOLD && !idle.stopped() -> dial(idle.backOff(), 0, BgpReason.RETRYING);
            case Connected _ when idle.stopped() && !settings.dials() -> open(idle.backOff(), ACCEPTED_OPEN_WAIT);
            case Stop(Event.StopCause cause) when !idle.stopped() -> Failure.stop(idle, cause);
            case Start _, TimerExpired _, Connected _, Stop _, ConnectFailed _, ConnectionLost _, Received _ ->
                Step.stay(idle);
            case Malformed _, Blocked _, Flowing _ -> Step.stay(idle);
        };
    }

    private Step connect(State.Connect connect, Event event) {
        return switch (event) {
            case Connected _ -> open(connect.backOff(), OPEN_WAIT);
            case ConnectFailed(String why) ->
                retryLater(connect.backOff(), connect.failures(), BgpReason.CONNECT_FAILED, why);
            case TimerExpired(TimerKind timer) when timer == TimerKind.CONNECT_RETRY -> timedOut(connect);
            case Stop(Event.StopCause cause) -> Failure.stop(connect, cause);
            case Start _, TimerExpired _, ConnectionLost _, Received _, Malformed _, Blocked _, Flowing _ ->
                Step.stay(connect);
        };
    }

    private Step active(State.Active active, Event event) {
        return switch (event) {
            case TimerExpired(TimerKind timer)
            when timer == TimerKind.CONNECT_RETRY -> dial(active.backOff(), active.failures(), BgpReason.RETRYING);
            case Stop(Event.StopCause cause) -> Failure.stop(active, cause);
            case Start _, Connected _, ConnectFailed _, ConnectionLost _, TimerExpired _ -> Step.stay(active);
            case Received _, Malformed _, Blocked _, Flowing _ -> Step.stay(active);
        };
    }

    private Step openSent(State.OpenSent openSent, Event event) {
        return switch (event) {
            case Received(Open open) -> openReceived(openSent, open);
            case Received(Notification notification) -> Failure.notified(settings, openSent, notification);
            case Received(Message message) ->
                Failure.unexpected(settings, openSent, BgpError.UNEXPECTED_IN_OPEN_SENT, message);
            case ConnectionLost(String why)
            when settings.dials() -> retryLater(openSent.backOff(), 0, BgpReason.CONNECTION_LOST, why);
            case Stop _, ConnectionLost _, TimerExpired _, Malformed _ -> Failure.common(settings, openSent, event);
            case Start _, Connected _, ConnectFailed _, Blocked _, Flowing _ -> Step.stay(openSent);
        };
    }

    private Step openReceived(State.OpenSent openSent, Open open) {
        return OpenCheck.refusal(settings, open)
                .map(refusal -> Failure.refused(settings, openSent, refusal))
                .orElseGet(() -> {
                    Negotiated negotiated = Negotiated.of(settings, open);
                    List<Action> actions = new ArrayList<>(List.of(new Send(new Keepalive())));
                    if (negotiated.holdTime().isZero()) {
                        // No hold time, but a peer that never confirms must not pin the session.
                        actions.add(new StartTimer(TimerKind.HOLD, OPEN_WAIT));
                    } else {
                        actions.add(new StartTimer(TimerKind.HOLD, negotiated.holdTime()));
                        actions.add(new StartTimer(TimerKind.KEEPALIVE, negotiated.keepaliveTime()));
                    }
                    State next = new State.OpenConfirm(openSent.backOff(), negotiated);
                    return new Step(next, BgpReason.OPEN_ACCEPTED, "", actions);
                });
    }

    private Step openConfirm(State.OpenConfirm confirm, Event event) {
        Negotiated negotiated = confirm.negotiated();
        return switch (event) {
            case Received(Keepalive _) ->
                Step.to(
                        new State.Established(confirm.backOff(), negotiated),
                        BgpReason.ESTABLISHED,
                        heard(negotiated),
                        new StartTimer(TimerKind.STABLE, STABLE),
                        new SessionUp(negotiated));
            case Received(Notification notification) -> Failure.notified(settings, confirm, notification);
            case Received(Message message) ->
                Failure.unexpected(settings, confirm, BgpError.UNEXPECTED_IN_OPEN_CONFIRM, message);
            case TimerExpired(TimerKind timer) when timer == TimerKind.KEEPALIVE -> keepalive(confirm, negotiated);
            case Blocked _, Flowing _ -> writing(confirm, negotiated, event);
            case Stop _, ConnectionLost _, TimerExpired _, Malformed _ -> Failure.common(settings, confirm, event);
            case Start _, Connected _, ConnectFailed _ -> Step.stay(confirm);
        };
    }

    private Step established(State.Established up, Event event) {
        Negotiated negotiated = up.negotiated();
        return switch (event) {
            case Received(Keepalive _), Received(Update _) -> Step.stay(up, heard(negotiated));
            case Received(RouteRefresh(var family, int subtype))
            when subtype == RouteRefresh.REQUEST
                    && negotiated.agreement().families().contains(family) ->
                Step.stay(up, heard(negotiated), new Resend(family));
            case Received(RouteRefresh _) -> Step.stay(up, heard(negotiated));
            case Received(Notification notification) -> Failure.notified(settings, up, notification);
            case Received(Open open) -> Failure.unexpected(settings, up, BgpError.UNEXPECTED_IN_ESTABLISHED, open);
            case TimerExpired(TimerKind timer) when timer == TimerKind.KEEPALIVE -> keepalive(up, negotiated);
            case TimerExpired(TimerKind timer)
            when timer == TimerKind.STABLE -> Step.stay(new State.Established(BackOff.START, negotiated));
            case Blocked _, Flowing _ -> writing(up, negotiated, event);
            case Stop _, ConnectionLost _, TimerExpired _, Malformed _ -> Failure.common(settings, up, event);
            case Start _, Connected _, ConnectFailed _ -> Step.stay(up);
        };
    }

    private Step dial(BackOff backOff, int failures, BgpReason reason) {
        return Step.to(
                new State.Connect(backOff, failures),
                reason,
                new StartTimer(TimerKind.CONNECT_RETRY, CONNECT_RETRY),
                new Dial());
    }

    private Step timedOut(State.Connect connect) {
        State next = new State.Connect(connect.backOff(), connect.failures() + 1);
        return new Step(
                next,
                BgpReason.CONNECT_TIMED_OUT,
                "no answer within " + CONNECT_RETRY.toSeconds() + " s",
                List.of(new CloseTcp(), new StartTimer(TimerKind.CONNECT_RETRY, CONNECT_RETRY), new Dial()));
    }

    private static Step retryLater(BackOff backOff, int failures, BgpReason reason, String why) {
        Duration delay = failures == 0 ? FIRST_CONNECT_RETRY : CONNECT_RETRY;
        return new Step(
                new State.Active(backOff, failures + 1),
                reason,
                why,
                List.of(new StopTimers(), new CloseTcp(), new StartTimer(TimerKind.CONNECT_RETRY, delay)));
    }

    private Step open(BackOff backOff, Duration wait) {
        return Step.to(
                new State.OpenSent(backOff),
                BgpReason.CONNECTED,
                new StopTimers(),
                new StartTimer(TimerKind.HOLD, wait),
                new Send(settings.open()));
    }

    /** The peer gave a sign of life. */
    private static Action heard(Negotiated negotiated) {
        return negotiated.holdTime().isZero()
                ? new StopTimer(TimerKind.HOLD)
                : new StartTimer(TimerKind.HOLD, negotiated.holdTime());
    }

    private static Step keepalive(State state, Negotiated negotiated) {
        return Step.stay(
                state, new Send(new Keepalive()), new StartTimer(TimerKind.KEEPALIVE, negotiated.keepaliveTime()));
    }

    private static Step writing(State state, Negotiated negotiated, Event event) {
        boolean stopped = event instanceof Flowing(boolean all) && all;
        return Step.stay(
                state,
                stopped
                        ? new StopTimer(TimerKind.SEND_HOLD)
                        : new StartTimer(TimerKind.SEND_HOLD, negotiated.sendHoldTime()));
    }
}
