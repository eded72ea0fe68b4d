package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.membership.Roster;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;

/**
 * Whether this node may answer at all. One that starts, stood still, or was cut off, first asks who owns what; one that
 * sees nobody on a segment where it saw others before does not answer there, since they may have taken over.
 */
final class Standing {
    private static final long NOBODY_THERE = TimeUnit.MILLISECONDS.toNanos(600);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final long ASK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int AT_ONCE = 3;

    private final Turn turn;
    private final Memory memory;

    Standing(Turn turn) {
        this.turn = turn;
        this.memory = turn.memory;
    }

    void look() {
        Recognition recognition = new Recognition(memory);
        boolean refused = recognition.refused();
        if (refused && memory.joined && memory.course != NodeState.STOPPING) {
            turn.act(new Action.NotRecognised(recognition.doubters()));
            outside(2 * memory.settings.profile().interval());
        }
        if (refused) {
            memory.joinSince = Memory.NEVER;
        } else if (!memory.joined) {
            join();
        }
        cuts();
    }

    /** Asks before it answers again. */
    void again(long nanos) {
        again(nanos, 2 * memory.settings.profile().interval());
    }

    private void again(long nanos, long asksFor) {
        turn.act(new Action.Fenced(nanos));
        if (memory.roster.fellows().isEmpty()) {
            return;
        }
        if (memory.joined) {
            outside(asksFor);
        } else {
            // What it was told before may not be so any more.
            memory.joinSince = Memory.NEVER;
        }
    }

    private void outside(long asksFor) {
        memory.joined = false;
        memory.again = true;
        memory.asksFor = asksFor;
        memory.joinSince = Memory.NEVER;
        memory.generation++;
        memory.dirty();
    }

    private void join() {
        if (memory.eligibility == null
                || !memory.membersKnown
                || !memory.interfacesKnown
                || memory.course == NodeState.STOPPING) {
            return;
        }
        if (memory.joinSince == Memory.NEVER) {
            memory.joinSince = memory.now;
            memory.pages.clear();
            memory.askedAt.clear();
            turn.broadcast();
        }
        boolean told = told();
        if (told || enough()) {
            // Who was not told may have missed that others took over: it answers for what it had, and takes nothing
            // yet.
            memory.claimsFrom = told || !memory.again ? Memory.NEVER : memory.now + NOBODY_THERE;
            memory.joined = true;
            memory.untold = !told && (memory.again || memory.crashed);
            memory.crashed = false;
            memory.again = false;
            memory.generation++;
            memory.dirty();
            turn.broadcast();
        } else {
            ask();
        }
    }

    /** Whether somebody who knows told all of it, or there is nobody. */
    private boolean told() {
        boolean told = memory.roster.fellows().isEmpty();
        for (var entry : memory.pages.view().entrySet()) {
            told |= entry.getValue().got().size() == entry.getValue().parts() && answers(entry.getKey());
        }
        return told;
    }

    /** Whether it waited long enough for being told. */
    private boolean enough() {
        if (new Recognition(memory).doubted()) {
            return false;
        }
        long elapsed = memory.now - memory.joinSince;
        if (memory.again) {
            return elapsed >= memory.asksFor;
        }
        // Whose kernel answers may be about to come back and tell.
        boolean others = memory.roster.fellows().stream().anyMatch(node -> answers(node) || (had() && silent(node)));
        return elapsed >= PATIENCE || (elapsed >= NOBODY_THERE && !others);
    }

    private boolean had() {
        return memory.records.view().values().stream().anyMatch(record -> record.ownedBy(memory.self));
    }

    private boolean silent(String node) {
        return memory.roster.condition(node) == Condition.AWAY
                && memory.roster.badSince(node).isPresent();
    }

    private boolean answers(String node) {
        return memory.roster
                .said(node)
                .map(Heartbeat::state)
                .filter(NodeState::answers)
                .isPresent();
    }

    private void ask() {
        SequencedSet<String> candidates = new LinkedHashSet<>(memory.roster.monitors());
        candidates.addAll(memory.roster.fellows());
        candidates.removeIf(node -> memory.roster.session(node).equals(Session.NONE));
        int waiting = 0;
        for (String node : candidates) {
            long asked = memory.askedAt.getOr(node, Memory.NEVER);
            waiting += memory.now - asked < ASK_EVERY ? 1 : 0;
        }
        for (String node : candidates) {
            long asked = memory.askedAt.getOr(node, Memory.NEVER);
            boolean wait = memory.now - asked < 4 * ASK_EVERY;
            if (!wait && waiting < AT_ONCE) {
                waiting++;
                new Table(turn).ask(node);
            }
        }
    }

    /** An interface that was usable is not any more: when it is again, others may have what this node had there. */
    void lost(List<Segment> before, List<Segment> after) {
        for (Segment segment : before) {
            String name = segment.name();
            boolean there =
                    after.stream().anyMatch(now -> now.usable() && now.name().equals(name));
            if (segment.usable() && !there && armed(name) && !memory.cuts.has(name)) {
                cut(name);
            }
        }
    }

    /** Whether others were heard there since it was last found to be cut off. */
    private boolean armed(String name) {
        return memory.roster.speakerHeardOn(name) > memory.healedAt.getOr(name, Memory.NEVER);
    }

    private void cut(String name) {
        memory.cuts.put(name, memory.now);
        memory.generation++;
        memory.dirty();
    }

    private void cuts() {
        Roster roster = memory.roster;
        for (Segment segment : roster.interfaces()) {
            String name = segment.name();
            if (segment.usable()) {
                boolean alone = roster.alone(name, memory.now);
                if (alone && armed(name) && !memory.cuts.has(name)) {
                    cut(name);
                } else if (!alone && memory.cuts.has(name)) {
                    long since = memory.cuts.getOr(name, memory.now);
                    memory.cuts.remove(name);
                    memory.healedAt.put(name, memory.now);
                    memory.flaps = memory.flaps.returned(memory.now);
                    // The others' silence was this node's own.
                    memory.roster = roster.later(
                            memory.now - since + memory.settings.profile().aloneAfter(), memory.now);
                    // Some other host may be heard at once, and speakers a few heartbeats later.
                    again(memory.now - since, NOBODY_THERE);
                }
            }
        }
    }
}
