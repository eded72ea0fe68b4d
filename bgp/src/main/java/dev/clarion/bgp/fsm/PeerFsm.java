package dev.clarion.bgp.fsm;

import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import java.time.Duration;

/**
 * The state machine of one peer: two connections, of which one survives (RFC 4271 section 6.8), and what outlives both. A
 * pure function as {@link Fsm} is.
 *
 * <p>While two connections have exchanged an OPEN each way, the peer decides by the same identifiers and comes to the same
 * end. So no connection becomes Established while another one's OPEN may be on its way: the peer, not having seen that,
 * would keep the other one, and both would be lost.
 */
public final class PeerFsm {
    /** How long a session that is ready waits for the outcome of another connection: some round trips. */
    static final Duration COLLISION_WAIT = Duration.ofSeconds(3);

    private final FsmSettings settings;

    /** A machine for a peer with these settings. */
    public PeerFsm(FsmSettings settings) {
        this.settings = settings;
    }

    /** What an event on one of its connections makes of a peer. What is about the peer itself comes as about DIALLED. */
    public PeerStep on(PeerState state, Link link, Event event) {
        PeerTurn turn = new PeerTurn(settings, state);
        switch (event) {
            case Event.Start start -> start(turn, start);
            case Event.Stop(StopCause cause, String _) when cause != StopCause.COLLISION -> stop(turn, event);
            case Event.Reset _, Event.BfdDown _, Event.Retimed _ -> both(turn, event);
            case Event.Connected _ -> connected(turn, link, event);
            case Event.Received(Open open) -> opened(turn, link, open);
            case Event.Received(Keepalive _) -> confirmed(turn, link, event);
            case Event.Received(Notification _) -> turn.run(link, event);
            case Event.Received _ -> {
                // Whoever sends routes takes the session as established, so there is nothing to wait for.
                turn.settle(link);
                turn.run(link, event);
            }
            case Event.TimerExpired(TimerKind timer) -> expired(turn, link, timer);
            case Event.Superseded superseded -> turn.supersede(superseded);
            case Event.Stop _ -> {} // Whether connections collide is found here and nowhere else.
            case Event.ConnectFailed _, Event.ConnectionLost _ -> turn.run(link, event);
            case Event.Malformed _, Event.Blocked _, Event.Flowing _ -> turn.run(link, event);
        }
        turn.tidy();
        return turn.done();
    }

    private static void start(PeerTurn turn, Event.Start start) {
        if (!turn.state().wanted()) {
            turn.wanting(true);
            turn.run(Link.DIALLED, start);
        }
    }

    private static void stop(PeerTurn turn, Event stop) {
        turn.wanting(false);
        both(turn, stop);
    }

    private static void both(PeerTurn turn, Event event) {
        turn.run(Link.DIALLED, event);
        turn.run(Link.ACCEPTED, event);
    }

    private static void connected(PeerTurn turn, Link link, Event event) {
        if (turn.state().of(link.other()).kind() == FsmState.ESTABLISHED) {
            turn.run(link, new Event.Stop(StopCause.COLLISION, ""));
        } else {
            turn.run(link, event);
        }
    }

    private void opened(PeerTurn turn, Link link, Open open) {
        Event received = new Event.Received(open);
        boolean contest = turn.state().of(link) instanceof State.OpenSent(Open ours, int _)
                && OpenCheck.refusal(settings, ours, open).isEmpty()
                && turn.state().of(link.other()).kind().compareTo(FsmState.OPEN_CONFIRM) >= 0;
        if (!contest) {
            turn.run(link, received);
            return;
        }
        Link kept = Collision.kept(settings.routerId(), settings.localAs(), open.routerId(), open.as());
        turn.run(kept.other(), new Event.Stop(StopCause.COLLISION, ""));
        if (kept == link) {
            turn.run(link, received);
        }
    }

    private static void confirmed(PeerTurn turn, Link link, Event keepalive) {
        boolean undecided = turn.state().of(link.other()).connected();
        if (undecided && turn.state().of(link) instanceof State.OpenConfirm(Negotiated negotiated, boolean _)) {
            turn.await(link, negotiated);
        } else {
            turn.run(link, keepalive);
        }
    }

    private static void expired(PeerTurn turn, Link link, TimerKind timer) {
        boolean busy = turn.state().accepted().kind() != FsmState.IDLE;
        if (timer == TimerKind.COLLISION) {
            turn.settle(link);
        } else if (timer == TimerKind.IDLE_HOLD && link == Link.DIALLED && busy) {
            // The peer's own connection is on its way; another one would only collide with it.
            turn.idleHold();
        } else {
            turn.run(link, new Event.TimerExpired(timer));
        }
    }
}
