package dev.clarion.announcement.ownership;

import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.Claim;
import dev.clarion.announcement.heartbeat.Commit;
import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.Hello;
import dev.clarion.announcement.heartbeat.Judgement;
import dev.clarion.announcement.heartbeat.NoMember;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Parcel;
import dev.clarion.announcement.heartbeat.Prepare;
import dev.clarion.announcement.heartbeat.Ready;
import dev.clarion.announcement.heartbeat.Release;
import dev.clarion.announcement.heartbeat.Stragglers;
import dev.clarion.announcement.heartbeat.SuspectAnswer;
import dev.clarion.announcement.heartbeat.SuspectQuestion;
import dev.clarion.announcement.heartbeat.TablePart;
import dev.clarion.announcement.heartbeat.TableRequest;
import dev.clarion.announcement.membership.Reception;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What datagrams do. */
final class Talk {
    /** What is not urgent waits, so that many changes at once are looked at once. */
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(30);

    private static final long TELL_STRANGERS_EVERY = TimeUnit.MILLISECONDS.toNanos(150);
    private static final int MAX_STRANGERS = 1_000;
    private static final long GREET_EVERY = TimeUnit.MILLISECONDS.toNanos(50);

    private final Turn turn;
    private final Memory memory;
    private final Table table;

    Talk(Turn turn) {
        this.turn = turn;
        this.memory = turn.memory;
        this.table = new Table(turn);
    }

    void received(Envelope envelope, Ip at) {
        String sender = envelope.sender();
        Roster before = memory.roster;
        Reception reception = before.receive(envelope, at, memory.now);
        reception.drop().ifPresent(reason -> dropped(envelope, reason, reception.greet()));
        if (reception.drop().isPresent()) {
            return;
        }
        memory.roster = reception.roster();
        if (reception.acquainted()) {
            turn.send(sender, turn.heartbeat(memory.roster.monitors().contains(sender)));
            if (!memory.joined) {
                table.ask(sender);
            }
        }
        listen(envelope, at, before);
        noteChange(before, memory.roster, sender);
        if (before.unreachable(sender) && !memory.roster.unreachable(sender)) {
            table.ask(sender);
        }
    }

    private void noteChange(Roster before, Roster after, String sender) {
        Condition was = before.condition(sender);
        Condition is = after.condition(sender);
        boolean worse = was != is && is != Condition.ALIVE;
        boolean stoodInFor = was != is && !memory.cares.isEmpty();
        boolean otherwise = worse || stoodInFor || before.unreachable(sender) != after.unreachable(sender);
        if (otherwise || was != is || changed(before, after, sender)) {
            memory.generation++;
            memory.due(memory.now + SOON);
        }
        if (otherwise) {
            touch(sender);
        }
    }

    /** The addresses that a node has or stands in for are looked at now; where another one is best may wait a moment. */
    private void touch(String node) {
        memory.records.view().forEach((address, record) -> {
            if (record.ownedBy(node)) {
                memory.touched.put(address, true);
            }
        });
        memory.cares.view().forEach((address, care) -> {
            if (care.isFirst(node)) {
                memory.touched.put(address, true);
            }
        });
    }

    private void dropped(Envelope envelope, DropReason reason, boolean greet) {
        String sender = envelope.sender();
        turn.act(new Action.Dropped(sender, reason));
        if (reason == DropReason.STRANGER) {
            stranger(envelope);
        }
        if (greet && memory.now - memory.greetedAt.getOr(sender, Memory.NEVER) >= GREET_EVERY) {
            memory.greetedAt.put(sender, memory.now);
            List<Ip> ways = new ArrayList<>(memory.roster.ways(sender));
            if (envelope.message() instanceof Heartbeat heartbeat) {
                // It may be known by no address that leads there now, as one that was no member for a while.
                addresses(heartbeat).stream().filter(way -> !ways.contains(way)).forEach(ways::add);
            }
            turn.answer(sender, envelope.session(), new Hello(), ways);
        }
    }

    /** Whoever has the key and is no member is told so, on the segments that we share: elsewhere it does no harm. */
    private void stranger(Envelope envelope) {
        String sender = envelope.sender();
        boolean known = memory.strangers.has(sender);
        if (!memory.membersKnown
                || !(envelope.message() instanceof Heartbeat heartbeat)
                || (!known && memory.strangers.size() >= MAX_STRANGERS)
                || memory.now - memory.strangers.getOr(sender, Memory.NEVER) < TELL_STRANGERS_EVERY) {
            return;
        }
        memory.strangers.put(sender, memory.now);
        if (!known) {
            memory.due(memory.now + SOON);
        }
        turn.answer(sender, envelope.session(), new NoMember(), addresses(heartbeat));
    }

    /** The sender's addresses on the segments that we share. */
    private List<Ip> addresses(Heartbeat heartbeat) {
        return heartbeat.segments().stream()
                .flatMap(theirs -> memory.roster.interfaces().stream().flatMap(mine -> theirs.addressOn(mine).stream()))
                .distinct()
                .toList();
    }

    /** Whether anything changed that preference depends on. */
    private static boolean changed(Roster before, Roster after, String sender) {
        return !before.said(sender)
                .map(Talk::standing)
                .equals(after.said(sender).map(Talk::standing));
    }

    /** What of a heartbeat preference depends on. */
    private static Heartbeat standing(Heartbeat said) {
        return new Heartbeat(said.state(), false, said.damped(), 0, 0, said.segments(), said.judgements(), List.of());
    }

    /** Who does not reach this node is rather not reached either, and others on its side neither. */
    private void split(Roster before, String sender, Heartbeat heartbeat) {
        Judgement ours = new Judgement(memory.self, Condition.SEGMENT_DEAD);
        boolean known = before.said(sender)
                .filter(said -> said.judgements().contains(ours))
                .isPresent();
        if (!known && heartbeat.judgements().contains(ours)) {
            table.doubtAll();
        }
    }

    private void listen(Envelope envelope, Ip at, Roster before) {
        String sender = envelope.sender();
        switch (envelope.message()) {
            case Hello _ -> {}
            case NoMember _ -> new Recognition(memory).unknown(sender);
            case Heartbeat heartbeat -> {
                new Recognition(memory).known(sender);
                ownOf(sender, heartbeat.changed(), false);
                split(before, sender, heartbeat);
                table.differs(sender, heartbeat.digest());
            }
            case SuspectQuestion question -> {
                memory.roster = memory.roster.curious(question.suspect(), memory.now);
                if (Allowance.OPINION.take(memory, 1)) {
                    turn.reply(sender, at, memory.roster.answer(question, memory.now));
                }
            }
            case SuspectAnswer answer -> memory.roster = memory.roster.opinion(sender, answer, memory.now);
            case Claim claim -> ownOf(sender, claim.records(), true);
            case Release release -> ownOf(sender, release.records(), false);
            case TableRequest request -> {
                table.tell(sender);
                table.differs(sender, request.digest());
            }
            case TablePart part -> page(sender, part);
            case Prepare prepare -> Moves.prepare(turn, placement(), sender, prepare);
            case Ready ready -> Moves.ready(turn, sender, ready);
            case Commit commit -> Moves.commit(turn, placement(), sender, commit);
            case Stragglers stragglers -> new Lingering(turn).tell(stragglers);
            case Parcel parcel -> turn.act(new Action.Deliver(sender, parcel));
        }
    }

    /** Of what a node says of itself only that counts which is of itself. */
    private void ownOf(String sender, List<OwnershipRecord> records, boolean claimed) {
        for (OwnershipRecord record : records) {
            if (record.owner().equals(sender)) {
                table.learn(yielding(record, sender, claimed), sender, claimed);
            }
        }
    }

    /** Who does not know this node cannot be told that it is wrong: it is given what it claims. */
    private OwnershipRecord yielding(OwnershipRecord record, String sender, boolean claimed) {
        OwnershipRecord present = memory.records.get(record.address());
        if (!claimed || present == null || !present.ownedBy(memory.self) || !Table.beats(present, record)) {
            return record;
        }
        return new Recognition(memory).doubtedBy(sender)
                ? new OwnershipRecord(record.address(), sender, present.epoch() + 1, record.sinceMillis(), false)
                : record;
    }

    /**
     * One that crashed right after it claimed may be the only one that knows, and so may one that claimed where nobody
     * heard it; and one that was not told of a new member, which found nobody to ask, hears only when it starts again of
     * what that one took: whoever has had the address since keeps it.
     */
    private OwnershipRecord unheardOf(OwnershipRecord record, String sender) {
        OwnershipRecord present = memory.records.get(record.address());
        boolean ours = present != null && present.ownedBy(memory.self) && !record.released();
        boolean ownWord = record.ownedBy(sender) && answers(sender);
        boolean couldNotKnow = memory.crashed || (!memory.again && (ownWord || record.epoch() == Table.BLIND));
        if (memory.joined || !couldNotKnow || !ours || present == null || !Table.beats(present, record)) {
            return record;
        }
        return record.owner().equals(memory.self)
                ? record
                : new OwnershipRecord(
                        record.address(), record.owner(), present.epoch() + 1, record.sinceMillis(), false);
    }

    private boolean answers(String node) {
        return memory.roster.said(node).filter(said -> said.state().answers()).isPresent();
    }

    private void page(String sender, TablePart part) {
        part.records().forEach(record -> table.learn(unheardOf(record, sender), sender, false));
        if (!answers(sender)) {
            // It asks itself, and does not know yet.
            return;
        }
        Memory.Pages before = memory.pages.get(sender);
        boolean same = before != null && before.digest() == part.digest() && before.parts() == part.parts();
        TreeSet<Integer> got = same && before != null ? new TreeSet<>(before.got()) : new TreeSet<>();
        got.add(part.part());
        memory.pages.put(sender, new Memory.Pages(part.digest(), part.parts(), got));
    }

    private Optional<Placement> placement() {
        Eligibility eligibility = memory.eligibility;
        return eligibility == null ? Optional.empty() : Optional.of(new Placement(memory, eligibility));
    }
}
