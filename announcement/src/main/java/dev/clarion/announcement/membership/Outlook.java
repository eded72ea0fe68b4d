package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.Judgement;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is known of the other nodes, and what follows from it: the questions that a {@link Roster} answers. */
abstract class Outlook {
    /** Who was heard on a segment no longer ago is reached there. */
    private static final long EVIDENT = TimeUnit.MILLISECONDS.toNanos(500);

    final String self;
    final Profile profile;
    final int monitorCount;
    final Ways ways;
    final SortedMap<String, Peer> peers;
    final Circle circle;
    final Evidence evidence;
    /** Worked out when asked first. */
    private @Nullable List<String> fellows;

    Outlook(
            String self,
            Profile profile,
            int monitorCount,
            Ways ways,
            SortedMap<String, Peer> peers,
            Circle circle,
            Evidence evidence) {
        this.self = self;
        this.profile = profile;
        this.monitorCount = monitorCount;
        this.ways = ways;
        this.peers = Collections.unmodifiableSortedMap(peers);
        this.circle = circle;
        this.evidence = evidence;
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
            if (peer.has(mac) && !peer.is(NodeState.STOPPING)) {
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

    /** How a node is, as far as this one can tell. */
    public Condition condition(String node) {
        Peer peer = peers.get(node);
        if (peer == null || peer.is(NodeState.STOPPING)) {
            return Condition.LEFT;
        }
        return switch (peer.speaker().health()) {
            case GONE -> Condition.DEAD;
            case AWAY -> Condition.AWAY;
            case FINE -> peer.byHearsay(circle.watched().contains(node) || peer.countsOnUs());
        };
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
        if (peer == null || name.isEmpty() || peer.sharedOn(name.get()).isEmpty() || peer.countsOnUs()) {
            return true;
        }
        Watch path = peer.path(name.get());
        return path != null && path.health() == Health.FINE && now - path.heardAt() < EVIDENT;
    }

    /** Whether a node whose speaker is heard cannot be reached on a segment, or cannot be reached at all. */
    public boolean unreachable(String node) {
        Peer peer = peers.get(node);
        return peer != null && (peer.speaker().health() == Health.GONE || peer.anyPathGone());
    }

    /** Whether a verdict is being prepared. */
    public boolean deciding() {
        for (Peer peer : peers.values()) {
            if (peer.deciding()) {
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
                    if (peer.anyPathGone()) {
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
        boolean anybody = false;
        boolean there = false;
        for (Peer peer : peers.values()) {
            anybody |= !peer.is(NodeState.STOPPING);
            there |= peer.shared().containsKey(interfaceName);
        }
        return anybody && now - evidence.lastOf(there ? interfaceName : Evidence.NODE) > profile.aloneAfter();
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

    /** Nodes that are not this one's to watch say something to it in turn: after so long, a few times. */
    public long seldom() {
        return 3L * Math.max(1, peers.size() - monitorCount) * profile.interval();
    }

    /** This node's monitors by score, without those that are dead. */
    public SequencedSet<String> monitors() {
        return circle.monitors();
    }

    /** The addresses by which a node is to be told something: the node's, and its own ones on segments we share. */
    public List<Ip> ways(String node) {
        Peer peer = peers.get(node);
        return peer == null ? List.of() : ways.to(peer);
    }

    /** The address by which a node is answered what came to that address of ours. */
    public Ip wayBack(String node, Ip at) {
        Peer peer = peers.get(node);
        if (peer == null) {
            throw new IllegalArgumentException(node);
        }
        return ways.back(peer, at);
    }

    /** The hardware address that a node has on the segment of an address. */
    public Optional<Mac> macOn(String node, Ip address) {
        return Ways.macOn(segments(node), address);
    }

    /** The first of our usable interfaces whose network holds the address. */
    public Optional<String> interfaceOf(Ip address) {
        return ways.interfaceOf(address);
    }

    /** Our own interfaces. */
    public List<Segment> interfaces() {
        return ways.own();
    }

    /** How fast this cluster decides. */
    public Profile profile() {
        return profile;
    }
}
