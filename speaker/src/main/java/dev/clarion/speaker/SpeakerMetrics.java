package dev.clarion.speaker;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.ownership.ClaimReason;
import dev.clarion.announcement.ownership.MoveReason;
import dev.clarion.arpndp.DropReason;
import dev.clarion.arpndp.L2Listener;
import dev.clarion.bgp.PeerStatus;
import dev.clarion.bgp.bfd.BfdListener;
import dev.clarion.bgp.bfd.BfdStatus;
import dev.clarion.bgp.bfd.Lateness;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.linux.KernelFault;
import dev.clarion.linux.KernelFinding;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import dev.clarion.telemetry.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Counts what the announcers and decisions tell. */
final class SpeakerMetrics implements L2Listener {
    private final Metrics metrics;
    private final Counter answered;
    private final Counter dropped;
    private final Counter announced;
    private final Counter updates;
    private final Counter transitions;
    private final Counter bfdTransitions;
    private final Counter decisions;
    private final Counter neighbours;
    private final Counter stoodIn;
    private final Counter conflicts;
    private final Counter datagrams;
    private final Counter datagramsDropped;
    private final Counter claims;
    private final Counter moves;
    private final Counter lost;
    private final Counter fenced;
    private final Counter defects;

    SpeakerMetrics(Metrics metrics) {
        this.metrics = metrics;
        answered = metrics.counter(
                "layer2_requests_answered", "ARP requests and neighbour solicitations answered.", "interface");
        dropped = metrics.counter(
                "layer2_frames_dropped", "ARP and NDP frames that were not answered.", "interface", "reason");
        announced = metrics.counter("layer2_announcements_sent", "Unasked announcements sent.", "interface");
        updates = metrics.counter("bgp_prefixes_sent", "Prefixes announced and withdrawn.", "peer", "kind");
        transitions = metrics.counter(
                "bgp_state_changes", "Changes of a session's state, and failed attempts.", "peer", "state", "reason");
        bfdTransitions =
                metrics.counter("bfd_state_changes", "Changes of a BFD session's state.", "peer", "state", "reason");
        decisions = metrics.counter("decisions", "Decisions about an address that changed, by reason.", "reason");
        neighbours = metrics.counter(
                "layer2_neighbours",
                "Single neighbours told of an owned address, and those that acknowledged it.",
                "interface",
                "kind");
        stoodIn = metrics.counter(
                "layer2_requests_answered_for_others",
                "Requests answered in the name of a node whose speaker is away.",
                "interface");
        conflicts = metrics.counter(
                "layer2_conflicts", "Other hosts that spoke as the owner of an address held here.", "interface");
        datagrams = metrics.counter("heartbeat_datagrams", "Datagrams between speakers.", "direction");
        datagramsDropped =
                metrics.counter("heartbeat_datagrams_dropped", "Datagrams that did not count, by reason.", "reason");
        claims = metrics.counter("ownership_claims", "Addresses that this node took, by reason.", "reason");
        moves = metrics.counter("ownership_moves", "Addresses that this node handed over, by reason.", "reason");
        lost = metrics.counter("ownership_lost", "Addresses that another node took from this one.");
        fenced = metrics.counter(
                "ownership_fenced", "Times this speaker stood still, or was cut off, and asked before it answered.");
        defects = metrics.counter("ownership_defects", "Steps of ownership that failed; each is a defect.");
    }

    /** What is looked up when metrics are read. */
    void lookUp(Supplier<Integer> owned, Supplier<List<PeerStatus>> peers) {
        metrics.gauge("layer2_owned_addresses", "Addresses that this node answers for.", () -> owned.get());
        perPeer(
                "bgp_session_up",
                "1 while the session is established.",
                peers,
                peer -> peer.state() == FsmState.ESTABLISHED ? 1 : 0);
        perPeer(
                "bgp_routes",
                "Prefixes that the peer has from us.",
                peers,
                peer -> peer.sent().size());
        perPeer(
                "bgp_updates_sent",
                "UPDATE messages sent since the start.",
                peers,
                peer -> peer.counters().updatesSent());
    }

    private void perPeer(
            String name, String help, Supplier<List<PeerStatus>> peers, ToDoubleFunction<PeerStatus> value) {
        GaugeWithCallback.builder()
                .name("clarion_" + name)
                .help(help)
                .labelNames("peer")
                .callback(
                        callback -> peers.get().forEach(peer -> callback.call(value.applyAsDouble(peer), peer.name())))
                .register(metrics.registry());
    }

    /** Of BFD, once a peer wants it. */
    void bfd(Supplier<Optional<BfdStatus>> bfd) {
        GaugeWithCallback.builder()
                .name("clarion_bfd_session_up")
                .help("1 while BFD has the peer up.")
                .labelNames("peer")
                .callback(callback -> bfd.get()
                        .ifPresent(status -> status.sessions()
                                .forEach(session ->
                                        callback.call(session.state() == BfdState.UP ? 1 : 0, session.key()))))
                .register(metrics.registry());
        CounterWithCallback.builder()
                .name("clarion_bfd_packets_dropped")
                .help("BFD packets that belonged to no session or broke a rule, by reason.")
                .labelNames("reason")
                .callback(callback -> bfd.get()
                        .ifPresent(status ->
                                status.dropped().forEach((reason, count) -> callback.call(count, reason.name()))))
                .register(metrics.registry());
        CounterWithCallback.builder()
                .name("clarion_bfd_turns_late")
                .help("Turns of the BFD thread that began later than they should by more than so many seconds.")
                .labelNames("seconds")
                .callback(callback -> bfd.get().ifPresent(status -> {
                    for (int i = 0; i < Lateness.BOUNDS.size(); i++) {
                        String seconds = Double.toString(Lateness.BOUNDS.get(i).toMillis() / 1e3);
                        callback.call(status.lateness().above().get(i), seconds);
                    }
                }))
                .register(metrics.registry());
        GaugeWithCallback.builder()
                .name("clarion_bfd_real_time")
                .help("1 if the BFD thread runs before everything ordinary, 0 if it had to begin without that.")
                .callback(callback -> bfd.get()
                        .ifPresent(status -> callback.call(status.scheduling().realTime() ? 1 : 0)))
                .register(metrics.registry());
    }

    /** Of ownership. */
    void ownership(OwnershipSide ownership) {
        metrics.gauge(
                "ownership_by_heartbeats",
                "1 once there is a heartbeat key.",
                () -> ownership.running().map(loop -> 1.0).orElse(0.0));
        metrics.gauge(
                "ownership_quarantined",
                "Addresses that foreign hosts answer for.",
                () -> ownership
                        .running()
                        .map(loop -> (double) loop.state().foreign().size())
                        .orElse(0.0));
    }

    /** Of connections that began on other nodes. */
    void flows(Supplier<Integer> relayed) {
        metrics.gauge("flows_relayed", "Connections that began on another node and are sent on to it.", () ->
                (double) relayed.get());
    }

    /** What the kernel does in the way. */
    void kernel(Supplier<List<KernelFinding>> findings) {
        GaugeWithCallback.builder()
                .name("clarion_kernel_faults")
                .help("What in this node's kernel gets in the way of announcing, by kind.")
                .labelNames("fault")
                .callback(callback -> {
                    for (KernelFault fault : KernelFault.values()) {
                        long count = findings.get().stream()
                                .filter(finding -> finding.fault() == fault)
                                .count();
                        callback.call((double) count, fault.name());
                    }
                })
                .register(metrics.registry());
    }

    void sent(boolean successfully) {
        datagrams.labelValues(successfully ? "sent" : "failed").inc();
    }

    void received() {
        datagrams.labelValues("received").inc();
    }

    void dropped(dev.clarion.announcement.heartbeat.DropReason reason) {
        datagramsDropped.labelValues(reason.name()).inc();
    }

    void claimed(ClaimReason reason, int count) {
        claims.labelValues(reason.name()).inc(count);
    }

    void moving(MoveReason reason, int count) {
        moves.labelValues(reason.name()).inc(count);
    }

    void lost() {
        lost.inc();
    }

    void fenced() {
        fenced.inc();
    }

    void defect() {
        defects.inc();
    }

    /** A decision about an address changed. */
    void decided(AnnouncementReason reason) {
        decisions.labelValues(reason.name()).inc();
    }

    @Override
    public void answered(String interfaceName, Ip address, Ip requester) {
        answered.labelValues(interfaceName).inc();
    }

    @Override
    public void dropped(String interfaceName, DropReason reason) {
        dropped.labelValues(interfaceName, reason.name()).inc();
    }

    @Override
    public void announced(String interfaceName, Ip address) {
        announced.labelValues(interfaceName).inc();
    }

    @Override
    public void stoodIn(String interfaceName, Ip address, Mac owner, Ip requester) {
        stoodIn.labelValues(interfaceName).inc();
    }

    @Override
    public void told(String interfaceName, Ip address, Ip neighbour) {
        neighbours.labelValues(interfaceName, "told").inc();
    }

    @Override
    public void acknowledged(String interfaceName, Ip address, Ip neighbour, boolean gateway) {
        neighbours
                .labelValues(interfaceName, gateway ? "gateway_acknowledged" : "acknowledged")
                .inc();
    }

    @Override
    public void conflict(String interfaceName, Ip address, Mac mac) {
        conflicts.labelValues(interfaceName).inc();
    }

    void sessionChanged(String peer, FsmState to, BgpReason reason) {
        transitions.labelValues(peer, to.name(), reason.name()).inc();
    }

    void routesSent(String peer, int announcedPrefixes, int withdrawnPrefixes) {
        updates.labelValues(peer, "announced").inc(announcedPrefixes);
        updates.labelValues(peer, "withdrawn").inc(withdrawnPrefixes);
    }

    void bfdChanged(String peer, BfdListener.Change change) {
        bfdTransitions
                .labelValues(peer, change.to().name(), change.reason().name())
                .inc();
    }
}
