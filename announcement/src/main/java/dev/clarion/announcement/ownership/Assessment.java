package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.announcement.ownership.Placement.Spread;
import dev.clarion.net.Ip;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;

/** Looks at every address: who owns it, whether that may stay so, and whether it is this node's turn to do something. */
final class Assessment {
    /** An owner that may not own an address any more has this long to hand it over. */
    static final long GRACE = TimeUnit.SECONDS.toNanos(4);

    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SUCCESSORS_EVERY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MAX_SUCCESSORS = 10;

    private final Turn turn;
    private final Memory memory;
    private final Eligibility eligibility;
    private final Roster roster;
    private final Placement placement;
    private final Loads loads;
    private final Tidings tidings;
    private final Hearing hearing;
    private final Moves moves;
    private final Vacancies vacancies;
    private final Holding holding;

    Assessment(Turn turn, Eligibility eligibility) {
        this.turn = turn;
        this.memory = turn.memory;
        this.eligibility = eligibility;
        this.roster = memory.roster;
        this.placement = new Placement(memory, eligibility);
        this.tidings = new Tidings(turn);
        this.hearing = Hearing.of(roster, memory.now);
        Table table = new Table(turn);
        this.loads = new Loads(table);
        this.moves = new Moves(turn, placement, loads::now);
        this.vacancies = new Vacancies(turn, placement, loads, table, tidings, hearing);
        this.holding = new Holding(turn, eligibility, placement, moves, loads, table, tidings);
    }

    /** Looks at all, or, if nothing else changed, at those whose records did. */
    void run() {
        turn.decided = true;
        noteWhoIsAway();
        if (memory.dirty || memory.now >= memory.dueAt) {
            all();
        } else {
            for (Ip address : memory.touched.copy().keySet()) {
                assess(address, eligibility.groupOf(address));
            }
        }
        memory.touched.clear();
        new Balance(memory, eligibility, placement, loads::now).wishes(moves);
        moves.begin(holding::release);
        successors();
        tidings.tell();
        new AnswerSheet(turn, eligibility).write();
    }

    private void all() {
        memory.dirty = false;
        memory.dueAt = Long.MAX_VALUE;
        for (List<Ip> group : eligibility.groups()) {
            for (Ip address : group) {
                assess(address, group);
            }
        }
        vacancies.tidy(eligibility);
        memory.cares.removeIf((address, care) -> !eligibility.has(address));
    }

    private void noteWhoIsAway() {
        boolean deaf = !hearing.somebody();
        if (memory.deaf && !deaf) {
            // Whoever is silent still may only not have been heard yet.
            memory.awaySince.clear();
            memory.hearingSince = memory.now;
        }
        memory.deaf = deaf;
        memory.awaySince.removeIf((node, since) -> roster.condition(node) != Condition.AWAY);
        for (String node : roster.fellows()) {
            if (roster.condition(node) == Condition.AWAY && !memory.awaySince.has(node)) {
                memory.awaySince.put(node, memory.now);
            }
        }
    }

    private void assess(Ip address, List<Ip> group) {
        if (eligibility.general(address) != AnnouncementReason.ANNOUNCED || memory.quarantined.contains(address)) {
            memory.settled(address);
            return;
        }
        OwnershipRecord record = memory.records.get(address);
        if (record == null) {
            vacancies.look(address, group, ClaimReason.FIRST_USE);
        } else if (record.released()) {
            vacancies.look(address, group, ClaimReason.RELEASED);
        } else if (record.owner().equals(memory.self)) {
            memory.settled(address);
            holding.look(address, group);
        } else {
            others(address, group, record.owner());
        }
    }

    private void others(Ip address, List<Ip> group, String owner) {
        switch (roster.condition(owner)) {
            case LEFT -> vacancies.look(address, group, ClaimReason.OWNER_LEFT);
            case DEAD -> vacancies.look(address, group, ClaimReason.OWNER_DEAD);
            case AWAY -> away(address, group, owner);
            case ALIVE, SEGMENT_DEAD -> {
                if (roster.reaches(owner, address)) {
                    present(address, group, owner);
                } else {
                    vacancies.look(address, group, ClaimReason.SEGMENT_DEAD);
                }
            }
        }
    }

    private void present(Ip address, List<Ip> group, String owner) {
        memory.cares.remove(address);
        if (!barred(owner, address)) {
            memory.settled(address);
            return;
        }
        long since = memory.ineligibleSince.getOr(address, memory.now);
        memory.ineligibleSince.put(address, since);
        if (memory.now - since >= GRACE) {
            vacancies.look(address, group, ClaimReason.OWNER_INELIGIBLE);
        } else {
            memory.vacancies.remove(address);
            memory.due(since + GRACE);
        }
    }

    /** Whether the owner must not have it any more, and is there to know that. */
    private boolean barred(String owner, Ip address) {
        return switch (placement.obstacle(owner, address)) {
            case ANNOUNCED, SPEAKER_NOT_ALIVE, SPEAKER_AWAY, MEMBER_UNKNOWN, SEGMENT_UNREACHABLE, QUARANTINED -> false;
            case NODE_UNKNOWN,
                    SPEAKER_LEAVING,
                    NODE_EXCLUDED,
                    NETWORK_UNAVAILABLE,
                    NODE_NOT_SELECTED,
                    NODE_LEAVING,
                    NO_INTERFACE_IN_SUBNET,
                    NO_LOCAL_ENDPOINT,
                    DATA_PLANE_NOT_READY -> true;
            case NOT_OUR_CLASS,
                    NOT_TAKEN_ON,
                    ADDRESS_NOT_IN_POOL,
                    NO_ADVERTISEMENT,
                    NO_PEER,
                    NO_ENDPOINT,
                    GATEWAY_SILENT,
                    OTHER_NODES_SERVE_MORE,
                    OTHER_NODE_OWNS,
                    CLAIM_PENDING,
                    STANDS_IN -> throw new IllegalStateException("no obstacle of a node");
        };
    }

    /** One who took the address from this node and is not heard keeps it as long as its kernel is there. */
    private void away(Ip address, List<Ip> group, String owner) {
        long since = vacancies.evident(address, owner) ? memory.now : memory.awaySince.getOr(owner, memory.now);
        boolean served = eligibility.served(owner, address) > 0
                && eligibility.ofNode(owner, address) == AnnouncementReason.ANNOUNCED;
        if (!served && hearing.somebody()) {
            vacancies.look(address, group, ClaimReason.OWNER_INELIGIBLE);
        } else if (memory.now - since >= memory.settings.patience() && hearing.somebody()) {
            vacancies.look(address, group, ClaimReason.OWNER_AWAY);
        } else {
            memory.vacancies.remove(address);
            memory.ineligibleSince.remove(address);
            memory.due(Math.max(since + memory.settings.patience(), memory.now + AGAIN));
            if (memory.settings.caretaker()) {
                Memory.Vacancy care = memory.cares.get(address);
                if (care == null || care.generation() != memory.generation) {
                    Succession order = placement.caretakers(address, group, owner, loads.settled());
                    memory.cares.put(
                            address, new Memory.Vacancy(ClaimReason.OWNER_AWAY, memory.now, order, memory.generation));
                }
            }
        }
    }

    /** The nodes that would take over from this one, so that they watch it too. */
    private void successors() {
        if (memory.course == NodeState.STOPPING
                || roster.fellows().size() <= roster.monitors().size()) {
            memory.successors = List.of();
            return;
        }
        if (memory.now < memory.nextSuccessors) {
            return;
        }
        memory.nextSuccessors = memory.now + SUCCESSORS_EVERY;
        SequencedSet<String> successors = new LinkedHashSet<>();
        for (List<Ip> group : eligibility.groups()) {
            for (Ip address : group) {
                OwnershipRecord record = memory.records.get(address);
                if (record != null && record.ownedBy(memory.self) && successors.size() < MAX_SUCCESSORS) {
                    placement.owners(address, group, loads.settled(), Spread.STEADY).stream()
                            .filter(node -> !node.equals(memory.self))
                            .findFirst()
                            .ifPresent(successors::add);
                }
            }
        }
        memory.successors = List.copyOf(successors);
    }
}
