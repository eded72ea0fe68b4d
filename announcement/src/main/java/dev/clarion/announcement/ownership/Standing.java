package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.membership.Roster;
import java.util.ArrayList;
import java.util.List;
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
            outside();
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
        turn.act(new Action.Fenced(nanos));
        if (memory.joined && !memory.roster.fellows().isEmpty()) {
            outside();
        }
    }

    private void outside() {
        memory.joined = false;
        memory.again = true;
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
        if (enough()) {
            memory.joined = true;
            memory.again = false;
            memory.generation++;
            memory.dirty();
            turn.broadcast();
        } else {
            ask();
        }
    }

    private boolean enough() {
        Roster roster = memory.roster;
        if (roster.fellows().isEmpty()) {
            return true;
        }
        boolean told = false;
        for (var entry : memory.pages.view().entrySet()) {
            told |= entry.getValue().got().size() == entry.getValue().parts() && answers(entry.getKey());
        }
        if (!told && new Recognition(memory).doubted()) {
            return false;
        }
        long elapsed = memory.now - memory.joinSince;
        if (memory.again) {
            return told || elapsed >= 2 * memory.settings.profile().interval();
        }
        boolean others = roster.fellows().stream().anyMatch(this::answers);
        return told || elapsed >= PATIENCE || (elapsed >= NOBODY_THERE && !others);
    }

    private boolean answers(String node) {
        return memory.roster
                .said(node)
                .map(Heartbeat::state)
                .filter(NodeState::answers)
                .isPresent();
    }

    private void ask() {
        List<String> candidates = new ArrayList<>(memory.roster.monitors());
        memory.roster.fellows().stream()
                .filter(node -> !candidates.contains(node))
                .forEach(candidates::add);
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

    private void cuts() {
        Roster roster = memory.roster;
        memory.cuts.removeIf((name, since) -> roster.interfaces().stream()
                .noneMatch(segment -> segment.usable() && segment.name().equals(name)));
        for (Segment segment : roster.interfaces()) {
            String name = segment.name();
            if (segment.usable()) {
                boolean alone = roster.alone(name, memory.now);
                boolean armed = roster.speakerHeardOn(name) > memory.healedAt.getOr(name, Memory.NEVER);
                if (alone && armed && !memory.cuts.has(name)) {
                    memory.cuts.put(name, memory.now);
                    memory.generation++;
                    memory.dirty();
                } else if (!alone && memory.cuts.has(name)) {
                    long since = memory.cuts.getOr(name, memory.now);
                    memory.cuts.remove(name);
                    memory.healedAt.put(name, memory.now);
                    memory.flaps = memory.flaps.returned(memory.now);
                    // The others' silence was this node's own.
                    memory.roster = roster.later(
                            memory.now - since + memory.settings.profile().aloneAfter());
                    again(memory.now - since);
                }
            }
        }
    }
}
