package dev.clarion.announcement;

import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What was decided about one address, for every node, with the facts that the reasons refer to.
 *
 * @param address the address
 * @param services the Services that have it, sorted; more than one when they share it
 * @param pool the pool whose advertisements apply
 * @param owner the node that was elected to answer for it at layer 2; empty when none can or may
 * @param interfaces this node's interfaces that announce it; empty unless this node is the owner
 * @param peers the BGP peers that this node announces it to
 * @param layer2 for each node why it does or does not announce it at layer 2
 * @param bgp for each node why it does or does not announce it by BGP
 */
public record AddressDecision(
        Ip address,
        List<ServiceKey> services,
        Optional<String> pool,
        Optional<String> owner,
        SortedSet<String> interfaces,
        SortedSet<String> peers,
        SortedMap<String, AnnouncementReason> layer2,
        SortedMap<String, AnnouncementReason> bgp) {}
