package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;

import dev.clarion.bgp.BgpIntent;
import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.BgpOptions;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerIntent;
import dev.clarion.bgp.PeerStatus;
import dev.clarion.bgp.Route;
import dev.clarion.bgp.StopMode;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Our end of the sessions: a speaker, used as a program would use it. */
final class Ours implements BgpListener {
    /** What the speaker told. */
    record Change(String peer, FsmState to, BgpReason reason, String detail) {}

    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private Optional<BgpSpeaker> speaker = Optional.empty();

    /** Starts a speaker that dials, and listens if asked to. */
    void start(boolean listens) {
        changes.clear();
        Optional<BgpOptions.Listen> where =
                listens ? Optional.of(new BgpOptions.Listen(Ip.parse("::"), PeerConfig.BGP_PORT)) : Optional.empty();
        speaker = Optional.of(new BgpSpeaker(this, new BgpOptions(where)));
    }

    /** Makes these the sessions, and these the routes of both. */
    void apply(Terms terms, Set<Route> routes) {
        speaker().apply(new BgpIntent(List.of(intent(terms, V4, routes), intent(terms, V6, routes))));
    }

    void stop(StopMode mode) {
        speaker.ifPresent(one -> one.stop(mode));
        speaker = Optional.empty();
    }

    boolean runs() {
        return speaker.isPresent();
    }

    PeerStatus status(Terms.Neighbour neighbour) {
        return speaker().status().stream()
                .filter(peer -> peer.name().equals(neighbour.name()))
                .findFirst()
                .orElseThrow();
    }

    boolean established(Terms.Neighbour neighbour) {
        return status(neighbour).state() == FsmState.ESTABLISHED;
    }

    /** What was told about both sessions since the start. */
    List<Change> changes() {
        return List.copyOf(changes);
    }

    @Override
    public void stateChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail) {
        changes.add(new Change(peer, to, reason, detail));
    }

    private BgpSpeaker speaker() {
        return speaker.orElseThrow();
    }

    private static PeerIntent intent(Terms terms, Terms.Neighbour neighbour, Set<Route> routes) {
        PeerConfig config = new PeerConfig(
                neighbour.name(),
                neighbour.router(),
                PeerConfig.BGP_PORT,
                terms.ourAs(),
                terms.routerAs(),
                Segment.OURS_V4,
                Duration.ofSeconds(terms.holdSeconds()),
                Optional.of(neighbour.us()));
        return new PeerIntent(config, routes);
    }
}
