package dev.clarion.announcement;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The whole desired state of this node's announcers, and why.
 *
 * @param layer2 addresses to answer for, by interface; an interface that could get some is present, if only with none,
 *     so that it is open before it is needed
 * @param bgp routes to announce, by the name of the peer and by prefix; every peer that this node is to have a session
 *     with is present, if only with no route, so that the session stands before the first route is needed
 * @param decisions the decision on every address, also on those that are not announced here
 */
public record Intent(
        SortedMap<String, SortedSet<Ip>> layer2,
        SortedMap<String, SortedMap<Prefix, BgpRoute>> bgp,
        SortedMap<Ip, AddressDecision> decisions) {}
