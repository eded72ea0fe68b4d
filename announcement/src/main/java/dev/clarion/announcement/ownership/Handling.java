package dev.clarion.announcement.ownership;

import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Parcel;
import dev.clarion.announcement.heartbeat.Records;
import dev.clarion.announcement.heartbeat.Release;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What events do, before anything is concluded. */
final class Handling {
    private final Turn turn;
    private final Memory memory;

    Handling(Turn turn) {
        this.turn = turn;
        this.memory = turn.memory;
    }

    void handle(Event event) {
        switch (event) {
            case Event.Tick _ -> {}
            case Event.Members(var members) -> {
                memory.roster = memory.roster.members(members, memory.now);
                members.forEach(member -> memory.strangers.remove(member.node()));
                memory.remembered
                        .view()
                        .forEach((node, segments) -> memory.roster = memory.roster.remembered(node, segments));
                memory.membersKnown = true;
                again();
            }
            case Event.View(var view) -> {
                memory.eligibility = Eligibility.of(view);
                new Table(turn).countAgain();
                again();
            }
            case Event.Interfaces(var segments) -> interfaces(segments);
            case Event.Received(var envelope, Ip at) -> new Talk(turn).received(envelope, at);
            case Event.KernelAnswered(String node, String name) ->
                changing(memory.roster.kernelAnswered(node, name, memory.now), node);
            case Event.OwnerAnswered(Ip address, Mac mac) -> new Voices(turn).answered(address, mac);
            case Event.SegmentHeard(String name) -> memory.roster = memory.roster.segmentHeard(name, memory.now);
            case Event.AddressSeen(Ip address, Mac mac) -> seen(address, mac);
            case Event.GatewayAnswered(String name) -> new Gateways(turn).answered(name);
            case Event.StragglerSeen(Ip address, Ip host) -> new Lingering(turn).straggler(address, host);
            case Event.FlowKeeping(boolean able) -> memory.keepsFlows = able;
            case Event.FlowsSettled(long move, FlowOutcome outcome) -> Moves.settled(turn, move, outcome);
            case Event.Post(String node, Parcel parcel) -> turn.send(node, parcel);
            case Event.DataPlane(var missing) -> {
                memory.rulesSeen = true;
                memory.missing = Set.copyOf(missing);
                again();
            }
            case Event.Quarantine(var addresses) -> {
                memory.quarantined = Set.copyOf(addresses);
                again();
            }
            case Event.Drain _ -> course(NodeState.DRAINING);
            case Event.Restarting _ -> course(NodeState.RESTARTING);
            case Event.Leave _ -> leave();
            case Event.Rebalance _ -> {
                memory.rebalanceUntil = memory.now + Balance.REST;
                memory.rebalanceAskedAt = memory.wall;
                memory.nextRebalance = memory.now;
                memory.dirty();
            }
        }
    }

    private void again() {
        memory.generation++;
        memory.dirty();
    }

    private void changing(Roster next, String node) {
        boolean healed = memory.roster.unreachable(node) && !next.unreachable(node);
        memory.roster = next;
        if (healed) {
            again();
            new Table(turn).ask(node);
        }
    }

    private void interfaces(List<Segment> segments) {
        List<Segment> before = memory.roster.interfaces();
        List<Segment> after = new Gateways(turn).marked(segments);
        new Standing(turn).lost(before, after);
        memory.roster = memory.roster.interfaces(after);
        memory.interfacesKnown = true;
        again();
        if (!before.isEmpty() && !before.equals(after)) {
            turn.broadcast();
        }
        for (Segment segment : segments) {
            SortedSet<Ip> owned = memory.answers.own().getOrDefault(segment.name(), new TreeSet<>());
            boolean other = before.stream()
                    .anyMatch(old ->
                            old.name().equals(segment.name()) && !old.mac().equals(segment.mac()));
            if (other && segment.usable() && !owned.isEmpty()) {
                turn.act(new Action.Announce(segment.name(), List.copyOf(owned), ClaimReason.REPEATED));
            }
        }
    }

    /**
     * A fellow member announces an address that is another's or ours. If we talk with it, its table settles that; if we do
     * not hear it, it does not hear us either and took over because of that: it knows our epoch and went beyond it, so we
     * yield, and do not claim either what it took from others.
     */
    private void seen(Ip address, Mac mac) {
        OwnershipRecord present = memory.records.get(address);
        boolean ours = present != null && present.ownedBy(memory.self);
        for (String node : memory.roster.nodesAt(mac)) {
            boolean listens = heard(node) && !new Recognition(memory).doubtedBy(node);
            if (listens && ours) {
                new Table(turn).ask(node);
            } else if (!listens) {
                long epoch = present == null ? Table.BLIND : present.epoch() + 1;
                if (present == null || !present.ownedBy(node)) {
                    new Table(turn).learn(new OwnershipRecord(address, node, epoch, memory.wall, false), node, false);
                }
                memory.yieldedAt.put(address, memory.now);
            }
        }
    }

    private boolean heard(String node) {
        return switch (memory.roster.condition(node)) {
            case ALIVE -> true;
            // One that is about to join is heard.
            case AWAY -> memory.roster.badSince(node).isEmpty() && memory.roster.heardLately(node, memory.now);
            case SEGMENT_DEAD, DEAD, LEFT -> false;
        };
    }

    private void course(NodeState next) {
        memory.course = next;
        memory.drainedTold = false;
        again();
        // That comes but a few times, and the last time there is no later.
        memory.spent.remove(Allowance.BROADCAST);
        turn.broadcast();
    }

    private void leave() {
        List<OwnershipRecord> given = new ArrayList<>();
        Table table = new Table(turn);
        for (OwnershipRecord record : List.copyOf(memory.records.view().values())) {
            if (record.ownedBy(memory.self)) {
                given.add(table.release(record));
            }
        }
        for (List<OwnershipRecord> page : Records.pages(given)) {
            if (!page.isEmpty()) {
                turn.tellAll(new Release(page));
            }
        }
        memory.moves.clear();
        course(NodeState.STOPPING);
    }
}
