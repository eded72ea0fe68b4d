package dev.clarion.speaker.flows;

import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SegmentAddress;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be known of the network.
 *
 * @param segments this node's own
 * @param services the addresses of Services
 * @param dead addresses of nodes whose kernels are known to be gone
 */
public record Surroundings(List<Segment> segments, Set<Ip> services, Set<Ip> dead) {
    /** Before anything is known. */
    public static final Surroundings NOTHING = new Surroundings(List.of(), Set.of(), Set.of());

    /** Takes copies. */
    public Surroundings {
        segments = List.copyOf(segments);
        services = Set.copyOf(services);
        dead = Set.copyOf(dead);
    }

    /** Where an address is, and this node's own address in its network: to that others send what belongs to it. */
    Optional<Place> place(Ip address) {
        for (Segment segment : segments) {
            if (segment.usable()) {
                for (SegmentAddress own : segment.addresses()) {
                    if (own.network().contains(address)) {
                        return Optional.of(new Place(segment, own.address()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    boolean own(Ip address) {
        return segments.stream()
                .flatMap(segment -> segment.addresses().stream())
                .anyMatch(own -> own.address().equals(address));
    }

    /**
     * A place on a segment.
     *
     * @param segment which one
     * @param own this node's address there
     */
    record Place(Segment segment, Ip own) {}
}
