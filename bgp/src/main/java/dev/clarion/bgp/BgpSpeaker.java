package dev.clarion.bgp;

import dev.clarion.bgp.fsm.FsmState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Announces routes to BGP peers: is given the whole desired state and makes the wire agree with it. Sessions follow. */
public final class BgpSpeaker implements AutoCloseable {
    private final BgpListener listener;
    private final BgpOptions options;
    private final Instant since = Instant.now();
    private volatile BgpIntent intent = BgpIntent.NONE;

    /** A speaker that dials only. */
    public BgpSpeaker(BgpListener listener) {
        this(listener, BgpOptions.DEFAULT);
    }

    /** A speaker with options. Throws {@link BgpException} when it cannot work on this machine. */
    public BgpSpeaker(BgpListener listener, BgpOptions options) {
        this.listener = listener;
        this.options = options;
    }

    /** Makes this the desired state, whole. Returns at once; of several calls in a row the last counts. */
    public void apply(BgpIntent desired) {
        intent = desired;
    }

    /** Every peer as it is now. */
    public List<PeerStatus> status() {
        return intent.peers().stream().map(this::idle).toList();
    }

    /** Ends all sessions in the way asked for and returns when that is done, within a few seconds. */
    public void stop(StopMode mode) {
        intent = BgpIntent.NONE;
    }

    /** As {@link #stop} with {@link StopMode#RESTART}, unless it is stopped already. */
    @Override
    public void close() {
        stop(StopMode.RESTART);
    }

    private PeerStatus idle(PeerIntent peer) {
        PeerCounters none = new PeerCounters(0, 0, 0, 0, 0, 0, 0, 0, 0);
        return new PeerStatus(
                peer.config().name(),
                peer.config().address(),
                FsmState.IDLE,
                since,
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.of("no sessions yet; listener " + listener + ", options " + options),
                none);
    }
}
