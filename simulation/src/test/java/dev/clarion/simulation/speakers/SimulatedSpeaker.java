package dev.clarion.simulation.speakers;

import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.heartbeat.Claim;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.Message;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SegmentAddress;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.heartbeat.TablePart;
import dev.clarion.announcement.membership.Member;
import dev.clarion.announcement.ownership.Action;
import dev.clarion.announcement.ownership.Answers;
import dev.clarion.announcement.ownership.ClaimReason;
import dev.clarion.announcement.ownership.Event;
import dev.clarion.announcement.ownership.Moment;
import dev.clarion.announcement.ownership.Ownership;
import dev.clarion.announcement.ownership.Snapshot;
import dev.clarion.announcement.ownership.Step;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node with its kernel and, most of the time, a speaker: the shell around one core, as simple as it can be. */
final class SimulatedSpeaker {
    private static final long KEEP_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int QUEUE = 2_000;
    private static final int ASK_AGAIN = 100;

    final String name;
    final Ip nodeAddress;
    final Mac mac;
    private final List<SegmentAddress> onSegment;
    private final SpeakerWorld world;

    boolean kernelUp = true;
    /** A newer version: says more than the others understand. */
    boolean newer;

    long wallOffset;
    long pausedUntil = Long.MIN_VALUE;
    private final List<Event> waiting = new ArrayList<>();
    private @Nullable Ownership core;
    private @Nullable Ownership kept;
    private long keptAt;
    private Snapshot snapshot = Snapshot.NONE;
    private @Nullable NodeView view;
    private List<Member> members = List.of();
    /** Claimed, and not used yet, since somebody else answers. */
    private final Set<Ip> held = new HashSet<>();

    private long incarnation;
    private long wakeAt = Long.MAX_VALUE;
    private Answers answers = Answers.NONE;
    private long answerUntil = Long.MIN_VALUE;
    long startedAt;
    private boolean carrier = true;
    private boolean company;

    SimulatedSpeaker(SpeakerWorld world, int index) {
        this.world = world;
        this.name = "n%03d".formatted(index);
        this.nodeAddress = Ip.ofV4(0x0a000001 + index);
        this.mac = Mac.of(0x02_00_00_00_00_00L + index);
        this.onSegment = List.of(
                new SegmentAddress(Ip.ofV4(0xc0a80001 + index), 16),
                new SegmentAddress(Ip.ofV6(0xfd50_0000_0000_0000L, 1 + index), 64));
    }

    boolean running() {
        return core != null;
    }

    boolean paused() {
        return world.now() < pausedUntil;
    }

    @Nullable
    Ownership core() {
        return core;
    }

    Answers answers() {
        return answers;
    }

    /** Whether a request for the address that arrives now is answered with this node's own hardware address. */
    boolean answersNow(Ip address) {
        return answering() && answers.owns(address) && !held.contains(address);
    }

    /** The hardware address that a request for the address is answered with in another's name; null if it is not. */
    @Nullable
    Mac inNameNow(Ip address) {
        if (!answering()) {
            return null;
        }
        for (var on : answers.inName().values()) {
            Mac of = on.get(address);
            if (of != null) {
                return of;
            }
        }
        return null;
    }

    private boolean answering() {
        return kernelUp && running() && !paused() && world.now() <= answerUntil && !world.breach(Breach.MUTE);
    }

    boolean hasSegmentAddress(Ip address) {
        return onSegment.stream().anyMatch(on -> on.address().equals(address));
    }

    Moment moment() {
        return new Moment(world.now(), world.unixMillis() + wallOffset);
    }

    void start() {
        incarnation++;
        startedAt = world.now();
        waiting.clear();
        pausedUntil = Long.MIN_VALUE;
        answers = Answers.NONE;
        held.clear();
        wakeAt = Long.MAX_VALUE;
        Session session = new Session(name.hashCode(), incarnation);
        core = Ownership.start(name, session, world.settings(), snapshot, moment());
        kept = core;
        keptAt = world.now();
        world.rules().started(this);
        if (!world.apiAway()) {
            members = world.members();
        }
        if (!members.isEmpty()) {
            handle(new Event.Members(members));
        }
        handle(new Event.Interfaces(segments()));
        NodeView known = world.apiAway() ? view : world.view(name);
        if (known != null) {
            show(known);
        }
    }

    /** Ends at once; what comes next starts from what was kept last. */
    void kill() {
        Ownership last = kept;
        if (core != null && last != null) {
            snapshot = last.snapshot(false);
        }
        core = null;
        answers = Answers.NONE;
    }

    /** Ends in good order. */
    void end() {
        Ownership last = core;
        if (last != null) {
            snapshot = last.snapshot(true);
        }
        core = null;
        answers = Answers.NONE;
    }

    void setBack() {
        Ownership last = kept;
        if (core != null && last != null) {
            core = last;
        }
    }

    /** As a machine that was never here. */
    void forget() {
        snapshot = Snapshot.NONE;
        members = List.of();
        view = null;
    }

    /** Whether it had fellow members before and after its last step. */
    boolean company() {
        return company;
    }

    List<Member> members() {
        return members;
    }

    void members(List<Member> now) {
        deliver(new Event.Members(now));
    }

    void show(NodeView shown) {
        view = shown;
        deliver(new Event.View(shown));
    }

    private List<Segment> segments() {
        return List.of(new Segment("eth1", mac, carrier, Segment.Gateway.UNKNOWN, onSegment));
    }

    void carrier(boolean up) {
        carrier = up;
        deliver(new Event.Interfaces(segments()));
    }

    void pause(long until) {
        pausedUntil = until;
        world.at(until, this::thaw);
    }

    private void thaw() {
        if (paused() || core == null) {
            return;
        }
        List<Event> late = List.copyOf(waiting);
        waiting.clear();
        late.forEach(this::deliver);
        deliver(new Event.Tick());
    }

    void deliver(Event event) {
        if (core == null || !kernelUp) {
            return;
        }
        if (paused()) {
            if (waiting.size() < QUEUE && !(event instanceof Event.Tick)) {
                waiting.add(event);
            }
            return;
        }
        handle(event);
    }

    private void handle(Event event) {
        Ownership before = core;
        if (before == null) {
            return;
        }
        Step step = before.on(moment(), deaf(event) ? new Event.Tick() : event);
        core = step.next();
        company = members.size() > 1 && !(event instanceof Event.Members(var now) && now.size() < 2);
        if (world.now() - keptAt >= KEEP_EVERY) {
            kept = before;
            keptAt = world.now();
        }
        if (world.breach(Breach.NO_FENCE) && step.actions().stream().anyMatch(Action.Fenced.class::isInstance)) {
            world.rules().stepped(this, step, answers);
        } else {
            answers = step.answers();
            world.rules().stepped(this, step, answers);
        }
        if (event instanceof Event.Members(var now)) {
            members = now;
        }
        answerUntil = step.answerUntil();
        world.stepped(this, event, step);
        step.actions().forEach(this::act);
        wake(step.wakeAt());
    }

    private boolean deaf(Event event) {
        if (!world.breach(Breach.DEAF_TO_CLAIMS) || !(event instanceof Event.Received received)) {
            return false;
        }
        Message message = received.envelope().message();
        return message instanceof Claim
                || message instanceof TablePart
                || (message instanceof Heartbeat heartbeat
                        && !heartbeat.changed().isEmpty());
    }

    /** The segment is asked before an address is used for the first time; while another node has it, nothing is said. */
    private void announce(List<Ip> addresses, boolean first) {
        List<Ip> free = addresses.stream()
                .filter(address -> !first || !world.answeredFor(this, address))
                .toList();
        held.addAll(addresses);
        held.removeAll(free);
        if (!free.isEmpty()) {
            world.announce(this, free);
        }
        if (free.size() < addresses.size()) {
            long run = incarnation;
            List<Ip> rest = addresses.stream().filter(held::contains).toList();
            world.in(ASK_AGAIN, () -> {
                List<Ip> still = rest.stream().filter(held::contains).toList();
                if (run == incarnation && running() && !still.isEmpty()) {
                    announce(still, true);
                }
            });
        }
    }

    private void wake(long at) {
        if (wakeAt > world.now() && wakeAt <= at) {
            return;
        }
        wakeAt = at;
        long run = incarnation;
        world.at(at, () -> {
            if (run == incarnation && wakeAt <= world.now() && !paused()) {
                wakeAt = Long.MAX_VALUE;
                deliver(new Event.Tick());
            } else if (run == incarnation && paused()) {
                wakeAt = Long.MAX_VALUE;
            }
        });
    }

    private void act(Action action) {
        switch (action) {
            case Action.Send(String node, Ip to, var envelope) -> world.send(this, node, to, envelope);
            case Action.ProbeKernel(var probe) -> world.probe(this, probe);
            case Action.ProbeOwner(String interfaceName, Ip address) -> world.probeOwner(this, address);
            case Action.ProbeSegment(String interfaceName) -> world.probeGateway(this, interfaceName);
            case Action.ProbeGateways(String interfaceName) -> world.probeGateways(this, interfaceName);
            case Action.Announce(String interfaceName, List<Ip> addresses, var reason) ->
                announce(addresses, reason == ClaimReason.FIRST_USE);
            case Action.Moving _,
                    Action.Committed _,
                    Action.KeepFlows _,
                    Action.Deliver _,
                    Action.Tell _,
                    Action.NotRecognised _,
                    Action.Lost _,
                    Action.Dropped _,
                    Action.Fenced _,
                    Action.Drained _ -> {}
        }
    }
}
