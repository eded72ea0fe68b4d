package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.Judgement;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.heartbeat.SuspectAnswer;
import dev.clarion.announcement.heartbeat.SuspectQuestion;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes as this one knows them. Immutable; all times are monotonic nanoseconds.
 *
 * <p>Each node is watched by a few monitors: those that score highest for its name, and whomever it tells so in its
 * heartbeats. A silent speaker is suspected: its kernel is asked, the other monitors are asked, and then it is away (the
 * kernel answers), or gone (it does not, and a second opinion agrees). The same for each segment that a node shares with
 * this one. Of nodes that it does not watch itself, a node believes what their monitors say, until it hears them.
 */
public final class Roster extends Outlook {
    /** A speaker that was away for longer came back unexpectedly, if it had not said so. */
    private static final long LONG_AWAY = TimeUnit.SECONDS.toNanos(5);
    /** For how long a node is watched that somebody asked about. */
    private static final long CURIOSITY = TimeUnit.SECONDS.toNanos(2);

    private final Session session;
    private final long nextLonely;

    private Roster(
            String self,
            Session session,
            Profile profile,
            int monitorCount,
            Ways ways,
            SortedMap<String, Peer> peers,
            Circle circle,
            Evidence evidence,
            long nextLonely) {
        super(self, profile, monitorCount, ways, peers, circle, evidence);
        this.session = session;
        this.nextLonely = nextLonely;
    }

    /** Nobody known yet. */
    public static Roster start(String self, Session session, Profile profile, int monitors, long now) {
        return new Roster(
                self,
                session,
                profile,
                monitors,
                new Ways(List.of()),
                new TreeMap<>(),
                Circle.NONE,
                Evidence.NONE,
                now);
    }

    private Roster with(SortedMap<String, Peer> nextPeers, Circle nextCircle, Evidence nextEvidence) {
        return new Roster(self, session, profile, monitorCount, ways, nextPeers, nextCircle, nextEvidence, nextLonely);
    }

    private Roster with(Peer peer) {
        TreeMap<String, Peer> next = new TreeMap<>(peers);
        next.put(peer.member().node(), peer);
        return with(next, circle, evidence);
    }

    /** The members are these, and no others; this node may be among them. */
    public Roster members(List<Member> members, long now) {
        TreeMap<String, Peer> next = new TreeMap<>();
        for (Member member : members) {
            if (!member.node().equals(self)) {
                Peer before = peers.get(member.node());
                next.put(member.node(), before == null ? Peer.unknown(member) : before.member(member));
            }
        }
        return with(next, circle, evidence).redrawn(now);
    }

    /** This node's interfaces. */
    public Roster interfaces(List<Segment> segments) {
        TreeMap<String, Peer> next = new TreeMap<>(peers);
        next.replaceAll((node, peer) -> peer.sharing(segments));
        return new Roster(self, session, profile, monitorCount, new Ways(segments), next, circle, evidence, nextLonely);
    }

    /** What a peer's interfaces were, as remembered from an earlier run; nothing, once it was heard. */
    public Roster remembered(String node, List<Segment> segments) {
        Peer peer = peers.get(node);
        return peer == null || !peer.segments().isEmpty()
                ? this
                : with(peer.segments(segments).sharing(ways.own()));
    }

    /** This node stood still for so long: nobody else was silent meanwhile. Nobody was heard later than now, though. */
    public Roster later(long gap, long now) {
        TreeMap<String, Peer> next = new TreeMap<>(peers);
        next.replaceAll((node, peer) -> {
            TreeMap<String, Watch> paths = new TreeMap<>(peer.paths());
            paths.replaceAll((name, watch) -> watch.later(gap, now));
            return peer.speaker(peer.speaker().later(gap, now)).paths(paths);
        });
        return with(next, circle, evidence.later(gap, now));
    }

    /** A datagram came to this address of ours. */
    public Reception receive(Envelope envelope, Ip at, long now) {
        if (envelope.sender().equals(self)) {
            return new Reception(this, Optional.of(DropReason.OWN), false, false);
        }
        Peer peer = peers.get(envelope.sender());
        if (peer == null) {
            return new Reception(this, Optional.of(DropReason.STRANGER), false, false);
        }
        Contact.Checked checked = peer.contact().check(envelope, session);
        if (checked.drop().isPresent()) {
            boolean greet = checked.drop().get() == DropReason.OTHER_SESSION;
            return new Reception(this, checked.drop(), greet, false);
        }
        boolean acquainted = !checked.contact().session().equals(peer.contact().session());
        String name = ways.interfaceAt(at).map(Segment::name).orElse(Evidence.NODE);
        Roster next = heard(peer, checked, name, now);
        if (envelope.message() instanceof Heartbeat heartbeat) {
            next = next.said(envelope.sender(), heartbeat);
        }
        return new Reception(next, Optional.empty(), false, acquainted);
    }

    private Roster heard(Peer peer, Contact.Checked checked, String name, long now) {
        Watch before = peer.speaker();
        boolean announced = peer.is(NodeState.RESTARTING);
        boolean wasAway = before.health() == Health.AWAY && now - before.since() > LONG_AWAY;
        boolean known = !peer.contact().session().equals(Session.NONE);
        boolean flap = known && !announced && (before.health() == Health.GONE || wasAway || checked.restarted());
        Peer after = peer.contact(checked.contact()).speaker(before.heard(now));
        Watch path = after.paths().get(name);
        path = path == null && after.shared().containsKey(name) ? Watch.begin(now) : path;
        after = path == null ? after : after.path(name, path.heard(now));
        after = after.hearsay().isEmpty() ? after : after.hearsay(Collections.emptySortedMap());
        after = flap ? after.flapped(now) : after;
        TreeMap<String, Peer> next = new TreeMap<>(peers);
        next.put(peer.member().node(), after);
        Roster roster = with(next, circle, evidence.ofSpeaker(name, now));
        return before.health() == Health.GONE ? roster.redrawn(now) : roster;
    }

    private Roster said(String sender, Heartbeat heartbeat) {
        TreeMap<String, Peer> next = new TreeMap<>(peers);
        Peer peer = next.get(sender);
        if (peer == null) {
            return this;
        }
        List<Judgement> before = peer.said().map(Heartbeat::judgements).orElse(List.of());
        Peer after = peer.said(heartbeat);
        next.put(sender, after.segments().equals(peer.segments()) ? after : after.sharing(ways.own()));
        if (!before.equals(heartbeat.judgements())) {
            for (Judgement old : before) {
                next.computeIfPresent(old.node(), (node, judged) -> judged.hearsay(sender, Condition.ALIVE));
            }
            for (Judgement now : heartbeat.judgements()) {
                next.computeIfPresent(now.node(), (node, judged) -> judged.hearsay(sender, now.condition()));
            }
        }
        return with(next, circle, evidence);
    }

    /** A peer's kernel answered on one of our interfaces, or, where the name is empty, by way of the node's address. */
    public Roster kernelAnswered(String node, String interfaceName, long now) {
        Peer peer = peers.get(node);
        if (peer == null) {
            return this;
        }
        Peer after = peer.speaker(peer.speaker().kernelAnswered(now));
        Watch path = after.paths().get(interfaceName);
        after = path == null ? after : after.path(interfaceName, path.heard(now));
        Roster next = with(after);
        return next.with(next.peers, circle, evidence.of(interfaceName, now));
    }

    /** Somebody who is no speaker was heard on one of our interfaces: a gateway, a client. */
    public Roster segmentHeard(String interfaceName, long now) {
        return with(peers, circle, evidence.of(interfaceName, now));
    }

    /** A second opinion came. */
    public Roster opinion(String from, SuspectAnswer answer, long now) {
        Peer peer = peers.get(answer.suspect());
        if (peer == null || !peers.containsKey(from)) {
            return this;
        }
        Optional<String> path = answer.segment().flatMap(this::interfaceOf);
        if (answer.segment().isEmpty()) {
            return with(peer.speaker(SecondOpinions.after(peer.speaker(), from, answer, now)));
        }
        Watch watch = path.map(peer::path).orElse(null);
        return watch == null ? this : with(peer.path(path.get(), SecondOpinions.after(watch, from, answer, now)));
    }

    /** What this node knows of a suspect. */
    public SuspectAnswer answer(SuspectQuestion question, long now) {
        return SecondOpinions.answer(question, watchOf(question), profile, now);
    }

    private @Nullable Watch watchOf(SuspectQuestion question) {
        Peer peer = peers.get(question.suspect());
        if (peer == null) {
            return null;
        }
        return question.segment().isEmpty()
                ? peer.speaker()
                : question.segment().flatMap(this::interfaceOf).map(peer::path).orElse(null);
    }

    /** Somebody asked about this node: look after it for a while. */
    public Roster curious(String node, long now) {
        Peer peer = peers.get(node);
        if (peer == null || new Duty(this).watches(peer, now)) {
            return this;
        }
        Watch watch = peer.speaker();
        Watch begun = watch.suspicion().isPresent() || now - watch.lastSign() < profile.suspectAfter()
                ? watch
                : watch.with(Suspicion.start(now));
        return with(peer.speaker(begun).watchedUntil(now + CURIOSITY));
    }

    /** Finds out whether a node is reached on the segment of an address, unless that is known. */
    public Roster doubt(String node, Ip address, long now) {
        Peer peer = peers.get(node);
        Optional<String> name = interfaceOf(address);
        if (peer == null || name.isEmpty() || proven(node, address, now)) {
            return this;
        }
        Watch path = peer.path(name.get());
        return path == null || path.health() != Health.FINE || path.suspicion().isPresent()
                ? this
                : with(peer.path(name.get(), path.with(Suspicion.start(now))));
    }

    /** Looks at the clock: who is silent, whom to ask, what to conclude. */
    public Watching watch(long now) {
        TreeMap<String, Peer> next = null;
        List<Probe> probes = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        boolean changed = false;
        boolean redraw = false;
        boolean split = false;
        for (Peer peer : peers.values()) {
            Peer after = new Look(this, peer, now).look(probes, questions);
            if (!after.equals(peer)) {
                next = next == null ? new TreeMap<>(peers) : next;
                next.put(peer.member().node(), after);
                redraw |= after.speaker().health() != peer.speaker().health();
                split |= Look.split(peer, after);
                changed |= redraw || !Look.sameHealth(peer.paths(), after.paths());
            }
        }
        Roster roster = next == null ? this : with(next, circle, evidence);
        roster = redraw ? roster.redrawn(now) : roster;
        List<String> lonely = now < nextLonely ? List.of() : new Duty(roster).lonely(now);
        if (!lonely.isEmpty()) {
            roster = new Roster(
                    self,
                    session,
                    profile,
                    monitorCount,
                    ways,
                    roster.peers,
                    roster.circle,
                    evidence,
                    now + profile.probeEvery());
        }
        return new Watching(roster, probes, questions, lonely, changed, split);
    }

    /** Draws the circle of monitors anew, without the dead. */
    private Roster redrawn(long now) {
        Circle next = Circle.draw(self, new Duty(this).present(), monitorCount);
        if (next.equals(circle)) {
            return this;
        }
        TreeMap<String, Peer> adjusted = new TreeMap<>(peers);
        adjusted.replaceAll((node, peer) -> {
            boolean begins = next.watched().contains(node) && !new Duty(this).watches(peer, now);
            return begins && now - peer.speaker().lastSign() >= profile.suspectAfter()
                    ? peer.speaker(Watch.begin(now))
                    : peer;
        });
        return with(adjusted, next, evidence);
    }

    /** When anybody was seen last on one of our interfaces; long ago if never. */
    long seenOn(String interfaceName) {
        return evidence.lastOf(interfaceName);
    }
}
