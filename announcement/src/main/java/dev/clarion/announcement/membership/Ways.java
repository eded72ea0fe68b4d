package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By which of our interfaces what is reached.
 *
 * @param own our interfaces
 */
record Ways(List<Segment> own) {
    Ways {
        own = List.copyOf(own);
    }

    /** The first of our usable interfaces whose network holds the address. */
    Optional<String> interfaceOf(Ip address) {
        for (Segment segment : own) {
            if (segment.usable() && segment.holds(address)) {
                return Optional.of(segment.name());
            }
        }
        return Optional.empty();
    }

    /** The interface that has the address itself. */
    Optional<Segment> interfaceAt(Ip address) {
        return own.stream()
                .filter(segment -> segment.addresses().stream()
                        .anyMatch(there -> there.address().equals(address)))
                .findFirst();
    }

    /** The addresses by which a peer is to be told something: the node's, and its own ones on segments we share. */
    List<Ip> to(Peer peer) {
        List<Ip> ways = new ArrayList<>();
        ways.add(peer.member().address());
        for (Segment segment : own) {
            peer.sharedOn(segment.name()).ifPresent(address -> {
                if (segment.usable() && !segment.holds(peer.member().address()) && !ways.contains(address)) {
                    ways.add(address);
                }
            });
        }
        return ways;
    }

    /** The address by which a peer is answered what came to that address of ours. */
    Ip back(Peer peer, Ip at) {
        return interfaceAt(at)
                .flatMap(segment -> peer.sharedOn(segment.name()))
                .filter(way -> to(peer).contains(way))
                .orElse(peer.member().address());
    }

    /** The hardware address that a node with these interfaces has on the segment of an address. */
    static Optional<Mac> macOn(List<Segment> segments, Ip address) {
        return segments.stream()
                .filter(segment -> segment.holds(address))
                .map(Segment::mac)
                .findFirst();
    }
}
