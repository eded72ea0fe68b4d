package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Another node as this one knows it.
 *
 * @param member who it is
 * @param contact its session
 * @param said its last heartbeat
 * @param segments the last it said of its interfaces, kept when it goes
 * @param shared its own address on the segment of each of our interfaces that it shares
 * @param speaker whether its speaker is heard, on any path
 * @param paths whether it is heard on a segment, by the name of our interface there
 * @param hearsay what its monitors say of it, as long as we have not heard it ourselves since
 * @param flaps its unexpected returns
 * @param watchedUntil somebody asked about it, so it is watched for a while
 */
record Peer(
        Member member,
        Contact contact,
        Optional<Heartbeat> said,
        List<Segment> segments,
        SortedMap<String, Ip> shared,
        Watch speaker,
        SortedMap<String, Watch> paths,
        SortedMap<String, Condition> hearsay,
        Flaps flaps,
        long watchedUntil) {

    static Peer unknown(Member member) {
        return new Peer(
                member,
                Contact.NONE,
                Optional.empty(),
                List.of(),
                Collections.emptySortedMap(),
                Watch.UNHEARD,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Flaps.NONE,
                Watch.NEVER);
    }

    Peer member(Member now) {
        return new Peer(now, contact, said, segments, shared, speaker, paths, hearsay, flaps, watchedUntil);
    }

    Peer contact(Contact now) {
        return new Peer(member, now, said, segments, shared, speaker, paths, hearsay, flaps, watchedUntil);
    }

    Peer said(Heartbeat now) {
        return new Peer(
                member,
                contact,
                Optional.of(now),
                now.segments().isEmpty() ? segments : now.segments(),
                shared,
                speaker,
                paths,
                hearsay,
                flaps,
                watchedUntil);
    }

    /** Finds out again which segments we share. */
    Peer sharing(List<Segment> own) {
        TreeMap<String, Ip> found = new TreeMap<>();
        for (Segment mine : own) {
            for (Segment theirs : segments) {
                if (theirs.usable()) {
                    theirs.addressOn(mine).ifPresent(address -> found.putIfAbsent(mine.name(), address));
                }
            }
        }
        return new Peer(
                member,
                contact,
                said,
                segments,
                Collections.unmodifiableSortedMap(found),
                speaker,
                paths,
                hearsay,
                flaps,
                watchedUntil);
    }

    Peer segments(List<Segment> remembered) {
        return new Peer(member, contact, said, remembered, shared, speaker, paths, hearsay, flaps, watchedUntil);
    }

    Peer speaker(Watch now) {
        return now.equals(speaker)
                ? this
                : new Peer(member, contact, said, segments, shared, now, paths, hearsay, flaps, watchedUntil);
    }

    @Nullable
    Watch path(String name) {
        return paths.get(name);
    }

    Peer path(String name, Watch now) {
        if (now.equals(paths.get(name))) {
            return this;
        }
        TreeMap<String, Watch> next = new TreeMap<>(paths);
        next.put(name, now);
        return paths(next);
    }

    Peer paths(SortedMap<String, Watch> now) {
        return new Peer(
                member,
                contact,
                said,
                segments,
                shared,
                speaker,
                Collections.unmodifiableSortedMap(now),
                hearsay,
                flaps,
                watchedUntil);
    }

    Peer hearsay(String judge, Condition condition) {
        if (hearsay.getOrDefault(judge, Condition.ALIVE) == condition) {
            return this;
        }
        TreeMap<String, Condition> next = new TreeMap<>(hearsay);
        next.put(judge, condition);
        next.values().removeIf(Condition.ALIVE::equals);
        return hearsay(next);
    }

    Peer hearsay(SortedMap<String, Condition> now) {
        return new Peer(
                member,
                contact,
                said,
                segments,
                shared,
                speaker,
                paths,
                Collections.unmodifiableSortedMap(now),
                flaps,
                watchedUntil);
    }

    Peer flapped(long now) {
        return new Peer(
                member, contact, said, segments, shared, speaker, paths, hearsay, flaps.returned(now), watchedUntil);
    }

    Peer watchedUntil(long until) {
        return new Peer(member, contact, said, segments, shared, speaker, paths, hearsay, flaps, until);
    }

    boolean is(NodeState state) {
        return said.isPresent() && said.get().state() == state;
    }

    /** Whether it said of us that we are its monitor. */
    boolean countsOnUs() {
        return said.isPresent() && said.get().watch();
    }

    boolean heardEver() {
        return speaker.heardAt() != Watch.NEVER;
    }

    /** Whether one of its interfaces has this hardware address. */
    boolean has(Mac mac) {
        for (Segment segment : segments) {
            if (segment.mac().equals(mac)) {
                return true;
            }
        }
        return false;
    }

    /** Its own address on the segment of one of our interfaces. */
    Optional<Ip> sharedOn(String interfaceName) {
        return Optional.ofNullable(shared.get(interfaceName));
    }

    /** Whether it is not reached on some segment. */
    boolean anyPathGone() {
        for (Watch path : paths.values()) {
            if (path.health() == Health.GONE) {
                return true;
            }
        }
        return false;
    }

    /** Whether a verdict is being prepared. */
    boolean deciding() {
        for (Watch path : paths.values()) {
            if (path.deciding()) {
                return true;
            }
        }
        return speaker.deciding();
    }

    /**
     * How it is if we hear nothing bad ourselves.
     *
     * @param watched whether we watch it ourselves, and so need nobody to tell us
     */
    Condition byHearsay(boolean watched) {
        if (!watched && hearsay.containsValue(Condition.DEAD)) {
            return Condition.DEAD;
        }
        boolean away = !watched && hearsay.containsValue(Condition.AWAY);
        return away || is(NodeState.JOINING) ? Condition.AWAY : Condition.ALIVE;
    }
}
