package dev.clarion.announcement;

import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import dev.clarion.net.Prefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The speaker's decision: from what a node sees to what it announces, and why. Pure, and independent of time: who
 * counts as alive is settled beforehand by {@link Membership}. The same function explains.
 */
public final class Announcement {
    private Announcement() {}

    /**
     * Decides on every address of every Service in the view, without heartbeats. The order of anything in the view does
     * not matter.
     */
    public static Intent decide(NodeView view) {
        Nodes nodes = new Nodes(view);
        SortedMap<Ip, AddressEntry> entries = AddressEntry.collect(view);
        Layer2Election election = new Layer2Election(view, nodes);
        Map<Ip, Layer2Decision> elected = new HashMap<>();
        for (List<AddressEntry> group : AddressGroups.of(entries)) {
            election.elect(group)
                    .forEach((address, result) -> elected.put(
                            address,
                            new Layer2Decision(
                                    result.owner(), interfaces(view, address, result.owner()), result.reasons())));
        }
        return decide(view, entries, nodes, elected);
    }

    /**
     * Decides on BGP, and joins it with what was decided on layer 2.
     *
     * @param layer2 by address; what is missing is left out
     */
    public static Intent decide(NodeView view, Map<Ip, Layer2Decision> layer2) {
        return decide(view, AddressEntry.collect(view), new Nodes(view), layer2);
    }

    private static Intent decide(
            NodeView view, SortedMap<Ip, AddressEntry> entries, Nodes nodes, Map<Ip, Layer2Decision> elected) {
        BgpSelection selection = new BgpSelection(view, nodes);
        SortedMap<String, SortedMap<Prefix, BgpRoute>> routes = new TreeMap<>();
        BgpSelection.peers(view, view.self()).forEach(peer -> routes.put(peer.name(), new TreeMap<>()));
        SortedMap<Ip, AddressDecision> decisions = new TreeMap<>();
        entries.forEach((address, entry) -> {
            Layer2Decision layer2 = elected.get(address);
            if (layer2 != null) {
                BgpSelection.Result bgp = selection.select(entry);
                bgp.routes()
                        .forEach((peer, ofAddress) ->
                                ofAddress.forEach((prefix, route) -> routes.computeIfAbsent(peer, p -> new TreeMap<>())
                                        .merge(prefix, route, BgpRoute::and)));
                decisions.put(address, decision(view, entry, layer2, bgp));
            }
        });
        return intent(view, decisions, routes);
    }

    private static AddressDecision decision(
            NodeView view, AddressEntry entry, Layer2Decision layer2, BgpSelection.Result bgp) {
        boolean announces = bgp.reasons().get(view.self()) == AnnouncementReason.ANNOUNCED;
        return new AddressDecision(
                entry.address(),
                entry.serviceKeys(),
                entry.pool(),
                layer2.owner(),
                layer2.interfaces(),
                announces ? new TreeSet<>(bgp.routes().keySet()) : new TreeSet<>(),
                layer2.reasons(),
                bgp.reasons());
    }

    private static SortedSet<String> interfaces(NodeView view, Ip address, Optional<String> owner) {
        SortedSet<String> interfaces = new TreeSet<>();
        if (owner.filter(view.self()::equals).isPresent()) {
            view.links().stream()
                    .filter(LinkFacts::usable)
                    .filter(link -> link.networks().stream().anyMatch(network -> network.contains(address)))
                    .forEach(link -> interfaces.add(link.name()));
        }
        return interfaces;
    }

    /** Interfaces in whose networks an address of a pool announced at layer 2 could appear. */
    private static List<String> warmInterfaces(NodeView view) {
        List<IpRange> announced = view.config().ipAddressPools().stream()
                .filter(pool -> view.config().l2Advertisements().stream().anyMatch(l2 -> l2.selects(pool)))
                .flatMap(pool -> pool.ranges().stream())
                .toList();
        return view.links().stream()
                .filter(LinkFacts::usable)
                .filter(link -> link.networks().stream()
                        .anyMatch(network -> announced.stream().anyMatch(range -> overlap(network, range))))
                .map(LinkFacts::name)
                .toList();
    }

    private static boolean overlap(Prefix network, IpRange range) {
        return network.contains(range.first()) || range.contains(network.first());
    }

    private static Intent intent(
            NodeView view,
            SortedMap<Ip, AddressDecision> decisions,
            SortedMap<String, SortedMap<Prefix, BgpRoute>> routes) {
        SortedMap<String, SortedSet<Ip>> layer2 = new TreeMap<>();
        warmInterfaces(view).forEach(name -> layer2.put(name, new TreeSet<>()));
        decisions.values().forEach(decision -> {
            decision.interfaces()
                    .forEach(name ->
                            layer2.computeIfAbsent(name, n -> new TreeSet<>()).add(decision.address()));
        });
        return new Intent(layer2, routes, decisions);
    }
}
