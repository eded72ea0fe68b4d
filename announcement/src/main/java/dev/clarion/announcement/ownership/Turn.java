package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.Message;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;

/** One step: the memory that it works on, and what it wants done. */
final class Turn {
    /** Records that changed within this time ride on heartbeats. */
    private static final long NEWS = TimeUnit.SECONDS.toNanos(1);

    private static final int MAX_NEWS = 8;
    private static final int MAX_MONITORS = 16;

    final Memory memory;
    final List<Action> actions = new ArrayList<>();
    boolean decided;

    Turn(Memory memory) {
        this.memory = memory;
    }

    void act(Action action) {
        actions.add(action);
    }

    /** By all ways that lead to the node: nobody knows which of them is open. */
    void send(String node, Message message) {
        send(node, memory.roster.session(node), message, memory.roster.ways(node));
    }

    /** The answer to a question, by the way on which that came. */
    void reply(String node, Ip at, Message message) {
        send(node, memory.roster.session(node), message, List.of(memory.roster.wayBack(node, at)));
    }

    /** The answer to a datagram of a session that is not proved, or of a node that is no member. */
    void answer(String node, Session session, Message message, List<Ip> ways) {
        send(node, session, message, ways);
    }

    private void send(String node, Session receiver, Message message, List<Ip> ways) {
        for (Ip way : ways) {
            memory.sequence++;
            act(new Action.Send(
                    node, way, new Envelope(memory.self, memory.session, receiver, memory.sequence, message)));
        }
    }

    void tellAll(Message message) {
        memory.roster.fellows().forEach(node -> send(node, message));
    }

    /** How things are, to everybody: at the end of the turn, or, where there is too much of that, a little later. */
    void broadcast() {
        memory.news = true;
    }

    private void tellNews() {
        SequencedSet<String> monitors = monitors();
        Heartbeat toMonitors = heartbeat(true);
        Heartbeat toOthers = heartbeat(false);
        for (String node : memory.roster.fellows()) {
            send(node, monitors.contains(node) ? toMonitors : toOthers);
        }
    }

    /**
     * News, and the regular heartbeats, if they are due: to the monitors, and to one other in turn; by all ways, since those who are
     * taken for dead are among the others, and may come back by any.
     */
    void beat() {
        if (memory.news && Allowance.BROADCAST.take(memory, 1)) {
            memory.news = false;
            tellNews();
        }
        if (memory.now < memory.nextBeat) {
            return;
        }
        long interval = memory.settings.profile().interval();
        memory.nextBeat = Math.max(memory.nextBeat + interval, memory.now + interval / 2);
        SequencedSet<String> monitors = monitors();
        Heartbeat toMonitors = heartbeat(true);
        monitors.forEach(node -> send(node, toMonitors));
        List<String> others = memory.roster.fellows().stream()
                .filter(node -> !monitors.contains(node))
                .toList();
        if (!others.isEmpty()) {
            memory.rotation = (memory.rotation + 1) % others.size();
            send(others.get(memory.rotation), heartbeat(false));
        }
    }

    private SequencedSet<String> monitors() {
        SequencedSet<String> monitors = new LinkedHashSet<>(memory.roster.monitors());
        for (String successor : memory.successors) {
            if (monitors.size() < MAX_MONITORS && memory.roster.condition(successor) != Condition.LEFT) {
                monitors.add(successor);
            }
        }
        return monitors;
    }

    Heartbeat heartbeat(boolean watch) {
        List<OwnershipRecord> news = new ArrayList<>();
        int load = 0;
        if (!memory.changedAt.isEmpty()) {
            memory.changedAt.removeIf((address, at) -> memory.now - at > NEWS);
            for (Ip address : memory.changedAt.view().keySet()) {
                OwnershipRecord record = memory.records.get(address);
                if (record != null && record.owner().equals(memory.self) && news.size() < MAX_NEWS) {
                    news.add(record);
                }
            }
        }
        for (var owned : memory.answers.own().values()) {
            load += owned.size();
        }
        return new Heartbeat(
                memory.state(),
                watch,
                memory.flaps.damped(memory.now),
                memory.digest,
                load,
                memory.roster.interfaces(),
                memory.roster.judgements(),
                news);
    }
}
