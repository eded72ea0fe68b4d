package dev.clarion.speaker;

import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.Content;
import dev.clarion.announcement.heartbeat.Datagrams;
import dev.clarion.announcement.heartbeat.Decoded;
import dev.clarion.announcement.heartbeat.KeyRing;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.Parcel;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SegmentAddress;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.membership.Member;
import dev.clarion.announcement.membership.Probe;
import dev.clarion.announcement.ownership.Action;
import dev.clarion.announcement.ownership.Event;
import dev.clarion.announcement.ownership.FlowOutcome;
import dev.clarion.announcement.ownership.Moment;
import dev.clarion.announcement.ownership.Ownership;
import dev.clarion.announcement.ownership.Settings;
import dev.clarion.announcement.ownership.Step;
import dev.clarion.arpndp.L2Intent;
import dev.clarion.arpndp.ProbeResult;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import dev.clarion.net.Prefix;
import dev.clarion.speaker.flows.FlowKeeper;
import dev.clarion.speaker.flows.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that owns the core of layer-2 ownership. Datagrams, timers and what other threads hand in become
 * events of the core; what the core wants is done here and now: nothing that it wants waits for anybody.
 */
final class OwnershipLoop implements Runnable, FrameNews.Reader {
    private static final long AFTER_DEFECT = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long BIND_AGAIN = TimeUnit.SECONDS.toNanos(1);

    private final Parts parts;
    private final HeartbeatTransport transport;
    private final SegmentWork segments;
    private final OwnershipListener listener;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final CountDownLatch drained = new CountDownLatch(1);

    private KeyRing keys;
    private Ownership core;
    private List<Member> members = List.of();
    private volatile List<Segment> interfaces = List.of();
    /** The addresses of all Services. */
    private volatile Set<Ip> services = Set.of();

    private volatile Set<Ip> lingering = Set.of();
    private boolean joined;
    private long wakeAt = System.nanoTime();
    private long bindAt = System.nanoTime();
    private long decisions;
    private volatile boolean stopping;
    private volatile OwnershipState state;

    /**
     * What it is made of.
     *
     * @param node this node
     * @param session of this run, never used before
     * @param settings the same on all nodes
     * @param flows keeps connections through hand-overs
     * @param raise gives the thread its priority
     */
    record Parts(
            String node,
            Session session,
            Settings settings,
            HeartbeatTransport transport,
            SegmentPort segments,
            OwnershipListener listener,
            FlowKeeper flows,
            Runnable raise) {}

    /**
     * Made, not started.
     *
     * @param keys at least one
     * @param kept what the last run left, or what held before there was a key
     * @param bridge what is answered for until it is known who owns what
     */
    OwnershipLoop(Parts parts, HeartbeatKeys keys, Kept kept, L2Intent bridge) {
        this.parts = parts;
        this.transport = parts.transport();
        this.listener = parts.listener();
        this.segments = new SegmentWork(parts.segments(), listener, bridge);
        this.keys = keys.ring();
        this.core = Ownership.start(parts.node(), parts.session(), parts.settings(), kept.snapshot(), moment());
        if (!kept.foreign().isEmpty()) {
            Event quarantine = segments.restore(kept.foreign());
            inbox.add(() -> step(quarantine));
        }
        this.state = new OwnershipState(core, 0, false, segments.quarantined());
    }

    private static Moment moment() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    // What other threads hand in.

    /** The keys changed. */
    void keys(HeartbeatKeys next) {
        post(() -> keys = next.ring());
    }

    /** These are the nodes with a speaker, this one among them. */
    void members(List<Member> next) {
        post(() -> {
            members = List.copyOf(next);
            segments.members(members);
            bind();
            step(new Event.Members(members));
        });
    }

    /** Services, nodes and configuration. */
    void view(NodeView next) {
        post(() -> {
            Set<Ip> addresses = new HashSet<>();
            next.services().forEach(service -> addresses.addAll(service.addresses()));
            services = Set.copyOf(addresses);
            segments.services(services).ifPresent(this::step);
            step(new Event.View(next));
        });
    }

    /** This node's interfaces, whether usable or not. */
    void interfaces(List<Segment> next) {
        post(() -> {
            interfaces = List.copyOf(next);
            bind();
            step(new Event.Interfaces(interfaces));
        });
    }

    /** Addresses of others that this node may come to own, by interface; all interfaces that are to be open. */
    void watched(Map<String, Set<Ip>> next) {
        post(() -> segments.watched(Map.copyOf(next)));
    }

    /** Says that this speaker is about to end and comes back; returns when that is said. */
    void restarting(Duration patience) throws InterruptedException {
        said(new Event.Restarting(), patience);
    }

    /** Gives everything up; returns when that is said. */
    void leave(Duration patience) throws InterruptedException {
        said(new Event.Leave(), patience);
    }

    private void said(Event event, Duration patience) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        post(() -> {
            step(event);
            done.countDown();
        });
        done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Hands everything over that another node can have; whether that was done in time. */
    boolean drain(Duration patience) throws InterruptedException {
        post(() -> step(new Event.Drain()));
        return drained.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The addresses that this node's kernel has no rule for. */
    void unready(Set<Ip> next) {
        post(() -> step(new Event.DataPlane(next)));
    }

    /** Somebody asks for addresses to be spread evenly now. */
    void rebalance() {
        post(() -> step(new Event.Rebalance()));
    }

    @Override
    public void asked(String interfaceName, Ip host) {
        post(() -> segments.asked(core, interfaceName, host).ifPresent(this::step));
    }

    @Override
    public void kernelAnswered(String interfaceName, Ip target, Mac mac) {
        post(() -> segments.answered(core, interfaceName, target, mac).ifPresent(this::step));
    }

    @Override
    public void conflict(String interfaceName, Ip address, Mac mac) {
        post(() -> segments.conflict(core, interfaceName, address, mac).ifPresent(this::step));
    }

    @Override
    public void straggler(Ip address, Ip host) {
        // Anybody may ask for anything; of interest is only what was handed over a moment ago.
        if (lingering.contains(address)) {
            post(() -> step(new Event.StragglerSeen(address, host)));
        }
    }

    @Override
    public void probed(String interfaceName, Ip address, ProbeResult result) {
        post(() -> segments.probed(core, interfaceName, address, result).ifPresent(this::step));
    }

    private void post(Runnable input) {
        inbox.add(input);
        transport.wakeUp();
    }

    // The thread.

    /** What it knows, for any thread. */
    OwnershipState state() {
        return state;
    }

    /** What keeps connections has to know of the network. */
    Surroundings surroundings() {
        Ownership known = state.core();
        Set<Ip> dead = new HashSet<>();
        known.snapshot(false).segments().forEach((node, theirs) -> {
            if (known.condition(node) == Condition.DEAD) {
                theirs.forEach(segment -> segment.addresses().forEach(on -> dead.add(on.address())));
            }
        });
        return new Surroundings(interfaces, services, dead);
    }

    private FlowKeeper.Outlet outlet() {
        return new FlowKeeper.Outlet() {
            @Override
            public void able(boolean able) {
                OwnershipLoop.this.post(() -> step(new Event.FlowKeeping(able)));
            }

            @Override
            public void post(String node, long move, byte[] content) {
                OwnershipLoop.this.post(() -> step(new Event.Post(node, new Parcel(move, Content.of(content)))));
            }

            @Override
            public void settled(long move, int found, int kept) {
                FlowOutcome outcome =
                        found == 0 ? FlowOutcome.NONE : kept == found ? FlowOutcome.KEPT : FlowOutcome.FAILED;
                OwnershipLoop.this.post(() -> step(new Event.FlowsSettled(move, outcome)));
            }
        };
    }

    /** Why heartbeats are not heard on some addresses, in words. */
    List<String> problems() {
        return List.copyOf(transport.problems().values());
    }

    /** Ends the thread; nothing is said. */
    void stop() {
        stopping = true;
        transport.wakeUp();
    }

    @Override
    public void run() {
        parts.raise().run();
        parts.flows().answerTo(outlet());
        while (!stopping) {
            try {
                turn();
            } catch (RuntimeException defect) {
                listener.failed(defect);
                wakeAt = System.nanoTime() + AFTER_DEFECT;
                // What fails at once fails again at once; in real time that would take the processor from everybody.
                LockSupport.parkNanos(AFTER_DEFECT);
            }
        }
        transport.close();
    }

    private void turn() {
        long now = System.nanoTime();
        long wake =
                segments.wakeAt().map(due -> Math.min(due - now, wakeAt - now)).orElse(wakeAt - now);
        try {
            transport.await(inbox.isEmpty() ? wake : 0);
            transport.receive(this::datagram);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        for (Runnable input = inbox.poll(); input != null; input = inbox.poll()) {
            input.run();
        }
        if (System.nanoTime() - wakeAt >= 0) {
            step(new Event.Tick());
        }
        segments.turn();
        if (transport.incomplete() && System.nanoTime() - bindAt >= 0) {
            bind();
        }
        apply();
        publish();
    }

    private void datagram(byte[] bytes, Ip at) {
        switch (Datagrams.decode(bytes, keys)) {
            case Decoded.Dropped(var reason) -> listener.dropped(reason);
            case Decoded.Accepted(var envelope) -> {
                listener.received();
                step(new Event.Received(envelope, at));
            }
        }
    }

    private void step(Event event) {
        Step step = core.on(moment(), event);
        core = step.next();
        wakeAt = step.wakeAt();
        decisions += step.decided() ? 1 : 0;
        joined |= core.state() != NodeState.JOINING;
        lingering = step.answers().lingering().keySet();
        segments.answers(step.answers(), joined);
        for (Action action : step.actions()) {
            if (action instanceof Action.Announce announce) {
                segments.prepare(announce);
            }
        }
        // First what is no longer ours falls silent, or what is ours is answered; then it is said.
        apply();
        segments.answerUntil(
                joined
                        ? step.answerUntil()
                        : System.nanoTime() + parts.settings().profile().fence());
        step.actions().forEach(this::act);
    }

    private void apply() {
        decisions += segments.apply() ? 1 : 0;
    }

    private void act(Action action) {
        switch (action) {
            case Action.Send(String node, Ip to, var envelope) ->
                listener.sent(transport.send(to, Datagrams.encode(envelope, keys)));
            case Action.ProbeKernel(Probe probe) -> ask(probe);
            case Action.ProbeOwner probe -> segments.askOwner(probe);
            case Action.ProbeSegment(String interfaceName) -> segments.askAnybody(core, interfaceName);
            case Action.ProbeGateways(String interfaceName) -> segments.askGateways(interfaceName);
            case Action.Announce announce -> segments.announce(announce);
            case Action.Moving(List<Ip> addresses, String to, var reason) -> listener.moving(addresses, to, reason);
            case Action.KeepFlows(long move, List<Ip> addresses, String to) ->
                parts.flows().keep(move, addresses, to);
            case Action.Deliver(String from, Parcel parcel) ->
                parts.flows().delivered(from, parcel.move(), parcel.content().toBytes());
            case Action.Committed(List<Ip> addresses, String to, boolean rules, FlowOutcome flows) ->
                listener.committed(addresses, to, rules, flows);
            case Action.Tell tell -> segments.tell(tell);
            case Action.NotRecognised(var by) -> listener.notRecognised(by);
            case Action.Lost(Ip address, String to) -> listener.lost(address, to);
            case Action.Dropped(String sender, var reason) -> listener.dropped(reason);
            case Action.Fenced(long nanos) -> listener.fenced(Duration.ofNanos(nanos));
            case Action.Drained() -> drained.countDown();
        }
    }

    private void ask(Probe probe) {
        if (!segments.askKernel(probe)) {
            String where = probe.interfaceName().orElse("");
            transport.knock(probe.address(), () -> step(new Event.KernelAnswered(probe.node(), where)));
        }
    }

    private void bind() {
        bindAt = System.nanoTime() + BIND_AGAIN;
        TreeMap<Ip, Prefix> own = new TreeMap<>();
        for (Segment segment : interfaces) {
            for (SegmentAddress on : segment.addresses()) {
                own.put(on.address(), on.network());
            }
        }
        members.stream()
                .filter(member -> member.node().equals(parts.node()))
                .forEach(self -> own.putIfAbsent(self.address(), Prefix.host(self.address())));
        transport.bind(own);
    }

    private void publish() {
        OwnershipState before = state;
        state = new OwnershipState(core, decisions, joined, segments.quarantined());
        if (decisions != before.decisions() || joined != before.joined()) {
            listener.decided();
        }
    }
}
