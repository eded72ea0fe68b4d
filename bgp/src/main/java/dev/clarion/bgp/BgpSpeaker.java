package dev.clarion.bgp;

import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Announces routes to BGP peers (RFC 4271, for the announcing role): is given the whole desired state and makes the wire
 * agree with it. Uses no received route.
 *
 * <p>All sessions live on one thread of their own, on which nothing blocks. A session carries the address family of its
 * peer's address. Routes come and go without touching a session; a peer whose settings change gets a new session, and
 * the others notice nothing. Methods may be called from any thread; {@link #stop} not from a listener, since it waits.
 */
public final class BgpSpeaker implements AutoCloseable {
    private static final long STOP_MILLIS = 3_000;
    private static final long ANSWER_MILLIS = 5_000;

    private final BgpListener listener;
    private final Transport transport;
    private final Exports exports = new Exports();
    private final OptionalInt listeningPort;
    private final AtomicReference<@Nullable BgpIntent> next = new AtomicReference<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** By name, in the intent's order; touched on the loop only. */
    private Map<String, Peer> peers = new LinkedHashMap<>();

    /** A speaker that dials only. Throws {@link BgpException} when it cannot work on this machine. */
    public BgpSpeaker(BgpListener listener) {
        this(listener, BgpOptions.DEFAULT);
    }

    /** A speaker with options. Throws {@link BgpException} when it cannot work on this machine, or not listen there. */
    public BgpSpeaker(BgpListener listener, BgpOptions options) {
        this.listener = new SafeListener(listener);
        this.transport = new Transport();
        this.listeningPort = options.listen()
                .map(where ->
                        OptionalInt.of(transport.listen(where, this::accepted).getPort()))
                .orElse(OptionalInt.empty());
    }

    /** The port on which connections are accepted; empty when none are. */
    public OptionalInt listeningPort() {
        return listeningPort;
    }

    /**
     * Makes this the desired state, whole: peers that are not in it go (Cease, peer deconfigured), others come. Returns
     * at once; of several calls in a row the last counts. After {@link #stop} it does nothing.
     */
    public void apply(BgpIntent intent) {
        if (!stopped.get() && next.getAndSet(intent) == null) {
            transport.loop().execute(this::takeIntent);
        }
    }

    /**
     * Every peer as it is now; empty once stopped.
     *
     * @throws IllegalStateException if the loop does not answer within seconds
     */
    public List<PeerStatus> status() {
        return stopped.get()
                ? List.of()
                : onLoop(() -> peers.values().stream().map(Peer::status).toList());
    }

    /** Ends all sessions in the way asked for. Returns when peers have taken it, after 3 s at most. Once is enough. */
    public void stop(StopMode mode) {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        StopCause cause = switch (mode) {
            case RESTART -> StopCause.RESTART;
            case SHUTDOWN -> StopCause.SHUTDOWN;
        };
        onLoop(() -> {
            peers.values().forEach(peer -> peer.stop(cause));
            return peers.size();
        });
        transport.close(STOP_MILLIS);
    }

    /** As {@link #stop} with {@link StopMode#RESTART}, unless it is stopped already. */
    @Override
    public void close() {
        stop(StopMode.RESTART);
    }

    private void takeIntent() {
        BgpIntent intent = next.getAndSet(null);
        if (intent == null || stopped.get()) {
            return;
        }
        Set<String> names =
                intent.peers().stream().map(peer -> peer.config().name()).collect(Collectors.toUnmodifiableSet());
        peers.forEach((name, peer) -> {
            if (!names.contains(name)) {
                peer.stop(StopCause.DECONFIGURED);
            }
        });
        Map<String, Peer> wanted = new LinkedHashMap<>();
        for (PeerIntent peer : intent.peers()) {
            wanted.put(peer.config().name(), keepOrStart(peer));
        }
        peers = wanted;
    }

    private Peer keepOrStart(PeerIntent intent) {
        Peer present = peers.get(intent.config().name());
        if (present != null && present.config().equals(intent.config())) {
            present.routes(intent);
            return present;
        }
        if (present != null) {
            present.stop(StopCause.CONFIG_CHANGED);
        }
        Peer fresh = new Peer(intent.config(), transport, listener, exports);
        fresh.routes(intent);
        fresh.start();
        return fresh;
    }

    private void accepted(Channel channel) {
        Optional<Ip> from = Optional.ofNullable(channel.remoteAddress()).flatMap(Sockets::ip);
        boolean taken = peers.values().stream()
                .filter(peer -> from.isPresent() && from.equals(peer.config().address()))
                .anyMatch(peer -> peer.accept(channel));
        if (!taken) {
            refuse(channel);
        }
    }

    private void refuse(Channel channel) {
        Connection stranger = new Connection(channel, Deaf.EVENTS);
        transport.prepare(channel, stranger);
        transport.loop().execute(() -> {
            stranger.send(Notification.of(BgpError.CONNECTION_REJECTED).encode(WireContext.INITIAL));
            stranger.close();
        });
    }

    private <T> T onLoop(Callable<T> task) {
        EventLoop loop = transport.loop();
        try {
            return loop.inEventLoop() ? task.call() : loop.submit(task).get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the BGP sessions", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the BGP sessions do not answer", failed);
        } catch (Exception failed) {
            throw new IllegalStateException("the BGP sessions failed", failed);
        }
    }
}
