package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;

import dev.clarion.bgp.BgpIntent;
import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.BgpOptions;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.Password;
import dev.clarion.bgp.PeerBuilder;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerIntent;
import dev.clarion.bgp.PeerStatus;
import dev.clarion.bgp.Reach;
import dev.clarion.bgp.Route;
import dev.clarion.bgp.StopMode;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.Restart;
import dev.clarion.bgp.interop.Terms.Feature;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Our end of the sessions: a speaker, used as a program would use it. */
final class Ours implements BgpListener {
    /** What the speaker told. */
    record Change(String peer, FsmState to, BgpReason reason, String detail) {}

    /** How long a router keeps our routes while we are away. */
    static final Duration RESTART_TIME = Duration.ofSeconds(30);

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
        apply(terms, routes, routes);
    }

    /** Makes these the sessions, and these the routes of each. */
    void apply(Terms terms, Set<Route> overV4, Set<Route> overV6) {
        speaker().apply(new BgpIntent(List.of(intent(terms, V4, overV4), intent(terms, V6, overV6))));
    }

    void stop(StopMode mode) {
        speaker.ifPresent(one -> one.stop(mode));
        speaker = Optional.empty();
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
        PeerBuilder peer = PeerConfig.at(
                        neighbour.name(),
                        neighbour.router(),
                        terms.ourAs(),
                        new PeerAs.Number(terms.routerAs()),
                        Segment.OURS_V4)
                .localAddress(neighbour.us())
                .holdTime(Duration.ofSeconds(terms.holdSeconds()));
        terms.password().map(Password::of).ifPresent(peer::password);
        if (terms.has(Feature.TTL_SECURITY)) {
            peer.reach(new Reach.Security(1));
        }
        if (terms.has(Feature.GRACEFUL_RESTART)) {
            peer.restart(new Restart.Graceful(RESTART_TIME, false));
        }
        if (terms.has(Feature.IPV4_OVER_IPV6) && neighbour.equals(V6)) {
            peer.families(EnumSet.allOf(IpFamily.class)).extendedNextHop(true);
        }
        return new PeerIntent(peer.build(), routes);
    }
}
