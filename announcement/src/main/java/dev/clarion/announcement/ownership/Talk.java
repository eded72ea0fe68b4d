package dev.clarion.announcement.ownership;

import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.Claim;
import dev.clarion.announcement.heartbeat.Commit;
import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.Hello;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Prepare;
import dev.clarion.announcement.heartbeat.Ready;
import dev.clarion.announcement.heartbeat.Release;
import dev.clarion.announcement.heartbeat.SuspectAnswer;
import dev.clarion.announcement.heartbeat.SuspectQuestion;
import dev.clarion.announcement.heartbeat.TablePart;
import dev.clarion.announcement.heartbeat.TableRequest;
import dev.clarion.announcement.membership.Reception;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What datagrams do. */
final class Talk {
    /** What is not urgent waits, so that many changes at once are looked at once. */
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(30);

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
        listen(envelope);
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
        if (worse || stoodInFor || before.unreachable(sender) != after.unreachable(sender)) {
            memory.generation++;
            memory.dirty();
        } else if (was != is || changed(before, after, sender)) {
            memory.generation++;
            memory.due(memory.now + SOON);
        }
    }

    private void dropped(Envelope envelope, DropReason reason, boolean greet) {
        String sender = envelope.sender();
        turn.act(new Action.Dropped(sender, reason));
        if (greet && memory.now - memory.greetedAt.getOr(sender, Memory.NEVER) >= GREET_EVERY) {
            memory.greetedAt.put(sender, memory.now);
            turn.greet(sender, envelope.session(), new Hello());
        }
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

    private void listen(Envelope envelope) {
        String sender = envelope.sender();
        switch (envelope.message()) {
            case Hello _ -> {}
            case Heartbeat heartbeat -> {
                ownOf(sender, heartbeat.changed(), false);
                table.differs(sender, heartbeat.digest());
            }
            case SuspectQuestion question -> {
                memory.roster = memory.roster.curious(question.suspect(), memory.now);
                turn.send(sender, memory.roster.answer(question, memory.now));
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
        }
    }

    /** Of what a node says of itself only that counts which is of itself. */
    private void ownOf(String sender, List<OwnershipRecord> records, boolean claimed) {
        for (OwnershipRecord record : records) {
            if (record.owner().equals(sender)) {
                table.learn(record, sender, claimed);
            }
        }
    }

    private void page(String sender, TablePart part) {
        part.records().forEach(record -> table.learn(record, sender, false));
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
