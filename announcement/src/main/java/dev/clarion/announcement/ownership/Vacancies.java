package dev.clarion.announcement.ownership;

import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.announcement.ownership.Placement.Spread;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What becomes of an address without an owner: whose turn it is, and when. */
final class Vacancies {
    /** The second in line claims so much later than the first, the third so much later again. */
    static final long STAGGER = TimeUnit.MILLISECONDS.toNanos(150);
    /** An address is not claimed again sooner, whatever happens. */
    private static final long CLAIM_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);
    /** By then whoever is there was heard, or others were asked and said so. */
    private static final long ALL_HEARD = TimeUnit.MILLISECONDS.toNanos(1_200);

    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(50);

    private final Memory memory;
    private final Roster roster;
    private final Placement placement;
    private final Loads loads;
    private final Table table;
    private final Tidings tidings;
    private final Hearing hearing;
    private final boolean doubted;

    Vacancies(Turn turn, Placement placement, Loads loads, Table table, Tidings tidings, Hearing hearing) {
        this.memory = turn.memory;
        this.roster = memory.roster;
        this.placement = placement;
        this.loads = loads;
        this.table = table;
        this.tidings = tidings;
        this.hearing = hearing;
        this.doubted = new Recognition(memory).doubted();
    }

    /** Forgets what is over. */
    void tidy(Eligibility eligibility) {
        memory.vacancies.removeIf((address, vacancy) -> !eligibility.has(address));
        memory.claimedAt.removeIf((address, at) -> memory.now - at >= CLAIM_AGAIN);
    }

    /** Looks at an address that has no owner, for this reason. */
    void look(Ip address, List<Ip> group, ClaimReason reason) {
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
                    ? placement.successors(address, group, loads.now(), Spread.EVEN, true)
                    : placement.successors(address, group, loads.settled(), Spread.STEADY, false);
            vacancy = new Memory.Vacancy(
                    reason, waited && before != null ? before.since() : memory.now, order, memory.generation);
            memory.vacancies.put(address, vacancy);
        }
        if (vacancy == null || vacancy.succession().size() == 0) {
            return;
        }
        Succession line = vacancy.succession();
        loads.now().merge(line.first(), 1, Integer::sum);
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
    boolean evident(Ip address, String owner) {
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
        return reason == ClaimReason.FIRST_USE && hearing.onlyKernels();
    }

    /** Who was never told anything by anybody, and claims what it knows no owner of, yields to whatever the others know. */
    private boolean untaught(ClaimReason reason) {
        return reason == ClaimReason.FIRST_USE && hearing.untaught();
    }

    private void claim(Ip address, ClaimReason reason) {
        long epoch = blind(reason) || untaught(reason) ? Table.BLIND : table.nextEpoch(address);
        OwnershipRecord record = new OwnershipRecord(address, memory.self, epoch, memory.wall, false);
        table.put(record);
        memory.settled(address);
        memory.claimedAt.put(address, memory.now);
        tidings.claimed(record, reason);
    }
}
