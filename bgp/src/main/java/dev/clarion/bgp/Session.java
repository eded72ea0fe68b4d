package dev.clarion.bgp;

import dev.clarion.bgp.fsm.Action;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.Event;
import dev.clarion.bgp.fsm.Fsm;
import dev.clarion.bgp.fsm.FsmSettings;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.Negotiated;
import dev.clarion.bgp.fsm.State;
import dev.clarion.bgp.fsm.Step;
import dev.clarion.bgp.wire.Decoded;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Messages;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Runs the state machine of one session: turns what happens into events, and actions into deeds. All on the loop. */
final class Session implements RouteSender.Outlet {
    /** The peer that the session belongs to. */
    interface Owner {
        void stateChanged(FsmState from, FsmState to, BgpReason reason, String detail);

        void up();

        void down();

        void resend(Family family);

        void writable();

        /** Whether the session may go on with this OPEN, given another connection with the peer. */
        boolean keeps(Session session, Open open);

        Counters counters();
    }

    /** An event with the connection that it is about: it is void once that has been replaced. */
    private record Pending(Event event, long generation) {}

    private static final long ANY = -1;

    private final PeerConfig config;
    private final Transport transport;
    private final Owner owner;
    private final Fsm fsm;
    private final Timers timers;
    private final Queue<Pending> pending = new ArrayDeque<>();
    private State state = State.initial();
    private @Nullable Connection connection;
    private long generation;
    private boolean running;

    Session(PeerConfig config, boolean dials, Transport transport, Owner owner) {
        this.config = config;
        this.transport = transport;
        this.owner = owner;
        this.fsm = new Fsm(new FsmSettings(
                config.localAs(),
                config.peerAs(),
                config.routerId(),
                config.times(),
                Family.unicast(config.transport()),
                dials));
        this.timers = new Timers(transport.loop(), kind -> post(new Event.TimerExpired(kind)));
    }

    FsmState state() {
        return state.kind();
    }

    Optional<Ip> localAddress() {
        return connection == null ? Optional.empty() : connection.localAddress();
    }

    /** What routes must know; empty unless the session is up. */
    Optional<SessionFacts> facts() {
        return state instanceof State.Established(var _, Negotiated negotiated) && connection != null
                ? connection.facts(negotiated.agreement(), config.localAs())
                : Optional.empty();
    }

    WireContext context() {
        return switch (state) {
            case State.Established(var _, Negotiated negotiated) -> negotiated.context();
            case State.OpenConfirm(var _, Negotiated negotiated) -> negotiated.context();
            case State.Idle _, State.Connect _, State.Active _, State.OpenSent _ -> WireContext.INITIAL;
        };
    }

    @Override
    public boolean writable() {
        return connection != null && connection.writable();
    }

    void post(Event event) {
        post(event, ANY);
    }

    /** Takes over a connection that the peer opened. */
    void accepted(io.netty.channel.Channel channel) {
        Wire wire = new Wire(++generation);
        connection = new Connection(channel, wire);
        Sockets.configure(channel, config);
        transport.prepare(channel, connection);
    }

    @Override
    public void send(Message message) {
        if (connection != null) {
            owner.counters().sent(message);
            connection.send(message.encode(context()));
        }
    }

    /** Steps may cause events; those wait their turn. */
    private void post(Event event, long about) {
        pending.add(new Pending(event, about));
        if (running) {
            return;
        }
        running = true;
        try {
            for (Pending next = pending.poll(); next != null; next = pending.poll()) {
                if (next.generation() == ANY || next.generation() == generation) {
                    take(fsm.on(state, next.event()));
                }
            }
        } finally {
            running = false;
        }
    }

    private void take(Step step) {
        FsmState from = state.kind();
        // Last words are written as the old state agreed with the peer; routes go out when everybody knows of the new
        // one.
        step.actions().stream()
                .filter(action -> !(action instanceof Action.SessionUp))
                .forEach(this::perform);
        state = step.state();
        if (from == FsmState.OPEN_SENT && connection != null) {
            connection.agree(context());
        }
        if (step.reason() != BgpReason.UNCHANGED) {
            owner.stateChanged(from, state.kind(), step.reason(), step.detail());
        }
        step.actions().stream().filter(Action.SessionUp.class::isInstance).forEach(this::perform);
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Dial _ -> connection = transport.dial(config, new Wire(++generation));
            case Action.CloseTcp _ -> closeTcp();
            case Action.Send(Message message) -> send(message);
            case Action.StartTimer(var kind, var delay) -> timers.start(kind, delay);
            case Action.StopTimer(var kind) -> timers.stop(kind);
            case Action.StopTimers _ -> timers.stopAll();
            case Action.SessionUp _ -> owner.up();
            case Action.SessionDown _ -> owner.down();
            case Action.Resend(Family family) -> owner.resend(family);
        }
    }

    private void closeTcp() {
        generation++;
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private void decode(byte[] octets, long about) {
        switch (Messages.decode(octets, context())) {
            case Decoded.Refused(Notification error) -> post(new Event.Malformed(error), about);
            case Decoded.Accepted(Message message, var faults) -> {
                owner.counters().received(message, faults.size());
                boolean collides =
                        message instanceof Open open && state.kind() == FsmState.OPEN_SENT && !owner.keeps(this, open);
                post(collides ? new Event.Stop(Event.StopCause.COLLISION) : new Event.Received(message), about);
            }
        }
    }

    /** One connection's way to us. */
    private final class Wire implements Connection.Events {
        private final long mine;

        Wire(long mine) {
            this.mine = mine;
        }

        @Override
        public void connected() {
            post(new Event.Connected(), mine);
        }

        @Override
        public void received(byte[] message) {
            if (mine == generation) {
                decode(message, mine);
            }
        }

        @Override
        public void malformed(Notification error) {
            post(new Event.Malformed(error), mine);
        }

        @Override
        public void lost(String why) {
            boolean dialling = state.kind() == FsmState.CONNECT;
            post(dialling ? new Event.ConnectFailed(why) : new Event.ConnectionLost(why), mine);
        }

        @Override
        public void blocked() {
            post(new Event.Blocked(), mine);
        }

        @Override
        public void flowing(boolean all) {
            post(new Event.Flowing(all), mine);
        }

        @Override
        public void writable() {
            if (mine == generation) {
                owner.writable();
            }
        }
    }
}
