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
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
public final class Roster {
    /** A speaker that was away for longer came back unexpectedly, if it had not said so. */
    private static final long LONG_AWAY = TimeUnit.SECONDS.toNanos(5);
    /** Who was heard on a segment no longer ago is reached there. */
    private static final long EVIDENT = TimeUnit.MILLISECONDS.toNanos(500);
    /** For how long a node is watched that somebody asked about. */
    private static final long CURIOSITY = TimeUnit.SECONDS.toNanos(2);

    private final String self;
    private final Session session;
    private final Profile profile;
    private final int monitorCount;
    private final List<Segment> own;
    private final SortedMap<String, Peer> peers;
    private final Circle circle;
    private final Evidence evidence;
    private final long nextLonely;
    /** Worked out when asked first. */
    private @Nullable List<String> fellows;

    private Roster(
            String self,
            Session session,
            Profile profile,
            int monitorCount,
            List<Segment> own,
            SortedMap<String, Peer> peers,
            Circle circle,
            Evidence evidence,
            long nextLonely) {
        this.self = self;
        this.session = session;
        this.profile = profile;
        this.monitorCount = monitorCount;
        this.own = List.copyOf(own);
        this.peers = Collections.unmodifiableSortedMap(peers);
        this.circle = circle;
        this.evidence = evidence;
        this.nextLonely = nextLonely;
    }

    /** Nobody known yet. */
    public static Roster start(String self, Session session, Profile profile, int monitors, long now) {
        return new Roster(
                self, session, profile, monitors, List.of(), new TreeMap<>(), Circle.NONE, Evidence.NONE, now);
    }

    private Roster with(SortedMap<String, Peer> nextPeers, Circle nextCircle, Evidence nextEvidence) {
        return new Roster(self, session, profile, monitorCount, own, nextPeers, nextCircle, nextEvidence, nextLonely);
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
        return new Roster(self, session, profile, monitorCount, segments, next, circle, evidence, nextLonely);
    }

    /** What a peer's interfaces were, as remembered from an earlier run; nothing, once it was heard. */
    public Roster remembered(String node, List<Segment> segments) {
        Peer peer = peers.get(node);
        return peer == null || !peer.segments().isEmpty()
                ? this
                : with(peer.segments(segments).sharing(own));
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
        String name = interfaceAt(at).map(Segment::name).orElse(Evidence.NODE);
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
        next.put(sender, after.segments().equals(peer.segments()) ? after : after.sharing(own));
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
            return with(peer.speaker(after(peer.speaker(), from, answer, now)));
        }
        Watch watch = path.map(peer::path).orElse(null);
        return watch == null ? this : with(peer.path(path.get(), after(watch, from, answer, now)));
    }

    private static Watch after(Watch watch, String from, SuspectAnswer answer, long now) {
        Watch noted = watch.suspicion()
                .map(s -> watch.with(s.opinion(from, answer.opinion(), now)))
                .orElse(watch);
        return switch (answer.opinion()) {
            case HEARD -> noted.vouched(now - TimeUnit.MILLISECONDS.toNanos(answer.silenceMillis()), now);
            case KERNEL_ANSWERS -> noted.kernelVouched(now);
            case SILENT, UNKNOWN -> noted;
        };
    }

    /** What this node knows of a suspect. Only what it heard itself: two must not vouch for each other's vouching. */
    public SuspectAnswer answer(SuspectQuestion question, long now) {
        Watch watch = watchOf(question);
        long silence = watch == null ? Long.MAX_VALUE / 2 : now - watch.heardAt();
        SuspectAnswer.Opinion opinion;
        if (watch == null) {
            opinion = SuspectAnswer.Opinion.UNKNOWN;
        } else if (silence < profile.suspectAfter()) {
            opinion = SuspectAnswer.Opinion.HEARD;
        } else if (watch.suspicion()
                .filter(s -> now - s.kernelAt() <= profile.freshness())
                .isPresent()) {
            opinion = SuspectAnswer.Opinion.KERNEL_ANSWERS;
        } else {
            boolean asked = watch.suspicion().filter(s -> s.unanswered() > 0).isPresent();
            opinion = asked ? SuspectAnswer.Opinion.SILENT : SuspectAnswer.Opinion.UNKNOWN;
        }
        return new SuspectAnswer(
                question.suspect(), question.segment(), opinion, TimeUnit.NANOSECONDS.toMillis(silence));
    }

    /** Somebody asked about this node: look after it for a while. */
    public Roster curious(String node, long now) {
        Peer peer = peers.get(node);
        if (peer == null || watches(peer, now)) {
            return this;
        }
        Watch watch = peer.speaker();
        Watch begun = watch.suspicion().isPresent() || now - watch.lastSign() < profile.suspectAfter()
                ? watch
                : watch.with(Suspicion.start(now));
        return with(peer.speaker(begun).watchedUntil(now + CURIOSITY));
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
        List<String> lonely = now < nextLonely ? List.of() : roster.lonely(now);
        if (!lonely.isEmpty()) {
            roster = new Roster(
                    self,
                    session,
                    profile,
                    monitorCount,
                    own,
                    roster.peers,
                    roster.circle,
                    evidence,
                    now + profile.probeEvery());
        }
        return new Watching(roster, probes, questions, lonely, changed, split);
    }

    /** Draws the circle of monitors anew, without the dead. */
    private Roster redrawn(long now) {
        Circle next = Circle.draw(self, present(), monitorCount);
        if (next.equals(circle)) {
            return this;
        }
        TreeMap<String, Peer> adjusted = new TreeMap<>(peers);
        adjusted.replaceAll((node, peer) -> {
            boolean begins = next.watched().contains(node) && !watches(peer, now);
            return begins && now - peer.speaker().lastSign() >= profile.suspectAfter()
                    ? peer.speaker(Watch.begin(now))
                    : peer;
        });
        return with(adjusted, next, evidence);
    }

    private SortedSet<String> present() {
        TreeSet<String> present = new TreeSet<>();
        peers.forEach((node, peer) -> {
            Condition condition = condition(node);
            if (condition != Condition.DEAD && condition != Condition.LEFT) {
                present.add(node);
            }
        });
        return present;
    }

    /** How a node is, as far as this one can tell. */
    public Condition condition(String node) {
        Peer peer = peers.get(node);
        if (peer == null || peer.is(NodeState.STOPPING)) {
            return Condition.LEFT;
        }
        return switch (peer.speaker().health()) {
            case GONE -> Condition.DEAD;
            case AWAY -> Condition.AWAY;
            case FINE -> ofHearsay(peer, circle.watched().contains(node) || peer.countsOnUs());
        };
    }

    /** @param watched whether we watch it ourselves, and so need nobody to tell us */
    private static Condition ofHearsay(Peer peer, boolean watched) {
        if (!watched && peer.hearsay().containsValue(Condition.DEAD)) {
            return Condition.DEAD;
        }
        boolean away = !watched && peer.hearsay().containsValue(Condition.AWAY);
        return away || peer.is(NodeState.JOINING) ? Condition.AWAY : Condition.ALIVE;
    }

    /** Since when a node is gone or away in our own eyes; empty if it is neither, or we only heard say so. */
    public Optional<Long> badSince(String node) {
        Peer peer = peers.get(node);
        return peer == null || peer.speaker().health() == Health.FINE
                ? Optional.empty()
                : Optional.of(peer.speaker().since());
    }

    /** Whether it was found out after that time that a node is gone, away, no member, or not to be reached. */
    public boolean lostSince(String node, Ip address, long at) {
        Peer peer = peers.get(node);
        if (peer == null || peer.is(NodeState.STOPPING)) {
            return true;
        }
        boolean speaker =
                peer.speaker().health() != Health.FINE && peer.speaker().since() > at;
        return speaker
                || interfaceOf(address)
                        .map(peer::path)
                        .filter(path -> path.health() == Health.GONE && path.since() > at)
                        .isPresent();
    }

    /** Whether a node that is there can be reached on the segment of an address, as far as we know. */
    public boolean reaches(String node, Ip address) {
        Peer peer = peers.get(node);
        if (peer == null) {
            return false;
        }
        return interfaceOf(address)
                .map(peer::path)
                .map(watch -> watch.health() != Health.GONE)
                .orElse(true);
    }

    /**
     * Whether it is known by fresh evidence that a node is reached on the segment of an address: it is watched there, or
     * was heard there just now.
     */
    public boolean proven(String node, Ip address, long now) {
        Peer peer = peers.get(node);
        Optional<String> name = interfaceOf(address);
        if (peer == null || name.isEmpty() || sharedOn(peer, name.get()).isEmpty() || peer.countsOnUs()) {
            return true;
        }
        Watch path = peer.path(name.get());
        return path != null && path.health() == Health.FINE && now - path.heardAt() < EVIDENT;
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

    /** Nodes that are not this one's to watch say something to it in turn: after so long, a few times. */
    long seldom() {
        return 3L * Math.max(1, peers.size() - monitorCount) * profile.interval();
    }

    /** Whether a node whose speaker is heard cannot be reached on a segment, or cannot be reached at all. */
    public boolean unreachable(String node) {
        Peer peer = peers.get(node);
        return peer != null
                && (peer.speaker().health() == Health.GONE
                        || peer.paths().values().stream().anyMatch(path -> path.health() == Health.GONE));
    }

    /** Whether a verdict is being prepared. */
    public boolean deciding() {
        for (Peer peer : peers.values()) {
            if (peer.speaker().deciding() || peer.paths().values().stream().anyMatch(Watch::deciding)) {
                return true;
            }
        }
        return false;
    }

    /** What this node tells others of those it watches. */
    public List<Judgement> judgements() {
        List<Judgement> judgements = new ArrayList<>();
        peers.forEach((node, peer) -> {
            switch (peer.speaker().health()) {
                case GONE -> judgements.add(new Judgement(node, Condition.DEAD));
                case AWAY -> judgements.add(new Judgement(node, Condition.AWAY));
                case FINE -> {
                    if (peer.paths().values().stream().anyMatch(path -> path.health() == Health.GONE)) {
                        judgements.add(new Judgement(node, Condition.SEGMENT_DEAD));
                    }
                }
            }
        });
        return judgements;
    }

    /**
     * Whether this node sees nobody on the segment of an address: neither speakers, nor kernels, nor other hosts. One
     * that has no fellow members is never alone.
     */
    public boolean alone(Ip address, long now) {
        return interfaceOf(address).map(name -> alone(name, now)).orElse(true);
    }

    /** The same, for one of our interfaces. */
    public boolean alone(String interfaceName, long now) {
        boolean fellows = false;
        boolean there = false;
        for (Peer peer : peers.values()) {
            fellows |= !peer.is(NodeState.STOPPING);
            there |= peer.shared().containsKey(interfaceName);
        }
        if (!fellows) {
            return false;
        }
        return now - evidence.lastOf(there ? interfaceName : Evidence.NODE) > profile.aloneAfter();
    }

    /** When anybody was seen last on one of our interfaces; long ago if never. */
    long seenOn(String interfaceName) {
        return evidence.lastOf(interfaceName);
    }

    /**
     * When another speaker was heard last on one of our interfaces, or, where no other has an address there, at all; long
     * ago if never.
     */
    public long speakerHeardOn(String interfaceName) {
        boolean there = false;
        for (Peer peer : peers.values()) {
            there |= peer.shared().containsKey(interfaceName);
        }
        return evidence.lastSpeaker(there ? interfaceName : Evidence.NODE);
    }

    private List<String> lonely(long now) {
        return own.stream()
                .filter(Segment::usable)
                .map(Segment::name)
                .filter(name -> now - evidence.lastOf(name) > profile.interval())
                .toList();
    }

    /** Whether a node's speaker was heard, on any path, within so many nanoseconds. */
    public boolean heardWithin(String node, long now, long span) {
        Peer peer = peers.get(node);
        return peer != null && now - peer.speaker().heardAt() < span;
    }

    /** Whether a node's speaker was heard when it should have been. */
    public boolean heardLately(String node, long now) {
        Peer peer = peers.get(node);
        return peer != null
                && now - peer.speaker().lastSign() < profile.deadAfter() + (peer.countsOnUs() ? 0 : seldom());
    }

    /** Whether this node watches another. */
    boolean watches(Peer peer, long now) {
        return circle.watched().contains(peer.member().node())
                || peer.countsOnUs()
                || now < peer.watchedUntil()
                || peer.speaker().health() != Health.FINE;
    }

    /** Those to be asked about a node: its other monitors, as far as they are there. */
    List<String> askable(String suspect, long now) {
        SortedSet<String> present = present();
        present.add(self);
        present.remove(suspect);
        return Monitors.of(suspect, present, monitorCount + 1).stream()
                .filter(node -> !node.equals(self))
                .filter(node -> {
                    Peer peer = peers.get(node);
                    return peer != null
                            && peer.speaker().health() == Health.FINE
                            && (!watches(peer, now) || now - peer.speaker().heardAt() < profile.suspectAfter());
                })
                .toList();
    }

    /** Whether a node's speaker was heard lately on one of our interfaces. */
    boolean heardOn(String node, String interfaceName, long now) {
        Peer peer = peers.get(node);
        Watch path = peer == null ? null : peer.paths().get(interfaceName);
        return path != null && now - path.heardAt() < profile.suspectAfter();
    }

    /** This node's monitors by score, without those that are dead. */
    public SequencedSet<String> monitors() {
        return circle.monitors();
    }

    /** All fellow members that have not left. */
    public List<String> fellows() {
        List<String> known = fellows;
        if (known == null) {
            List<String> found = new ArrayList<>(peers.size());
            peers.forEach((node, peer) -> {
                if (!peer.is(NodeState.STOPPING)) {
                    found.add(node);
                }
            });
            known = Collections.unmodifiableList(found);
            fellows = known;
        }
        return known;
    }

    /** The fellow members that have this hardware address on any of their interfaces. */
    public List<String> nodesAt(Mac mac) {
        List<String> nodes = new ArrayList<>(1);
        peers.forEach((node, peer) -> {
            boolean its = false;
            for (Segment segment : peer.segments()) {
                its |= segment.mac().equals(mac);
            }
            if (its && !peer.is(NodeState.STOPPING)) {
                nodes.add(node);
            }
        });
        return nodes;
    }

    /** The last heartbeat of a node in this run. */
    public Optional<Heartbeat> said(String node) {
        return Optional.ofNullable(peers.get(node)).flatMap(Peer::said);
    }

    /** The interfaces of a node, as it said last or as was remembered. */
    public List<Segment> segments(String node) {
        Peer peer = peers.get(node);
        return peer == null ? List.of() : peer.segments();
    }

    /** The session that a node proved to us. */
    public Session session(String node) {
        Peer peer = peers.get(node);
        return peer == null ? Session.NONE : peer.contact().session();
    }

    /** Whether a node came back lately without having said that it would go. */
    public boolean damped(String node, long now) {
        Peer peer = peers.get(node);
        return peer != null
                && (peer.flaps().damped(now)
                        || peer.said().filter(Heartbeat::damped).isPresent());
    }

    /** The addresses by which a node is to be told something: the node's, and its own ones on segments we share. */
    public List<Ip> ways(String node) {
        Peer peer = peers.get(node);
        if (peer == null) {
            return List.of();
        }
        List<Ip> ways = new ArrayList<>();
        ways.add(peer.member().address());
        for (Segment segment : own) {
            sharedOn(peer, segment.name()).ifPresent(address -> {
                if (segment.usable() && !segment.holds(peer.member().address()) && !ways.contains(address)) {
                    ways.add(address);
                }
            });
        }
        return ways;
    }

    /** The address by which a node is answered what came to that address of ours. */
    public Ip wayBack(String node, Ip at) {
        Peer peer = peers.get(node);
        if (peer == null) {
            throw new IllegalArgumentException(node);
        }
        return interfaceAt(at)
                .flatMap(segment -> sharedOn(peer, segment.name()))
                .filter(way -> ways(node).contains(way))
                .orElse(peer.member().address());
    }

    /** The hardware address that a node has on the segment of an address. */
    public Optional<Mac> macOn(String node, Ip address) {
        return segments(node).stream()
                .filter(segment -> segment.holds(address))
                .map(Segment::mac)
                .findFirst();
    }

    /** The first of our usable interfaces whose network holds the address. */
    public Optional<String> interfaceOf(Ip address) {
        for (Segment segment : own) {
            if (segment.usable() && segment.holds(address)) {
                return Optional.of(segment.name());
            }
        }
        return Optional.empty();
    }

    /** Our own interfaces. */
    public List<Segment> interfaces() {
        return own;
    }

    /** How fast this cluster decides. */
    public Profile profile() {
        return profile;
    }

    private Optional<Segment> interfaceAt(Ip address) {
        return own.stream()
                .filter(segment -> segment.addresses().stream()
                        .anyMatch(there -> there.address().equals(address)))
                .findFirst();
    }

    /** The peer's own address on the segment of one of our interfaces. */
    Optional<Ip> sharedOn(Peer peer, String interfaceName) {
        return Optional.ofNullable(peer.shared().get(interfaceName));
    }
}
