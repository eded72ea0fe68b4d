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
 * @param bgp routes to announce, by the name of the peer; every configured peer is present, if only with no route,
 *     so that its session stands before the first route is needed
 * @param decisions the decision on every address, also on those that are not announced here
 */
public record Intent(
        SortedMap<String, SortedSet<Ip>> layer2,
        SortedMap<String, SortedSet<Prefix>> bgp,
        SortedMap<Ip, AddressDecision> decisions) {}
