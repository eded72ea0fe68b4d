package dev.clarion.bgp.interop;

import dev.clarion.net.Ip;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a row wants of both ends of its two sessions, one over IPv4 and one over IPv6.
 *
 * @param ourAs our AS number
 * @param routerAs the router's AS number
 * @param holdSeconds the hold time that both offer; keepalives come at a third of it
 * @param password the MD5 key of both sessions
 * @param features what else
 */
record Terms(long ourAs, long routerAs, int holdSeconds, Optional<String> password, Set<Feature> features) {
    /** What is off unless a row asks for it. */
    enum Feature {
        /** The router waits to be dialled. */
        ROUTER_PASSIVE,
        /** The router has no four-octet AS capability. */
        TWO_OCTET_ROUTER,
        /** Both ends send TTL 255 and take nothing less (RFC 5082). */
        TTL_SECURITY,
        /** The IPv6 session carries IPv4 routes too, with IPv6 next hops (RFC 8950). */
        IPV4_OVER_IPV6,
        /** The router keeps our routes while we restart (RFC 4724), and we ask for it. */
        GRACEFUL_RESTART,
        /** The router is a customer, and takes nobody who does not say to be a provider. */
        ROUTER_IS_CUSTOMER,
        /** We say to be a provider. */
        WE_ARE_PROVIDER,
        /** We say to be a peer. */
        WE_ARE_PEER,
        /** Both ends watch each other by BFD. */
        BFD
    }

    /** Both ends of one session, as the router's configuration has them. */
    record Neighbour(String name, Ip router, Ip us) {}

    static final Neighbour V4 = new Neighbour("v4", Segment.ROUTER_V4, Segment.OURS_V4);
    static final Neighbour V6 = new Neighbour("v6", Segment.ROUTER_V6, Segment.OURS_V6);

    /** Nothing special. The hold time lets a busy machine breathe; rows that wait for it take less. */
    static final Terms PLAIN = new Terms(64_513, 64_512, 9, Optional.empty(), Set.of());

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    Terms with(Feature feature) {
        EnumSet<Feature> more = EnumSet.of(feature);
        more.addAll(features);
        return new Terms(ourAs, routerAs, holdSeconds, password, more);
    }

    Terms withAs(long ours, long routers) {
        return new Terms(ours, routers, holdSeconds, password, features);
    }

    Terms withHold(int seconds) {
        return new Terms(ourAs, routerAs, seconds, password, features);
    }

    Terms withPassword(String key) {
        return new Terms(ourAs, routerAs, holdSeconds, Optional.of(key), features);
    }
}
