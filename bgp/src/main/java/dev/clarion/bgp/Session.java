package dev.clarion.bgp;

import dev.clarion.bgp.fsm.Action;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.Event;
import dev.clarion.bgp.fsm.Link;
import dev.clarion.bgp.fsm.Negotiated;
import dev.clarion.bgp.fsm.State;
import dev.clarion.bgp.fsm.TimerKind;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection with a peer, the dialled or the accepted one, and its timers. All on the loop. */
final class Session implements RouteSender.Outlet {
    /** The peer that it is with. */
    interface Owner {
        /** Something happened on a connection; void once that has been replaced. */
        void post(Link link, Event event, long generation);

        /** A whole message came. */
        void received(Link link, byte[] octets, long generation);

        State state(Link link);

        PeerConfig config();

        Optional<Whereabouts.Here> locate(Link link, long generation);

        void writable();

        void sent(Message message);
    }

    /** Of events that are about no connection in particular. */
    static final long ANY = -1;

    private final Link link;
    private final Transport transport;
    private final Owner owner;
    private final Timers timers;
    private @Nullable Connection connection;
    private long generation;
    private boolean signed;

    Session(Link link, Transport transport, Owner owner) {
        this.link = link;
        this.transport = transport;
        this.owner = owner;
        this.timers = new Timers(transport.loop(), kind -> owner.post(link, new Event.TimerExpired(kind), ANY));
    }

    /** Whether an event of this generation is about the present connection. */
    boolean concerns(long about) {
        return about == ANY || about == generation;
    }

    Optional<Ip> localAddress() {
        return connection == null ? Optional.empty() : connection.localAddress();
    }

    Optional<Ip> remoteAddress() {
        return connection == null ? Optional.empty() : connection.remoteAddress();
    }

    /** What was agreed on; empty before both OPENs are known. */
    Optional<Negotiated> negotiated() {
        return switch (owner.state(link)) {
            case State.Established(Negotiated negotiated) -> Optional.of(negotiated);
            case State.OpenConfirm(Negotiated negotiated, boolean _) -> Optional.of(negotiated);
            case State.Idle _, State.Connect _, State.Active _, State.OpenSent _ -> Optional.empty();
        };
    }

    WireContext context() {
        return negotiated().map(Negotiated::context).orElse(WireContext.INITIAL);
    }

    /** What routes must know; empty unless both OPENs are known and the connection is still there. */
    Optional<SessionFacts> facts() {
        Optional<Negotiated> negotiated = negotiated();
        return connection == null || negotiated.isEmpty()
                ? Optional.empty()
                : connection.facts(negotiated.get().agreement(), owner.config());
    }

    @Override
    public boolean writable() {
        return connection != null && connection.writable();
    }

    Map<TimerKind, Duration> timers() {
        return timers.left();
    }

    SocketFacts socket() {
        if (connection == null) {
            return SocketFacts.NONE;
        }
        return Sockets.facts(connection.channel(), owner.config(), signed);
    }

    /** Takes over a connection that the peer opened, with all that its configuration asks for. */
    void accepted(Channel channel, Ip peer) throws SocketFault {
        Md5.inherit(channel, peer, owner.config().password());
        Sockets.adjust(channel, owner.config());
        signed = owner.config().password().isPresent();
        connection = new Connection(channel, new Wire(++generation));
        transport.prepare(channel, connection);
    }

    /** Brings changed settings into force on the open connection. */
    void adjust(PeerChange change) throws SocketFault {
        if (connection == null) {
            return;
        }
        Channel channel = connection.channel();
        if (change.has(PeerField.REACH) || change.has(PeerField.SEND_HOLD_TIME)) {
            Sockets.adjust(channel, owner.config());
        }
        Optional<Ip> peer = connection.remoteAddress();
        if (change.has(PeerField.PASSWORD) && peer.isPresent()) {
            Md5.set(channel, peer.get(), owner.config().password().orElseThrow());
        }
    }

    @Override
    public void send(Message message) {
        if (connection != null) {
            owner.sent(message);
            connection.send(message.encode(context()));
        }
    }

    /** Both OPENs are known: from here on messages may be what they allow. */
    void agreed() {
        if (connection != null) {
            connection.decoder().agree(context());
        }
    }

    /** Carries out what the state machine asks of the connection and its timers. */
    void perform(Action action) {
        switch (action) {
            case Action.Dial _ -> dial();
            case Action.CloseTcp _ -> closeTcp();
            case Action.Send(Message message) -> send(message);
            case Action.StartTimer(var kind, var delay) -> timers.start(kind, delay);
            case Action.StopTimer(var kind) -> timers.stop(kind);
            case Action.StopTimers _ -> timers.stopAll();
            case Action.SessionUp _, Action.SessionDown _, Action.Refresh _ ->
                throw new IllegalArgumentException(action + " is about routes");
        }
    }

    private void dial() {
        long mine = ++generation;
        owner.locate(link, mine)
                .flatMap(here -> transport.dial(owner.config(), here, new Wire(mine)))
                .ifPresent(dialling -> {
                    connection = dialling;
                    signed = owner.config().password().isPresent();
                });
    }

    private void closeTcp() {
        generation++;
        if (connection != null) {
            connection.close();
            connection = null;
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
            owner.post(link, new Event.Connected(), mine);
        }

        @Override
        public void failed(BgpReason reason, String why) {
            owner.post(link, new Event.ConnectFailed(reason, why), mine);
        }

        @Override
        public void received(byte[] message) {
            if (mine == generation) {
                owner.received(link, message, mine);
            }
        }

        @Override
        public void malformed(Notification error) {
            owner.post(link, new Event.Malformed(error), mine);
        }

        @Override
        public void lost(String why) {
            owner.post(link, new Event.ConnectionLost(why), mine);
        }

        @Override
        public void blocked() {
            owner.post(link, new Event.Blocked(), mine);
        }

        @Override
        public void flowing(boolean all) {
            owner.post(link, new Event.Flowing(all), mine);
        }

        @Override
        public void writable() {
            if (mine == generation) {
                owner.writable();
            }
        }
    }
}
