package dev.clarion.bgp;

import dev.clarion.bgp.fsm.Event.StopCause;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Announces routes to BGP peers (RFC 4271, for the announcing role): is given the whole desired state and makes the wire
 * agree with it. Uses no received route.
 *
 * <p>All sessions live on one thread of their own, on which nothing blocks. Routes come and go without touching a session;
 * a peer whose settings change gets what {@link PeerField} says, and the others notice nothing. Methods may be called from
 * any thread; {@link #stop} not from a listener, since it waits.
 */
public final class BgpSpeaker implements AutoCloseable {
    private static final long STOP_MILLIS = 3_000;
    private static final long ANSWER_MILLIS = 5_000;

    private final BgpListener listener;
    private final BgpOptions options;
    private final Transport transport;
    private final Exports exports = new Exports();
    private final Optional<Door> door;
    private final AtomicReference<@Nullable BgpIntent> next = new AtomicReference<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final RestartKeeper restarts;

    /** By name, in the intent's order; touched on the loop only. */
    private Map<String, Peer> peers = new LinkedHashMap<>();

    /** A speaker that dials only. Throws {@link BgpException} when it cannot work on this machine. */
    public BgpSpeaker(BgpListener listener) {
        this(listener, BgpOptions.DEFAULT);
    }

    /** A speaker with options. Throws {@link BgpException} when it cannot work on this machine, or not listen there. */
    public BgpSpeaker(BgpListener listener, BgpOptions options) {
        BgpListener safe = new SafeListener(listener);
        this.restarts = new RestartKeeper(safe, options.restart());
        this.listener = restarts;
        this.options = options;
        this.transport = new Transport();
        this.door = options.listen().map(where -> new Door(transport, where));
    }

    /** The port on which connections are accepted; empty when none are. */
    public OptionalInt listeningPort() {
        return door.map(open -> OptionalInt.of(open.port())).orElse(OptionalInt.empty());
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

    /** BFD sees the path to a peer work. A peer of another name than those of the intent is passed over. */
    public void bfdUp(String peer) {
        tell(peer, one -> one.bfd(BfdState.UP, ""));
    }

    /**
     * BFD saw the path to a peer fail, after it had worked: a session that is up ends with Cease "BFD down" (RFC 9384). One
     * that is not up hears nothing of it, nor does one that was down to BFD all along.
     *
     * @param why what BFD says, for people
     */
    public void bfdDown(String peer, String why) {
        tell(peer, one -> one.bfd(BfdState.DOWN, why));
    }

    /** BFD was switched off on one side, which is no failure (RFC 5882 section 3.2). */
    public void bfdAdminDown(String peer) {
        tell(peer, one -> one.bfd(BfdState.ADMIN_DOWN, ""));
    }

    /** Ends a peer's session with Cease "administrative reset" and these words, and begins a new one. */
    public void reset(String peer, String words) {
        tell(peer, one -> one.reset(words));
    }

    /** {@link Neighbors} has other routers to tell of than before. */
    public void neighborsChanged() {
        if (!stopped.get()) {
            transport.loop().execute(() -> {
                door.ifPresent(open -> open.expect(peers.values()));
                peers.values().forEach(Peer::neighborsChanged);
            });
        }
    }

    /** Ends all sessions in the way asked for. Returns when peers have taken it, after 3 s at most. Once is enough. */
    public void stop(StopMode mode) {
        stop(mode, "");
    }

    /**
     * The same, with words for the people at the other end (RFC 9003).
     *
     * @param words said with a shutdown only; cut after 255 octets
     */
    public void stop(StopMode mode, String words) {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        StopCause cause = switch (mode) {
            case RESTART -> StopCause.RESTART;
            case SHUTDOWN -> StopCause.SHUTDOWN;
        };
        onLoop(() -> {
            restarts.stopping(mode);
            peers.values().forEach(peer -> peer.stop(cause, words));
            return peers.size();
        });
        transport.close(STOP_MILLIS);
    }

    /** As {@link #stop} with {@link StopMode#RESTART}, unless it is stopped already. */
    @Override
    public void close() {
        stop(StopMode.RESTART);
    }

    private void tell(String name, Consumer<Peer> what) {
        if (!stopped.get()) {
            transport.loop().execute(() -> Optional.ofNullable(peers.get(name)).ifPresent(what));
        }
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
                peer.stop(StopCause.DECONFIGURED, "");
            }
        });
        Map<String, Peer> wanted = new LinkedHashMap<>();
        for (PeerIntent peer : intent.peers()) {
            wanted.put(peer.config().name(), keepOrStart(peer, intent.complete()));
        }
        peers = wanted;
        restarts.configured(intent);
        door.ifPresent(open -> open.expect(wanted.values()));
        wanted.values().forEach(Peer::start);
    }

    private Peer keepOrStart(PeerIntent intent, boolean complete) {
        Peer present = peers.get(intent.config().name());
        if (present != null && kept(present, intent.config())) {
            present.routes(intent, complete);
            return present;
        }
        if (present != null) {
            present.stop(StopCause.CONFIG_CHANGED, "");
        }
        Peer fresh = new Peer(intent.config(), transport, options, listener, exports);
        fresh.routes(intent, complete);
        return fresh;
    }

    /** Whether a peer goes on with other settings; else it has to begin anew. */
    private static boolean kept(Peer peer, PeerConfig config) {
        PeerChange change = PeerChange.between(peer.config(), config);
        return change.fields().isEmpty()
                || switch (change.need()) {
                    case LIVE, NEXT_OPEN -> peer.change(config, change);
                    case RESET -> false;
                };
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
