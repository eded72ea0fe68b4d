package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.Claim;
import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Records;
import dev.clarion.announcement.heartbeat.Release;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.announcement.ownership.Placement.Spread;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks at every address: who owns it, whether that may stay so, and whether it is this node's turn to do something. */
final class Assessment {
    /** The second in line claims so much later than the first, the third so much later again. */
    static final long STAGGER = TimeUnit.MILLISECONDS.toNanos(150);
    /** An owner that may not own an address any more has this long to hand it over. */
    static final long GRACE = TimeUnit.SECONDS.toNanos(4);

    /** An address is not claimed again sooner, whatever happens. */
    private static final long CLAIM_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);

    /** By then whoever is there was heard, or others were asked and said so. */
    private static final long ALL_HEARD = TimeUnit.MILLISECONDS.toNanos(1_200);

    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SUCCESSORS_EVERY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MAX_SUCCESSORS = 10;

    private final Turn turn;
    private final Memory memory;
    private final Eligibility eligibility;
    private final Roster roster;
    private final Placement placement;
    private final Table table;
    private final Map<ClaimReason, List<OwnershipRecord>> claims = new LinkedHashMap<>();
    private final List<OwnershipRecord> releases = new ArrayList<>();
    private final Moves moves;
    private final boolean hearsSomebody;
    private final boolean hearsNobodyOfThose;
    private final boolean untaught;
    private final boolean doubted;
    private @Nullable Map<String, Integer> loads;
    private @Nullable Map<String, Integer> settledLoads;

    Assessment(Turn turn, Eligibility eligibility) {
        this.turn = turn;
        this.memory = turn.memory;
        this.eligibility = eligibility;
        this.roster = memory.roster;
        this.placement = new Placement(memory, eligibility);
        this.hearsSomebody = hearsSomebody(roster, memory.now);
        this.hearsNobodyOfThose = hearsNobodyOfThose(roster);
        this.untaught = untaught(roster);
        this.doubted = new Recognition(memory).doubted();
        this.table = new Table(turn);
        this.moves = new Moves(turn, placement, this::loads);
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
        new Balance(memory, eligibility, placement, this::loads).wishes(moves);
        moves.begin(this::release);
        successors();
        tell();
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
        memory.vacancies.removeIf((address, vacancy) -> !eligibility.has(address));
        memory.cares.removeIf((address, care) -> !eligibility.has(address));
        memory.claimedAt.removeIf((address, at) -> memory.now - at >= CLAIM_AGAIN);
    }

    private Map<String, Integer> loads() {
        Map<String, Integer> counted = loads;
        if (counted == null) {
            counted = table.loads(false);
            loads = counted;
        }
        return counted;
    }

    private Map<String, Integer> settledLoads() {
        Map<String, Integer> counted = settledLoads;
        if (counted == null) {
            counted = table.loads(true);
            settledLoads = counted;
        }
        return counted;
    }

    private void noteWhoIsAway() {
        boolean deaf = !hearsSomebody;
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
            settled(address);
            return;
        }
        OwnershipRecord record = memory.records.get(address);
        if (record == null) {
            vacant(address, group, ClaimReason.FIRST_USE);
        } else if (record.released()) {
            vacant(address, group, ClaimReason.RELEASED);
        } else if (record.owner().equals(memory.self)) {
            settled(address);
            own(address, group);
        } else {
            others(address, group, record.owner());
        }
    }

    private void settled(Ip address) {
        memory.vacancies.remove(address);
        memory.cares.remove(address);
        memory.ineligibleSince.remove(address);
        memory.yieldedAt.remove(address);
    }

    private void others(Ip address, List<Ip> group, String owner) {
        switch (roster.condition(owner)) {
            case LEFT -> vacant(address, group, ClaimReason.OWNER_LEFT);
            case DEAD -> vacant(address, group, ClaimReason.OWNER_DEAD);
            case AWAY -> away(address, group, owner);
            case ALIVE, SEGMENT_DEAD -> {
                if (roster.reaches(owner, address)) {
                    present(address, group, owner);
                } else {
                    vacant(address, group, ClaimReason.SEGMENT_DEAD);
                }
            }
        }
    }

    private void present(Ip address, List<Ip> group, String owner) {
        memory.cares.remove(address);
        if (!barred(owner, address)) {
            settled(address);
            return;
        }
        long since = memory.ineligibleSince.getOr(address, memory.now);
        memory.ineligibleSince.put(address, since);
        if (memory.now - since >= GRACE) {
            vacant(address, group, ClaimReason.OWNER_INELIGIBLE);
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
        long since = evident(address, owner) ? memory.now : memory.awaySince.getOr(owner, memory.now);
        boolean served = eligibility.served(owner, address) > 0
                && eligibility.ofNode(owner, address) == AnnouncementReason.ANNOUNCED;
        if (!served && hearsSomebody) {
            vacant(address, group, ClaimReason.OWNER_INELIGIBLE);
        } else if (memory.now - since >= memory.settings.patience() && hearsSomebody) {
            vacant(address, group, ClaimReason.OWNER_AWAY);
        } else {
            memory.vacancies.remove(address);
            memory.ineligibleSince.remove(address);
            memory.due(Math.max(since + memory.settings.patience(), memory.now + AGAIN));
            if (memory.settings.caretaker()) {
                Memory.Vacancy care = memory.cares.get(address);
                if (care == null || care.generation() != memory.generation) {
                    Succession order = placement.caretakers(address, group, owner, settledLoads());
                    memory.cares.put(
                            address, new Memory.Vacancy(ClaimReason.OWNER_AWAY, memory.now, order, memory.generation));
                }
            }
        }
    }

    /** Who hears no speaker at all is rather deaf himself; of two nobody can tell. */
    private static boolean hearsSomebody(Roster roster, long now) {
        List<String> fellows = roster.fellows();
        return fellows.size() == 1
                || fellows.stream()
                        .anyMatch(node -> roster.condition(node) == Condition.ALIVE && roster.heardLately(node, now));
    }

    private void vacant(Ip address, List<Ip> group, ClaimReason reason) {
        memory.cares.remove(address);
        Memory.Vacancy before = memory.vacancies.get(address);
        if (!memory.mayClaim()) {
            // One who may not claim has not waited: its turn counts from when it may.
            memory.vacancies.put(address, Memory.Vacancy.notOurs(reason));
            if (memory.now < memory.claimsFrom) {
                memory.due(memory.claimsFrom);
            }
            return;
        }
        Memory.Vacancy vacancy = before;
        if (before == null || before.reason() != reason || before.generation() != memory.generation) {
            boolean waited = before != null && before.reason() == reason && before.generation() != Memory.NEVER;
            Succession order = reason == ClaimReason.FIRST_USE
                    ? placement.successors(address, group, loads(), Spread.EVEN, true)
                    : placement.successors(address, group, settledLoads(), Spread.STEADY, false);
            vacancy = new Memory.Vacancy(
                    reason, waited && before != null ? before.since() : memory.now, order, memory.generation);
            memory.vacancies.put(address, vacancy);
        }
        if (vacancy == null || vacancy.succession().size() == 0) {
            return;
        }
        Succession line = vacancy.succession();
        loads().merge(line.first(), 1, Integer::sum);
        if (line.rank() < 0) {
            return;
        }
        long at = vacancy.since()
                + (doubted ? line.size() * STAGGER + Recognition.HOLD_BACK : line.rank() * STAGGER)
                + (blind(reason) ? memory.settings.patience() : 0);
        at = Math.max(at, Math.max(notBefore(address), stillSilent(address, reason)));
        if (memory.now < at) {
            memory.due(blind(reason) ? Math.min(at, memory.now + AGAIN) : at);
        } else if (roster.alone(address, memory.now)) {
            memory.due(memory.now + AGAIN);
        } else {
            claim(address, reason);
        }
    }

    /** Who was taken for dead when nobody was heard at all may only not have been heard yet. */
    private long stillSilent(Ip address, ClaimReason reason) {
        OwnershipRecord record = memory.records.get(address);
        boolean doubtful = reason == ClaimReason.OWNER_DEAD
                && record != null
                && roster.badSince(record.owner())
                        .filter(since -> since < memory.hearingSince)
                        .isPresent();
        return doubtful ? memory.hearingSince + ALL_HEARD : Memory.NEVER;
    }

    /**
     * One who is not heard and announced the address after this node had it is there, whatever else is known of it:
     * unless something new is found out, it has as long as speakers that are away. Else two that do not hear each other
     * would take it from each other without end.
     */
    private long notBefore(Ip address) {
        long again = memory.claimedAt.getOr(address, Memory.NEVER) + CLAIM_AGAIN;
        OwnershipRecord record = memory.records.get(address);
        if (record == null || record.released() || !evident(address, record.owner())) {
            return again;
        }
        return Math.max(
                again,
                memory.yieldedAt.getOr(address, Memory.NEVER)
                        + memory.settings.awayLimit().toNanos());
    }

    /** Whether an owner that is not heard was seen to announce the address, and nothing was found out about it since. */
    private boolean evident(Ip address, String owner) {
        Long yielded = memory.yieldedAt.get(address);
        boolean lasts = memory.settings.caretaker()
                || (yielded != null
                        && memory.now - yielded < memory.settings.awayLimit().toNanos());
        return yielded != null && lasts && !roster.lostSince(owner, address, yielded);
    }

    /**
     * Who knows of no owner, hears nobody, and sees that others are there, rather has not been told: it waits as long as for
     * speakers that are away, and what it claims then yields to whatever the others know.
     */
    private boolean blind(ClaimReason reason) {
        return reason == ClaimReason.FIRST_USE && hearsNobodyOfThose;
    }

    private static boolean hearsNobodyOfThose(Roster roster) {
        List<String> fellows = roster.fellows();
        return fellows.stream().noneMatch(node -> heard(roster, node))
                && fellows.stream().anyMatch(node -> roster.condition(node) == Condition.AWAY);
    }

    /** Who was never told anything by anybody, and claims what it knows no owner of, yields to whatever the others know. */
    private boolean untaught(ClaimReason reason) {
        return reason == ClaimReason.FIRST_USE && untaught;
    }

    private static boolean untaught(Roster roster) {
        List<String> fellows = roster.fellows();
        return !fellows.isEmpty()
                && fellows.stream().allMatch(node -> roster.said(node).isEmpty());
    }

    private static boolean heard(Roster roster, String node) {
        return roster.badSince(node).isEmpty() && roster.said(node).isPresent();
    }

    private void claim(Ip address, ClaimReason reason) {
        long epoch = blind(reason) || untaught(reason) ? Table.BLIND : table.nextEpoch(address);
        OwnershipRecord record = new OwnershipRecord(address, memory.self, epoch, memory.wall, false);
        table.put(record);
        settled(address);
        memory.claimedAt.put(address, memory.now);
        claims.computeIfAbsent(reason, r -> new ArrayList<>()).add(record);
    }

    private void own(Ip address, List<Ip> group) {
        if (!memory.joined) {
            return;
        }
        switch (placement.obstacle(memory.self, address)) {
            case ANNOUNCED -> better(address, group);
            case SPEAKER_AWAY, SPEAKER_NOT_ALIVE, MEMBER_UNKNOWN, SEGMENT_UNREACHABLE, QUARANTINED -> {}
            case SPEAKER_LEAVING -> moves.want(address, group, MoveReason.DRAINING);
            case NODE_UNKNOWN, NODE_EXCLUDED, NETWORK_UNAVAILABLE, NODE_NOT_SELECTED ->
                moves.want(address, group, MoveReason.NODE_INELIGIBLE);
            case NODE_LEAVING -> moves.want(address, group, MoveReason.NODE_LEAVING);
            case NO_LOCAL_ENDPOINT -> moves.want(address, group, MoveReason.NO_LOCAL_ENDPOINT);
            case DATA_PLANE_NOT_READY -> moves.want(address, group, MoveReason.DATA_PLANE_NOT_READY);
            case NO_INTERFACE_IN_SUBNET -> release(address);
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
        }
    }

    /** Hands over what it could keep, where another node is clearly the better place. */
    private void better(Ip address, List<Ip> group) {
        if (!memory.mayClaim()) {
            return;
        }
        if (placement.gatewaySilent(memory.self, address)) {
            long at = silentSince(address) + GatewayWatch.OTHERS_KNOW;
            if (memory.now < at) {
                memory.due(at);
                return;
            }
            wish(address, group, MoveReason.GATEWAY_SILENT, node -> !placement.gatewaySilent(node, address));
        } else if (eligibility.staying(memory.self, address) == 0) {
            wish(address, group, MoveReason.LOCAL_ENDPOINT_LEAVING, node -> eligibility.staying(node, address) > 0);
        } else if (memory.settings.cordon() && eligibility.cordoned(memory.self)) {
            wish(address, group, MoveReason.CORDONED, node -> !placement.tired(node, address));
        }
    }

    private long silentSince(Ip address) {
        return roster.interfaceOf(address)
                .map(name -> memory.gateways.getOr(name, GatewayWatch.BEGIN).silentSince())
                .orElse(memory.now);
    }

    private void wish(Ip address, List<Ip> group, MoveReason reason, Predicate<String> better) {
        boolean any = placement.owners(address, group, loads(), Spread.EVEN).stream()
                .anyMatch(node -> !node.equals(memory.self) && better.test(node));
        if (any) {
            moves.want(address, group, reason, better);
        }
    }

    private void release(Ip address) {
        OwnershipRecord record = memory.records.get(address);
        if (record != null && record.ownedBy(memory.self)) {
            releases.add(table.release(record));
        }
    }

    private void tell() {
        for (List<OwnershipRecord> page : Records.pages(releases)) {
            if (!page.isEmpty()) {
                turn.tellAll(new Release(page));
            }
        }
        claims.forEach((reason, records) -> {
            Map<String, List<Ip>> byInterface = new TreeMap<>();
            records.forEach(record -> roster.interfaceOf(record.address())
                    .ifPresent(name -> byInterface
                            .computeIfAbsent(name, n -> new ArrayList<>())
                            .add(record.address())));
            byInterface.forEach((name, addresses) -> turn.act(new Action.Announce(name, addresses, reason)));
            for (List<OwnershipRecord> page : Records.pages(records)) {
                turn.tellAll(new Claim(page));
            }
        });
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
                    placement.owners(address, group, settledLoads(), Spread.STEADY).stream()
                            .filter(node -> !node.equals(memory.self))
                            .findFirst()
                            .ifPresent(successors::add);
                }
            }
        }
        memory.successors = List.copyOf(successors);
    }
}
