package dev.clarion.bgp.fsm;

import dev.clarion.bgp.fsm.Action.CloseTcp;
import dev.clarion.bgp.fsm.Action.Dial;
import dev.clarion.bgp.fsm.Action.Refresh;
import dev.clarion.bgp.fsm.Action.Send;
import dev.clarion.bgp.fsm.Action.SessionUp;
import dev.clarion.bgp.fsm.Action.StartTimer;
import dev.clarion.bgp.fsm.Action.StopTimer;
import dev.clarion.bgp.fsm.Action.StopTimers;
import dev.clarion.bgp.fsm.Event.BfdDown;
import dev.clarion.bgp.fsm.Event.Blocked;
import dev.clarion.bgp.fsm.Event.ConnectFailed;
import dev.clarion.bgp.fsm.Event.Connected;
import dev.clarion.bgp.fsm.Event.ConnectionLost;
import dev.clarion.bgp.fsm.Event.Flowing;
import dev.clarion.bgp.fsm.Event.Malformed;
import dev.clarion.bgp.fsm.Event.Received;
import dev.clarion.bgp.fsm.Event.Reset;
import dev.clarion.bgp.fsm.Event.Retimed;
import dev.clarion.bgp.fsm.Event.Start;
import dev.clarion.bgp.fsm.Event.Stop;
import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.fsm.Event.Superseded;
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
import java.util.Optional;

/**
 * The state machine of one connection (RFC 4271 section 8.2.2). Holds nothing that changes: the state comes in with each
 * event and goes out with the step. An event that a state has no use for, such as the echo of a timer just stopped,
 * changes nothing. What two connections with one peer mean for each other is {@link PeerFsm}'s matter.
 */
final class Fsm {
    /** The wait after the first attempt that failed. */
    static final Duration FIRST_CONNECT_RETRY = Duration.ofSeconds(1);

    /** How long the peer may take to send its OPEN (RFC 4271 section 8.2.2 suggests 4 minutes). */
    static final Duration OPEN_WAIT = Duration.ofMinutes(4);

    /** The same on an accepted connection, which anyone who has the peer's address can open. */
    static final Duration ACCEPTED_OPEN_WAIT = Duration.ofSeconds(30);

    private final FsmSettings settings;
    private final Link link;
    private final Memory memory;
    private final Ending ending;

    Fsm(FsmSettings settings, Link link, Memory memory) {
        this.settings = settings;
        this.link = link;
        this.memory = memory;
        this.ending = new Ending(settings, link, memory);
    }

    /** What an event makes of a state. */
    Step on(State state, Event event) {
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
            case Start _ when idle.stopped() && link == Link.DIALLED -> begin(memory, BgpReason.STARTED);
            case TimerExpired(TimerKind timer)
            when timer == TimerKind.IDLE_HOLD && !idle.stopped() -> begin(memory, BgpReason.RETRYING);
            case Reset _ when !idle.stopped() -> begin(memory.cleared(), BgpReason.ADMIN_RESET);
            case Connected _ when idle.stopped() && link == Link.ACCEPTED -> open(0, ACCEPTED_OPEN_WAIT);
            case Stop(StopCause cause, String words) when !idle.stopped() -> ending.stop(idle, cause, words);
            case Start _, TimerExpired _, Reset _, Connected _, Stop _, Retimed _, ConnectFailed _ -> stay(idle);
            case ConnectionLost _, Superseded _, BfdDown _, Received _, Malformed _, Blocked _, Flowing _ -> stay(idle);
        };
    }

    private Step connect(State.Connect connect, Event event) {
        return switch (event) {
            case Connected _ -> open(connect.failures(), OPEN_WAIT);
            case ConnectFailed(BgpReason reason, String why) -> retryLater(connect.failures(), reason, why);
            case TimerExpired(TimerKind timer) when timer == TimerKind.CONNECT_RETRY -> timedOut(connect);
            case Retimed _ -> stay(connect, retryTimer());
            case Reset _ -> begin(memory.cleared(), BgpReason.ADMIN_RESET);
            case Stop(StopCause cause, String words) -> ending.stop(connect, cause, words);
            case Start _, TimerExpired _, ConnectionLost _, Superseded _, BfdDown _ -> stay(connect);
            case Received _, Malformed _, Blocked _, Flowing _ -> stay(connect);
        };
    }

    private Step active(State.Active active, Event event) {
        return switch (event) {
            case TimerExpired(TimerKind timer)
            when timer == TimerKind.CONNECT_RETRY ->
                settings.passive() ? stay(active, retryTimer()) : dial(memory, active.failures(), BgpReason.RETRYING);
            case Retimed _ -> stay(active, retryTimer());
            case Reset _ -> begin(memory.cleared(), BgpReason.ADMIN_RESET);
            case Stop(StopCause cause, String words) -> ending.stop(active, cause, words);
            case Start _, Connected _, ConnectFailed _, ConnectionLost _, Superseded _, BfdDown _ -> stay(active);
            case TimerExpired _, Received _, Malformed _, Blocked _, Flowing _ -> stay(active);
        };
    }

    private Step openSent(State.OpenSent openSent, Event event) {
        return switch (event) {
            case Received(Open open) -> openReceived(openSent, open);
            case Received(Notification notification) -> ending.notified(openSent, notification);
            case Received(Message message) -> ending.unexpected(openSent, BgpError.UNEXPECTED_IN_OPEN_SENT, message);
            case ConnectionLost(String why) -> lostEarly(openSent, why);
            case Stop _, Reset _, Superseded _, TimerExpired _, Malformed _ -> ending.common(openSent, event);
            case Start _, Retimed _, Connected _, ConnectFailed _, BfdDown _, Blocked _, Flowing _ -> stay(openSent);
        };
    }

    private Step openReceived(State.OpenSent openSent, Open open) {
        Optional<OpenCheck.Refusal> refusal = OpenCheck.refusal(settings, openSent.ours(), open);
        if (refusal.isPresent()) {
            return ending.refused(openSent, refusal.get());
        }
        Negotiated negotiated = Negotiated.of(settings, openSent.ours(), open);
        List<Action> actions = new ArrayList<>(List.of(new Send(new Keepalive())));
        if (negotiated.holdTime().isZero()) {
            // No hold time, but a peer that never confirms must not pin the session.
            actions.add(new StartTimer(TimerKind.HOLD, OPEN_WAIT));
        } else {
            actions.add(new StartTimer(TimerKind.HOLD, negotiated.holdTime()));
            actions.add(keepaliveTimer(negotiated));
        }
        return new Step(memory, new State.OpenConfirm(negotiated, false), BgpReason.OPEN_ACCEPTED, "", actions);
    }

    private Step openConfirm(State.OpenConfirm confirm, Event event) {
        Negotiated negotiated = confirm.negotiated();
        return switch (event) {
            case Received(Keepalive _) ->
                to(
                        memory.established(),
                        new State.Established(negotiated),
                        BgpReason.ESTABLISHED,
                        new StopTimer(TimerKind.COLLISION),
                        heard(negotiated),
                        new StartTimer(TimerKind.STABLE, settings.times().stable()),
                        new SessionUp(negotiated));
            case Received(Notification notification) -> ending.notified(confirm, notification);
            case Received(Message message) -> ending.unexpected(confirm, BgpError.UNEXPECTED_IN_OPEN_CONFIRM, message);
            case TimerExpired(TimerKind timer) when timer == TimerKind.KEEPALIVE -> keepalive(confirm, negotiated);
            case Retimed _ -> retimed(confirm, negotiated);
            case Blocked _, Flowing _ -> writing(confirm, negotiated, event);
            case Stop _, Reset _, Superseded _, ConnectionLost _, TimerExpired _, Malformed _ ->
                ending.common(confirm, event);
            case Start _, Connected _, ConnectFailed _, BfdDown _ -> stay(confirm);
        };
    }

    private Step established(State.Established up, Event event) {
        Negotiated negotiated = up.negotiated();
        return switch (event) {
            case Received(Keepalive _), Received(Update _) -> stay(up, heard(negotiated));
            case Received(RouteRefresh refresh) -> refresh(up, refresh);
            case Received(Notification notification) -> ending.notified(up, notification);
            case Received(Open open) -> ending.unexpected(up, BgpError.UNEXPECTED_IN_ESTABLISHED, open);
            case BfdDown(String why) -> ending.bfdDown(up, why);
            case TimerExpired(TimerKind timer) when timer == TimerKind.KEEPALIVE -> keepalive(up, negotiated);
            case TimerExpired(TimerKind timer)
            when timer == TimerKind.STABLE -> to(memory.forgiven(), up, BgpReason.UNCHANGED);
            case Retimed _ -> retimed(up, negotiated);
            case Blocked _, Flowing _ -> writing(up, negotiated, event);
            case Stop _, Reset _, Superseded _, ConnectionLost _, TimerExpired _, Malformed _ ->
                ending.common(up, event);
            case Start _, Connected _, ConnectFailed _ -> stay(up);
        };
    }

    /** A request for what we do not exchange, and what marks the peer's own refreshes, say nothing to us. */
    private Step refresh(State.Established up, RouteRefresh refresh) {
        boolean asked = refresh.subtype() == RouteRefresh.REQUEST
                && up.negotiated().families().contains(refresh.family());
        Action heard = heard(up.negotiated());
        return asked ? stay(up, heard, new Refresh(refresh.family())) : stay(up, heard);
    }

    /** Dials; or, where the peer is only waited for, waits. */
    private Step begin(Memory now, BgpReason reason) {
        return settings.passive()
                ? to(now, new State.Active(0), reason, new StopTimers(), new CloseTcp(), retryTimer())
                : dial(now, 0, reason);
    }

    private Step dial(Memory now, int failures, BgpReason reason) {
        return to(now, new State.Connect(failures), reason, new StopTimers(), new CloseTcp(), retryTimer(), new Dial());
    }

    private Step timedOut(State.Connect connect) {
        if (settings.passive()) {
            return begin(memory, BgpReason.CONNECT_TIMED_OUT);
        }
        return new Step(
                memory,
                new State.Connect(connect.failures() + 1),
                BgpReason.CONNECT_TIMED_OUT,
                "no answer within " + settings.times().connectRetry().toSeconds() + " s",
                List.of(new CloseTcp(), retryTimer(), new Dial()));
    }

    private Step retryLater(int failures, BgpReason reason, String why) {
        Duration steady = settings.times().connectRetry();
        Duration delay = failures == 0 && FIRST_CONNECT_RETRY.compareTo(steady) < 0 ? FIRST_CONNECT_RETRY : steady;
        return new Step(
                memory,
                new State.Active(failures + 1),
                reason,
                why,
                List.of(new StopTimers(), new CloseTcp(), new StartTimer(TimerKind.CONNECT_RETRY, delay)));
    }

    /** TCP failed before the peer said anything: nobody broke a rule (RFC 4271 section 8.2.2, OpenSent, event 18). */
    private Step lostEarly(State.OpenSent openSent, String why) {
        return switch (link) {
            case DIALLED -> retryLater(openSent.failures(), BgpReason.CONNECTION_LOST, why);
            case ACCEPTED ->
                new Step(
                        memory,
                        new State.Idle(true),
                        BgpReason.CONNECTION_LOST,
                        why,
                        List.of(new StopTimers(), new CloseTcp()));
        };
    }

    private Step open(int failures, Duration wait) {
        Open ours = Offer.open(settings, memory);
        return to(
                memory,
                new State.OpenSent(ours, failures),
                BgpReason.CONNECTED,
                new StopTimers(),
                new StartTimer(TimerKind.HOLD, wait),
                new Send(ours));
    }

    private Action retryTimer() {
        return new StartTimer(TimerKind.CONNECT_RETRY, settings.times().connectRetry());
    }

    private Action keepaliveTimer(Negotiated negotiated) {
        return new StartTimer(TimerKind.KEEPALIVE, settings.times().keepaliveFor(negotiated.holdTime()));
    }

    /** The peer gave a sign of life. */
    static Action heard(Negotiated negotiated) {
        return negotiated.holdTime().isZero()
                ? new StopTimer(TimerKind.HOLD)
                : new StartTimer(TimerKind.HOLD, negotiated.holdTime());
    }

    private Step keepalive(State state, Negotiated negotiated) {
        return stay(state, new Send(new Keepalive()), keepaliveTimer(negotiated));
    }

    private Step retimed(State state, Negotiated negotiated) {
        return negotiated.holdTime().isZero() ? stay(state) : stay(state, keepaliveTimer(negotiated));
    }

    /** Runs the send-hold timer (RFC 9687 section 3) from when bytes first wait, anew with each byte that goes. */
    private Step writing(State state, Negotiated negotiated, Event event) {
        boolean stopped = event instanceof Flowing(boolean all) && all;
        Duration sendHold = settings.times().sendHoldFor(negotiated.holdTime());
        return stay(
                state, stopped ? new StopTimer(TimerKind.SEND_HOLD) : new StartTimer(TimerKind.SEND_HOLD, sendHold));
    }

    private static Step to(Memory now, State state, BgpReason reason, Action... actions) {
        return new Step(now, state, reason, "", List.of(actions));
    }

    private Step stay(State state, Action... actions) {
        return to(memory, state, BgpReason.UNCHANGED, actions);
    }
}
