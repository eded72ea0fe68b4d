package dev.clarion.bgp;

import dev.clarion.bgp.fsm.Action;
import dev.clarion.bgp.fsm.Admission;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.Event;
import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.Link;
import dev.clarion.bgp.fsm.PeerFsm;
import dev.clarion.bgp.fsm.PeerState;
import dev.clarion.bgp.fsm.PeerStep;
import dev.clarion.bgp.fsm.State;
import dev.clarion.bgp.wire.Decoded;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Messages;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.net.Ip;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * One configured peer: runs its state machine, turns what happens on its connections into events, and actions into deeds.
 * The routes outlive the connections. All on the loop.
 */
final class Peer implements Session.Owner {
    /** An event with the connection that it is about. */
    private record Pending(Link link, Event event, long generation) {}

    private final Neighbors neighbors;
    private final BgpListener listener;
    private final Counters counters = new Counters();
    private final Truth truth = new Truth();
    private final RestartVerdict restart;
    private final RouteSender sender;
    private final Session dialled;
    private final Session accepted;
    private final Queue<Pending> pending = new ArrayDeque<>();
    private PeerConfig config;
    private PeerFsm fsm;
    private PeerState state;
    private Optional<Ip> lastSeen = Optional.empty();
    private boolean running;

    Peer(PeerConfig config, Transport transport, BgpOptions options, BgpListener listener, Exports exports) {
        this.config = config;
        this.neighbors = options.neighbors();
        this.listener = listener;
        this.fsm = new PeerFsm(Settings.of(config));
        this.restart = RestartVerdict.of(options.restart(), config);
        this.state = PeerState.initial(restart.memory());
        this.sender = new RouteSender(config.name(), transport.loop(), counters, listener, exports);
        this.dialled = new Session(Link.DIALLED, transport, this);
        this.accepted = new Session(Link.ACCEPTED, transport, this);
    }

    @Override
    public PeerConfig config() {
        return config;
    }

    void start() {
        post(new Event.Start());
    }

    /** @param complete whether these are all the routes there are */
    void routes(PeerIntent intent, boolean complete) {
        sender.desire(intent);
        if (complete) {
            sender.complete();
        }
    }

    /** Takes settings that need no new session; whether they could be brought into force. */
    boolean change(PeerConfig to, PeerChange change) {
        config = to;
        fsm = new PeerFsm(Settings.of(to));
        if (state.kind() != FsmState.IDLE) {
            truth.waiting(change.fields());
        }
        try {
            dialled.adjust(change);
            accepted.adjust(change);
        } catch (SocketFault fault) {
            return false;
        }
        post(new Event.Retimed());
        return true;
    }

    /** For good. A peer that is wanted again is a new one. */
    void stop(StopCause cause, String words) {
        if (cause == StopCause.SHUTDOWN) {
            sender.withdrawAll();
        }
        post(new Event.Stop(cause, words));
    }

    void reset(String words) {
        post(new Event.Reset(words));
    }

    void bfd(BfdState now, String why) {
        truth.bfd(now);
        if (now == BfdState.DOWN) {
            post(new Event.BfdDown(why));
        }
    }

    /** What the interface's routers are may have changed: a session with one that is gone for another is over. */
    void neighborsChanged() {
        Session leading = leading();
        boolean moved = config.place() instanceof PeerPlace.Interface
                && leading.remoteAddress().isPresent()
                && Whereabouts.of(config, neighbors, leading.remoteAddress()) instanceof Whereabouts.Here(Ip now, int _)
                && !leading.remoteAddress().equals(Optional.of(now));
        if (moved) {
            post(state.leading(), new Event.ConnectionLost("the router has another address now"), Session.ANY);
        }
    }

    /** Whether a connection from there may be this peer's. */
    boolean at(Ip from, int scope) {
        return switch (config.place()) {
            case PeerPlace.Address(Ip ip)
            when Sockets.needsScope(ip) ->
                ip.equals(from)
                        && neighbors.index(config.device().orElseThrow()).orElse(-1) == scope;
            case PeerPlace.Address(Ip ip) -> ip.equals(from);
            case PeerPlace.Interface(String name) ->
                Sockets.needsScope(from)
                        && neighbors.index(name).orElse(-1) == scope
                        && neighbors.routers(scope).contains(from);
        };
    }

    /** The addresses that the peer may come from, as far as they are known. */
    Set<Ip> addresses() {
        return switch (config.place()) {
            case PeerPlace.Address(Ip ip) -> Set.of(ip);
            case PeerPlace.Interface(String name) ->
                neighbors.index(name).isPresent()
                        ? neighbors.routers(neighbors.index(name).getAsInt())
                        : Set.of();
        };
    }

    /** Decides on a connection from the peer, and takes it if so decided; the caller ends any other. */
    Admission accept(Channel channel, Ip from) {
        Admission admission = Admission.of(state);
        if (admission == Admission.REPLACES) {
            post(Link.ACCEPTED, new Event.Superseded(), Session.ANY);
        }
        if (admission == Admission.TAKEN || admission == Admission.REPLACES) {
            try {
                accepted.accepted(channel, from);
                lastSeen = Optional.of(from);
            } catch (SocketFault fault) {
                PeerStep.Change refused =
                        new PeerStep.Change(state.kind(), state.kind(), fault.reason(), fault.describe());
                tell(refused);
                return Admission.IGNORED;
            }
        }
        return admission;
    }

    PeerStatus status() {
        Session leading = leading();
        return new PeerStatus(
                config.name(),
                config.address().or(() -> leading.remoteAddress().or(() -> lastSeen)),
                state.kind(),
                truth.since(),
                leading.localAddress(),
                sender.sent(),
                sender.unsendable(),
                truth.lastError(),
                counters.snapshot(),
                truth.facts(leading, state.memory(), restart));
    }

    private Session leading() {
        return session(state.leading());
    }

    private Session session(Link link) {
        return switch (link) {
            case DIALLED -> dialled;
            case ACCEPTED -> accepted;
        };
    }

    @Override
    public State state(Link link) {
        return state.of(link);
    }

    @Override
    public Optional<Whereabouts.Here> locate(Link link, long generation) {
        return switch (Whereabouts.of(config, neighbors, lastSeen)) {
            case Whereabouts.Here here -> {
                lastSeen = Optional.of(here.ip());
                yield Optional.of(here);
            }
            case Whereabouts.Unknown(var reason, String detail) -> {
                post(link, new Event.ConnectFailed(reason, detail), generation);
                yield Optional.empty();
            }
        };
    }

    @Override
    public void writable() {
        sender.flush();
    }

    @Override
    public void sent(Message message) {
        counters.sent(message);
        truth.sent(message);
    }

    @Override
    public void received(Link link, byte[] octets, long generation) {
        switch (Messages.decode(octets, session(link).context())) {
            case Decoded.Refused(Notification error) -> post(link, new Event.Malformed(error), generation);
            case Decoded.Accepted(Message message, var faults) -> {
                counters.received(message, faults.size());
                truth.received(message);
                post(link, new Event.Received(message), generation);
            }
        }
    }

    private void post(Event event) {
        post(Link.DIALLED, event, Session.ANY);
    }

    /** Steps may cause events; those wait their turn. */
    @Override
    public void post(Link link, Event event, long generation) {
        pending.add(new Pending(link, event, generation));
        if (running) {
            return;
        }
        running = true;
        try {
            for (Pending next = pending.poll(); next != null; next = pending.poll()) {
                if (session(next.link()).concerns(next.generation())) {
                    take(fsm.on(state, next.link(), next.event()));
                }
            }
        } finally {
            running = false;
        }
    }

    private void take(PeerStep step) {
        // Last words are written as the old state agreed with the peer; routes go out when everybody knows of the new
        // one.
        step.deeds().forEach(this::before);
        state = step.state();
        if (step.changes().stream().anyMatch(change -> change.reason() == BgpReason.OPEN_ACCEPTED)) {
            dialled.agreed();
            accepted.agreed();
        }
        step.changes().forEach(this::tell);
        step.deeds().forEach(this::after);
    }

    private void before(PeerStep.Deed deed) {
        switch (deed.action()) {
            case Action.Dial _, Action.CloseTcp _, Action.Send _ ->
                session(deed.link()).perform(deed.action());
            case Action.StartTimer _, Action.StopTimer _, Action.StopTimers _ ->
                session(deed.link()).perform(deed.action());
            case Action.SessionDown _ -> {
                counters.down();
                sender.down();
            }
            case Action.SessionUp _, Action.Refresh _ -> {}
        }
    }

    private void after(PeerStep.Deed deed) {
        Session session = session(deed.link());
        switch (deed.action()) {
            case Action.SessionUp _ -> {
                counters.up();
                session.facts().ifPresent(facts -> sender.up(facts, session));
            }
            case Action.Refresh(var family) -> sender.refresh(family);
            case Action.Dial _, Action.CloseTcp _, Action.Send _, Action.SessionDown _ -> {}
            case Action.StartTimer _, Action.StopTimer _, Action.StopTimers _ -> {}
        }
    }

    private void tell(PeerStep.Change change) {
        truth.changed(change);
        listener.stateChanged(config.name(), change.from(), change.to(), change.reason(), change.detail());
    }
}
