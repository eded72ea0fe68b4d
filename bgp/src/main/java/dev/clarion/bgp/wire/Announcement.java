package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is said about routes beside their prefixes: routes with equal announcements share messages.
 *
 * @param family the routes' family
 * @param nextHop where their traffic goes; an IPv4 route has an IPv6 one only where RFC 8950 is agreed on
 * @param linkLocal the link-local address that goes with an IPv6 next hop on a shared segment (RFC 2545 section 3)
 * @param attributes all else in ascending order of type; with NEXT_HOP where the prefixes go into the message's own field,
 *     and never with MP_REACH
 */
public record Announcement(Family family, Ip nextHop, Optional<Ip> linkLocal, List<Attribute> attributes) {
    /** Takes the attributes in any order, and adds NEXT_HOP where it belongs. */
    public Announcement {
        List<Attribute> all = new ArrayList<>(attributes);
        if (inFields(family, nextHop) && all.stream().noneMatch(NextHop.class::isInstance)) {
            all.add(new NextHop(nextHop));
        }
        all.sort(Comparator.comparingInt(Attribute::type));
        attributes = List.copyOf(all);
    }

    /** An UPDATE with these prefixes, whether or not it is too long. */
    public Update update(List<Prefix> prefixes) {
        if (inFields(family, nextHop)) {
            return new Update(List.of(), attributes, prefixes);
        }
        List<Attribute> all = new ArrayList<>(attributes.size() + 1);
        // First of all, so that a receiver finds it even if the rest is broken (RFC 7606 section 5.1).
        all.add(new MpReach(family, nextHop, linkLocal, prefixes));
        all.addAll(attributes);
        return new Update(List.of(), all, List.of());
    }

    /** Whether the prefixes go into the message's own field, as IPv4 did before there were other families. */
    private static boolean inFields(Family family, Ip nextHop) {
        return family.equals(Family.IPV4_UNICAST) && nextHop.family() == IpFamily.IPV4;
    }
}
