package dev.clarion.bgp.fsm;

import dev.clarion.bgp.fsm.Action.StartTimer;
import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.wire.Keepalive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One event being dealt with: steps of both connections, added up. */
final class PeerTurn {
    private final FsmSettings settings;
    private final PeerState before;
    private final List<PeerStep.Change> changes = new ArrayList<>();
    private final List<PeerStep.Deed> deeds = new ArrayList<>();
    private PeerState state;
    private BackOff wait;
    private boolean superseded;

    PeerTurn(FsmSettings settings, PeerState before) {
        this.settings = settings;
        this.before = before;
        this.state = before;
        this.wait = before.memory().backOff();
    }

    PeerState state() {
        return state;
    }

    PeerStep done() {
        return new PeerStep(state, changes, deeds);
    }

    void wanting(boolean wanted) {
        state = state.wanting(wanted);
    }

    void run(Link link, Event event) {
        FsmState from = state.kind();
        BackOff until = state.memory().backOff();
        Step step = new Fsm(settings, link, state.memory()).on(state.of(link), event);
        state = state.with(link, step.state()).remembering(step.memory());
        if (step.memory().backOff().failures() > until.failures()) {
            wait = until;
        }
        step.actions().forEach(action -> deeds.add(new PeerStep.Deed(link, action)));
        if (step.reason() != BgpReason.UNCHANGED) {
            changes.add(new PeerStep.Change(from, state.kind(), step.reason(), step.detail()));
        }
    }

    /** A new connection of the peer's comes in place of the one that is up, or of its last one. */
    void supersede(Event.Superseded event) {
        superseded = true;
        wait = BackOff.START;
        run(state.dialled().kind() == FsmState.ESTABLISHED ? Link.DIALLED : Link.ACCEPTED, event);
    }

    /** A session that is ready waits for the outcome of the other connection. */
    void await(Link link, Negotiated negotiated) {
        boolean already = state.of(link) instanceof State.OpenConfirm(Negotiated _, boolean confirmed) && confirmed;
        state = state.with(link, new State.OpenConfirm(negotiated, true));
        deeds.add(new PeerStep.Deed(link, Fsm.heard(negotiated)));
        if (!already) {
            deeds.add(new PeerStep.Deed(link, new StartTimer(TimerKind.COLLISION, PeerFsm.COLLISION_WAIT)));
        }
    }

    /** A session that waited does so no longer. */
    void settle(Link link) {
        if (state.of(link) instanceof State.OpenConfirm(Negotiated _, boolean confirmed) && confirmed) {
            run(link, new Event.Received(new Keepalive()));
        }
    }

    void idleHold() {
        Duration again = BackOff.START.next(settings.times());
        deeds.add(new PeerStep.Deed(Link.DIALLED, new StartTimer(TimerKind.IDLE_HOLD, again)));
    }

    /** What the state of one connection means for the other. */
    void tidy() {
        for (Link link : Link.values()) {
            if (!state.of(link.other()).connected()) {
                settle(link);
            }
        }
        for (Link link : Link.values()) {
            boolean idle = state.of(link.other()) instanceof State.Idle(boolean stopped) && stopped;
            if (state.of(link).kind() == FsmState.ESTABLISHED && !idle) {
                run(link.other(), new Event.Stop(StopCause.COLLISION, ""));
            }
        }
        boolean ended =
                before.accepted().kind() != FsmState.IDLE && state.accepted().kind() == FsmState.IDLE;
        if (ended && state.wanted()) {
            resume();
        }
    }

    /** The accepted connection is over: dialling goes on, after the wait that its failure earned. */
    private void resume() {
        boolean failed =
                state.memory().backOff().failures() > before.memory().backOff().failures();
        switch (state.dialled()) {
            case State.Idle(boolean stopped)
            when stopped && !failed && !superseded -> run(Link.DIALLED, new Event.Start());
            case State.Idle(boolean stopped) when stopped -> rest();
            case State.Connect _, State.Active _ when failed -> rest();
            case State.Idle _, State.Connect _, State.Active _ -> {}
            case State.OpenSent _, State.OpenConfirm _, State.Established _ -> {}
        }
    }

    private void rest() {
        FsmState from = state.kind();
        state = state.with(Link.DIALLED, new State.Idle(false));
        deeds.add(new PeerStep.Deed(Link.DIALLED, new Action.StopTimers()));
        deeds.add(new PeerStep.Deed(Link.DIALLED, new Action.CloseTcp()));
        deeds.add(new PeerStep.Deed(Link.DIALLED, new StartTimer(TimerKind.IDLE_HOLD, wait.next(settings.times()))));
        if (from != FsmState.IDLE && !changes.isEmpty()) {
            PeerStep.Change last = changes.removeLast();
            changes.add(new PeerStep.Change(last.from(), state.kind(), last.reason(), last.detail()));
        }
    }
}
