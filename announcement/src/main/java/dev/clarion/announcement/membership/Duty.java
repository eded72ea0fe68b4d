package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.Segment;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whom a node is to watch, and whom it may ask. */
record Duty(Outlook outlook) {
    /** The others that are there, as far as is known. */
    SortedSet<String> present() {
        TreeSet<String> present = new TreeSet<>();
        outlook.peers.keySet().forEach(node -> {
            Condition condition = outlook.condition(node);
            if (condition != Condition.DEAD && condition != Condition.LEFT) {
                present.add(node);
            }
        });
        return present;
    }

    /** Whether this node watches another. */
    boolean watches(Peer peer, long now) {
        return outlook.circle.watched().contains(peer.member().node())
                || peer.countsOnUs()
                || now < peer.watchedUntil()
                || peer.speaker().health() != Health.FINE;
    }

    /** Those to be asked about a node: its other monitors, as far as they are there. */
    List<String> askable(String suspect, long now) {
        SortedSet<String> present = present();
        present.add(outlook.self);
        present.remove(suspect);
        return Monitors.of(suspect, present, outlook.monitorCount + 1).stream()
                .filter(node -> !node.equals(outlook.self))
                .filter(node -> {
                    Peer peer = outlook.peers.get(node);
                    return peer != null
                            && peer.speaker().health() == Health.FINE
                            && (!watches(peer, now) || now - peer.speaker().heardAt() < outlook.profile.suspectAfter());
                })
                .toList();
    }

    /** Those of them that were heard lately on one of our interfaces. */
    List<String> askable(String suspect, String interfaceName, long now) {
        return askable(suspect, now).stream()
                .filter(node -> {
                    Peer peer = outlook.peers.get(node);
                    Watch path = peer == null ? null : peer.path(interfaceName);
                    return path != null && now - path.heardAt() < outlook.profile.suspectAfter();
                })
                .toList();
    }

    /** Our interfaces on which nobody was seen for a while. */
    List<String> lonely(long now) {
        return outlook.interfaces().stream()
                .filter(Segment::usable)
                .map(Segment::name)
                .filter(name -> now - outlook.evidence.lastOf(name) > outlook.profile.interval())
                .toList();
    }
}
