package dev.clarion.announcement.ownership;

import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.Layer2Decision;
import dev.clarion.announcement.SpeakerFacts;
import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.heartbeat.TablePart;
import dev.clarion.announcement.membership.Question;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.announcement.membership.Watching;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One speaker's part in layer-2 ownership: an immutable state, and one pure step. To drive it: {@link #start}, then
 * {@link #on} for every event in the order in which they came, with the time at which it is handled, and a {@link
 * Event.Tick} no later than each step's {@code wakeAt}. After a pause, what waits in the sockets is to be handed in before
 * the next tick. Nothing is answered for before members, view and interfaces are known.
 */
public final class Ownership {
    /** A loop that stood still for longer does not blame others for that time. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(60);

    private static final long WATCH_EVERY = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long WATCH_CLOSELY = TimeUnit.MILLISECONDS.toNanos(10);
    /** No tick is due sooner, so that no mistake elsewhere makes this a busy loop. */
    private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(1);

    private final Memory memory;

    private Ownership(Memory memory) {
        this.memory = memory;
    }

    /**
     * A speaker that starts.
     *
     * @param node its node
     * @param session of this run, never used before
     * @param settings the same on all nodes
     * @param snapshot what the last run left
     */
    public static Ownership start(String node, Session session, Settings settings, Snapshot snapshot, Moment at) {
        Memory memory = new Memory(
                node,
                session,
                settings,
                Roster.start(node, session, settings.profile(), settings.monitors(), at.nanos()));
        memory.now = at.nanos();
        memory.wall = at.unixMillis();
        memory.nextBeat = at.nanos();
        memory.nextWatch = at.nanos();
        snapshot.records().forEach(record -> memory.records.put(record.address(), record));
        snapshot.segments().forEach((peer, segments) -> memory.remembered.put(peer, segments));
        if (!snapshot.clean()) {
            memory.flaps = memory.flaps.returned(at.nanos());
            memory.crashed = true;
        }
        return new Ownership(memory);
    }

    /** What happens when an event comes. */
    public Step on(Moment at, Event event) {
        Memory next = memory.fork();
        Turn turn = new Turn(next);
        long gap = at.nanos() - memory.now;
        next.now = Math.max(memory.now, at.nanos());
        next.wall = at.unixMillis();
        if (gap > PAUSE) {
            next.roster = next.roster.later(gap, next.now);
            if (gap > next.settings.profile().fence()) {
                new Standing(turn).again(gap);
            }
        }
        new Handling(turn).handle(event);
        boolean watched = next.now >= next.nextWatch;
        if (watched) {
            watch(turn);
        }
        boolean told = !next.joined
                && event instanceof Event.Received received
                && received.envelope().message() instanceof TablePart;
        if (watched || told || !next.cuts.isEmpty()) {
            new Standing(turn).look();
        }
        if (!next.doubtful.isEmpty()) {
            new Table(turn).undoubt();
        }
        Moves.tick(turn);
        new Lingering(turn).tick();
        Eligibility eligibility = next.eligibility;
        if (eligibility == null) {
            // There is nothing to look at yet; the first view is looked at when it comes.
            next.dueAt = Long.MAX_VALUE;
        } else if (next.dirty || !next.touched.isEmpty() || next.now >= next.dueAt) {
            new Assessment(turn, eligibility).run();
        }
        drained(turn);
        new Table(turn).rebut();
        turn.beat();
        return step(turn);
    }

    private static void watch(Turn turn) {
        Memory memory = turn.memory;
        Watching watching = memory.roster.watch(memory.now);
        memory.roster = watching.roster();
        new Gateways(turn).watch();
        new Voices(turn).watch();
        watching.probes().forEach(probe -> turn.act(new Action.ProbeKernel(probe)));
        ask(turn, watching.questions());
        watching.lonely().forEach(name -> turn.act(new Action.ProbeSegment(name)));
        if (watching.changed()) {
            memory.generation++;
            memory.dirty();
            turn.broadcast();
            if (watching.split()) {
                new Table(turn).doubtAll();
            }
        }
        boolean closely = !watching.probes().isEmpty() || memory.roster.deciding();
        memory.nextWatch = memory.now + (closely ? WATCH_CLOSELY : WATCH_EVERY);
    }

    /** Where there is too much to ask, it begins with another one each time. */
    private static void ask(Turn turn, List<Question> questions) {
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get((int) ((turn.memory.now / WATCH_CLOSELY + i) % questions.size()));
            if (Allowance.QUESTION.take(turn.memory, 1)) {
                turn.send(question.of(), question.question());
            }
        }
    }

    private static void drained(Turn turn) {
        Memory memory = turn.memory;
        // One that stood still and asks now what became of its addresses answers for none, and may still have them all.
        boolean knows = memory.joined || !memory.again;
        if (memory.course == NodeState.DRAINING && knows && !memory.drainedTold && memory.moves.isEmpty()) {
            boolean owns = memory.answers.own().values().stream().anyMatch(addresses -> !addresses.isEmpty());
            if (!owns) {
                memory.drainedTold = true;
                turn.act(new Action.Drained());
            }
        }
    }

    private static Step step(Turn turn) {
        Memory memory = turn.memory;
        long wake = Math.min(Math.min(memory.nextWatch, memory.nextBeat), memory.dueAt);
        for (Move move : memory.moves.view().values()) {
            wake = Math.min(wake, move.next());
        }
        if (memory.news) {
            wake = Math.min(wake, Allowance.BROADCAST.from(memory));
        }
        if (!memory.contested.isEmpty()) {
            wake = Math.min(wake, memory.nextRebuttal);
        }
        boolean answers = memory.joined && memory.course != NodeState.STOPPING;
        return new Step(
                new Ownership(memory),
                turn.actions,
                memory.answers,
                answers ? memory.now + memory.settings.profile().fence() : memory.now,
                Math.max(wake, memory.now + BREATH),
                turn.decided);
    }

    /** What was decided on every address, with a reason for every node. Worked out when asked. */
    public Map<Ip, Layer2Decision> decisions() {
        return new Reasons(memory).decisions();
    }

    /** What this node answers for. */
    public Answers answers() {
        return memory.answers;
    }

    /** All records, by address; also of addresses that no Service has any more. */
    public SortedMap<Ip, OwnershipRecord> records() {
        return memory.records.view();
    }

    /** The nodes whose kernels forward, with the segments that their speakers named: the speakers of a view. */
    public SortedMap<String, SpeakerFacts> speakers() {
        SortedMap<String, SpeakerFacts> speakers = new TreeMap<>();
        for (String node : memory.roster.fellows()) {
            Condition condition = memory.roster.condition(node);
            if (condition != Condition.DEAD && condition != Condition.LEFT) {
                speakers.put(
                        node,
                        new SpeakerFacts(memory.roster.segments(node).stream()
                                .filter(Segment::usable)
                                .flatMap(segment -> segment.networks().stream())
                                .distinct()
                                .sorted()
                                .toList()));
            }
        }
        return speakers;
    }

    /** How this node finds another. */
    public Condition condition(String node) {
        return memory.roster.condition(node);
    }

    /** The member that has this hardware address on any of its interfaces, for reports. */
    public List<String> nodesOf(Mac mac) {
        return memory.roster.nodesAt(mac);
    }

    /** What this node says of itself. */
    public NodeState state() {
        return memory.state();
    }

    /** Whether this node sees nobody on the interface, though it has fellow members. */
    public boolean alone(String interfaceName) {
        return memory.roster.alone(interfaceName, memory.now);
    }

    /** The nodes that watch this one. */
    public List<String> monitors() {
        return List.copyOf(memory.roster.monitors());
    }

    /**
     * What to keep on the node for the next run.
     *
     * @param clean whether this run ends as it should
     */
    public Snapshot snapshot(boolean clean) {
        TreeMap<String, List<Segment>> segments = new TreeMap<>();
        memory.roster.fellows().forEach(node -> segments.put(node, memory.roster.segments(node)));
        return new Snapshot(List.copyOf(memory.records.view().values()), segments, clean);
    }
}
