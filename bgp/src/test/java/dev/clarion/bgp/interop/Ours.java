package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;

import dev.clarion.bgp.BgpIntent;
import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.BgpOptions;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.Neighbors;
import dev.clarion.bgp.NextHops;
import dev.clarion.bgp.Password;
import dev.clarion.bgp.PeerBuilder;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerIntent;
import dev.clarion.bgp.PeerStatus;
import dev.clarion.bgp.Reach;
import dev.clarion.bgp.RestartFacts;
import dev.clarion.bgp.RestartRecord;
import dev.clarion.bgp.Route;
import dev.clarion.bgp.StopMode;
import dev.clarion.bgp.bfd.BfdEngine;
import dev.clarion.bgp.bfd.BfdListener;
import dev.clarion.bgp.bfd.BfdOptions;
import dev.clarion.bgp.bfd.BfdProfile;
import dev.clarion.bgp.bfd.BfdSessionConfig;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.Restart;
import dev.clarion.bgp.fsm.Role;
import dev.clarion.bgp.interop.Terms.Feature;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Our end of the sessions: a speaker, used as a program would use it. */
final class Ours implements BgpListener {
    /** What the speaker told. */
    record Change(String peer, FsmState to, BgpReason reason, String detail) {}

    /** How long a router keeps our routes while we are away. */
    static final Duration RESTART_TIME = Duration.ofSeconds(15);

    /** A silence of three seconds, since tests run on busy machines. */
    private static final BfdProfile BFD_PROFILE = BfdProfile.of(300, 10);

    private static final String BOOT = "00000000-0000-0000-0000-000000000001";
    private static final String NEXT_BOOT = "00000000-0000-0000-0000-000000000002";

    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private volatile Optional<BgpSpeaker> speaker = Optional.empty();
    private Optional<BfdEngine> bfd = Optional.empty();
    private volatile Optional<RestartRecord> left = Optional.empty();

    /** Starts a speaker that dials, and listens if asked to, as the first process of its boot. */
    void start(boolean listens) {
        Optional<BgpOptions.Listen> where =
                listens ? Optional.of(new BgpOptions.Listen(Ip.parse("::"), PeerConfig.BGP_PORT)) : Optional.empty();
        start(new BgpOptions(where, new RestartFacts(BOOT, Optional.empty()), Neighbors.NONE));
    }

    /** Starts a speaker that knows what the one before it has left behind. */
    void startAgain() {
        start(new BgpOptions(Optional.empty(), new RestartFacts(BOOT, left), Neighbors.NONE));
    }

    /** The same, on a kernel that has started meanwhile. */
    void startAfterReboot() {
        start(new BgpOptions(Optional.empty(), new RestartFacts(NEXT_BOOT, left), Neighbors.NONE));
    }

    private void start(BgpOptions options) {
        changes.clear();
        speaker = Optional.of(new BgpSpeaker(this, options));
    }

    /** Makes these the sessions, and these the routes of both. */
    void apply(Terms terms, Set<Route> routes) {
        apply(terms, routes, routes);
    }

    /** Makes these the sessions, and these the routes of each. */
    void apply(Terms terms, Set<Route> overV4, Set<Route> overV6) {
        List<PeerIntent> peers = List.of(intent(terms, V4, overV4), intent(terms, V6, overV6));
        speaker().apply(new BgpIntent(peers));
        watch(terms);
    }

    /** The same routes for both, though more may come: the speaker does not know everything yet. */
    void applySoFar(Terms terms, Set<Route> routes) {
        speaker().apply(new BgpIntent(List.of(intent(terms, V4, routes), intent(terms, V6, routes)), false));
    }

    /** These routes are about to be withdrawn. */
    void applyLeaving(Terms terms, Set<Route> routes) {
        speaker()
                .apply(new BgpIntent(Stream.of(V4, V6)
                        .map(neighbour -> new PeerIntent(peer(terms, neighbour), routes, NextHops.NONE, true))
                        .toList()));
    }

    /** Lets BFD watch both peers, if the terms say so. */
    private void watch(Terms terms) {
        if (terms.has(Feature.BFD) && bfd.isEmpty()) {
            BfdEngine engine = new BfdEngine(this::bfdChanged, BfdOptions.ORDINARY);
            engine.sessions(Map.of(V4.name(), watched(V4), V6.name(), watched(V6)));
            bfd = Optional.of(engine);
        }
    }

    /** From the session's own address: the interface may have others, since routers hand out prefixes. */
    private static BfdSessionConfig watched(Terms.Neighbour neighbour) {
        return new BfdSessionConfig(
                neighbour.router(),
                Optional.of(neighbour.us()),
                Optional.empty(),
                Optional.empty(),
                false,
                BFD_PROFILE);
    }

    private void bfdChanged(String peer, BfdListener.Change change) {
        if (change.to() == BfdState.UP) {
            speaker.ifPresent(one -> one.bfdUp(peer));
        } else if (change.failed()) {
            speaker.ifPresent(one -> one.bfdDown(peer, change.reason().name()));
        }
    }

    boolean bfdUp(Terms.Neighbour neighbour) {
        return bfd.orElseThrow().status().sessions().stream()
                .anyMatch(session -> session.key().equals(neighbour.name()) && session.state() == BfdState.UP);
    }

    /** What BFD says of both peers, for people. */
    String bfdSessions() {
        return bfd.orElseThrow().status().toString();
    }

    void stop(StopMode mode) {
        stop(mode, "");
    }

    /** The same with words for the router's people. */
    void stop(StopMode mode, String words) {
        bfd.ifPresent(BfdEngine::close);
        bfd = Optional.empty();
        speaker.ifPresent(one -> one.stop(mode, words));
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

    @Override
    public void restartRecordChanged(RestartRecord record) {
        left = RestartRecord.decode(record.encode());
    }

    private static PeerIntent intent(Terms terms, Terms.Neighbour neighbour, Set<Route> routes) {
        return new PeerIntent(peer(terms, neighbour), routes);
    }

    private static PeerConfig peer(Terms terms, Terms.Neighbour neighbour) {
        PeerBuilder peer = PeerConfig.at(
                        neighbour.name(),
                        neighbour.router(),
                        terms.ourAs(),
                        new PeerAs.Exactly(terms.routerAs()),
                        Segment.OURS_V4)
                .localAddress(neighbour.us())
                .holdTime(Duration.ofSeconds(terms.holdSeconds()));
        terms.password().map(Password::of).ifPresent(peer::password);
        if (terms.has(Feature.TTL_SECURITY)) {
            peer.reach(new Reach.Security(1));
        }
        if (terms.has(Feature.WE_ARE_PROVIDER)) {
            peer.role(Role.PROVIDER);
        } else if (terms.has(Feature.WE_ARE_PEER)) {
            peer.role(Role.PEER);
        }
        if (terms.has(Feature.GRACEFUL_RESTART)) {
            peer.restart(new Restart.Graceful(RESTART_TIME, false));
        }
        if (terms.has(Feature.IPV4_OVER_IPV6) && neighbour.equals(V6)) {
            peer.families(EnumSet.allOf(IpFamily.class)).extendedNextHop(true);
        }
        return peer.build();
    }
}
