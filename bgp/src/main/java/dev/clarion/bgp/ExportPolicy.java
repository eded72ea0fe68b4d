package dev.clarion.bgp;

import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Optional;
import java.util.Set;

/**
 * What makes announcements of routes, all of it: peers with equal policies get the same announcements.
 *
 * @param families whose routes are announced
 * @param context how UPDATEs are written
 * @param localAs our AS number as the peers see it
 * @param onlyToCustomer whether the routes are marked as for the peers' customers only (RFC 9234)
 * @param ipv4 the next hop of IPv4 routes that ask for none; an IPv6 one where that is agreed on
 * @param ipv6 the next hop of IPv6 routes that ask for none
 * @param extendedNextHop whether IPv4 routes may ask for IPv6 next hops
 * @param leaving whether the routes are to be the last resort (RFC 8326)
 * @param forbidden a next hop that routes ask for and must not have, since it is the peer's own address
 */
record ExportPolicy(
        Set<IpFamily> families,
        WireContext context,
        long localAs,
        boolean onlyToCustomer,
        Optional<Hop> ipv4,
        Optional<Hop> ipv6,
        boolean extendedNextHop,
        boolean leaving,
        Optional<Ip> forbidden) {

    /** The policy of a session, given what the owner says of next hops, and the routes. */
    static ExportPolicy of(SessionFacts facts, NextHops chosen, boolean leaving, Set<Route> routes) {
        Optional<Hop> ipv6 = ipv6(facts, chosen);
        // A speaker that peers with itself, over loopback, may of course announce its own address.
        Optional<Ip> forbidden = Optional.of(facts.peer())
                .filter(peer -> !peer.equals(facts.local()))
                .filter(peer ->
                        routes.stream().anyMatch(route -> route.nextHop().equals(Optional.of(peer))));
        return new ExportPolicy(
                facts.families(),
                facts.context(),
                facts.localAs(),
                facts.onlyToCustomer(),
                ipv4(facts, chosen, ipv6),
                ipv6,
                facts.extendedNextHop(),
                leaving,
                forbidden);
    }

    Optional<Hop> nextHop(IpFamily family) {
        return switch (family) {
            case IPV4 -> ipv4;
            case IPV6 -> ipv6;
        };
    }

    private static Optional<Hop> ipv4(SessionFacts facts, NextHops chosen, Optional<Hop> ipv6) {
        if (chosen.ipv4().isPresent()) {
            return chosen.ipv4().map(Hop::of);
        }
        return switch (facts.local().family()) {
            case IPV4 -> Optional.of(Hop.of(facts.local()));
            // Whoever agreed on RFC 8950 did so because the segment has no use for IPv4 addresses.
            case IPV6 ->
                facts.extendedNextHop() ? ipv6 : facts.segment().global().ipv4().map(Hop::of);
        };
    }

    private static Optional<Hop> ipv6(SessionFacts facts, NextHops chosen) {
        Ip local = facts.local();
        if (local.family() == IpFamily.IPV6 && local.isLinkLocal()) {
            // On a segment without addresses the link-local one stands in for the global one too.
            Ip global = chosen.ipv6().or(facts.segment().global()::ipv6).orElse(local);
            return Optional.of(new Hop(global, Optional.of(local)));
        }
        if (chosen.ipv6().isPresent()) {
            return chosen.ipv6().map(Hop::of);
        }
        Optional<Ip> global = local.family() == IpFamily.IPV6
                ? Optional.of(local)
                : facts.segment().global().ipv6();
        return global.map(address -> new Hop(address, facts.segment().linkLocal()));
    }
}
