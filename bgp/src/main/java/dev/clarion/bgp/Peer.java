package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.Collision;
import dev.clarion.bgp.fsm.Event;
import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Open;
import io.netty.channel.Channel;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One configured peer: the session that we dial, the one that the peer may open when we listen, and the routes, which
 * outlive both. All on the loop.
 */
final class Peer implements Session.Owner {
    private final PeerConfig config;
    private final Transport transport;
    private final BgpListener listener;
    private final Counters counters = new Counters();
    private final RouteSender sender;
    private final Session dialled;
    private @Nullable Session accepted;
    private boolean stopped;
    private Instant since = Instant.now();
    private FsmState reported = FsmState.IDLE;
    private Optional<String> lastError = Optional.empty();

    Peer(PeerConfig config, Transport transport, BgpListener listener, Exports exports) {
        this.config = config;
        this.transport = transport;
        this.listener = listener;
        this.sender = new RouteSender(config.name(), transport.loop(), counters, listener, exports);
        this.dialled = new Session(config, true, transport, this);
    }

    PeerConfig config() {
        return config;
    }

    void start() {
        dialled.post(new Event.Start());
    }

    void routes(PeerIntent intent) {
        sender.desire(intent);
    }

    /** For good. A peer that is wanted again is a new one. */
    void stop(StopCause cause) {
        stopped = true;
        if (cause == StopCause.SHUTDOWN) {
            sender.withdrawAll();
        }
        dialled.post(new Event.Stop(cause));
        if (accepted != null) {
            accepted.post(new Event.Stop(cause));
        }
    }

    /** Takes a connection from the peer; false if there is one already, or one that is up. */
    boolean accept(Channel channel) {
        if (stopped || accepted != null || dialled.state() == FsmState.ESTABLISHED) {
            return false;
        }
        accepted = new Session(config, false, transport, this);
        accepted.accepted(channel);
        return true;
    }

    PeerStatus status() {
        Session leading = leading();
        return new PeerStatus(
                config.name(),
                config.address(),
                leading.state(),
                since,
                leading.localAddress(),
                sender.sent(),
                sender.unsendable(),
                lastError,
                counters.snapshot());
    }

    private Session leading() {
        return accepted != null && accepted.state().compareTo(dialled.state()) > 0 ? accepted : dialled;
    }

    @Override
    public boolean keeps(Session session, Open open) {
        Session other = session == dialled ? accepted : dialled;
        if (other == null || other.state().compareTo(FsmState.OPEN_CONFIRM) < 0 || accepted == null) {
            return true;
        }
        boolean keepsDialled = Collision.keepsDialled(
                dialled.state(), accepted.state(), config.routerId(), config.localAs(), open.routerId(), open.as());
        boolean keeps = keepsDialled == (session == dialled);
        if (keeps) {
            other.post(new Event.Stop(StopCause.COLLISION));
        }
        return keeps;
    }

    @Override
    public void up() {
        counters.up();
        Session up = leading();
        if (up != dialled) {
            dialled.post(new Event.Stop(StopCause.COLLISION));
        } else if (accepted != null) {
            accepted.post(new Event.Stop(StopCause.COLLISION));
        }
        up.facts().ifPresent(facts -> sender.up(facts, up));
    }

    @Override
    public void down() {
        counters.down();
        sender.down();
    }

    @Override
    public void resend(Family family) {
        sender.refresh(family);
    }

    @Override
    public void writable() {
        sender.flush();
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public void stateChanged(FsmState from, FsmState to, BgpReason reason, String detail) {
        if (accepted != null && accepted.state() == FsmState.IDLE) {
            accepted = null;
            if (!stopped) {
                dialled.post(new Event.Start()); // It gave way while the accepted one lived.
            }
        }
        FsmState now = leading().state();
        if (now != reported) {
            reported = now;
            since = Instant.now();
        }
        if (!detail.isEmpty()) {
            lastError = Optional.of(detail + " at " + Instant.now());
        }
        listener.stateChanged(config.name(), from, to, reason, detail);
    }
}
