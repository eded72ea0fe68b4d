package dev.clarion.announcement;

import dev.clarion.config.BgpAdvertisement;
import dev.clarion.config.BgpPeer;
import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.config.L2Advertisement;
import dev.clarion.config.Names;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A cluster for scenarios: pools lan (layer 2) and routed (BGP), nodes with an interface eth1 in the lan. */
final class World {
    static final Prefix LAN = Prefix.parse("192.168.50.0/24");
    static final Prefix LAN6 = Prefix.parse("fd50::/64");

    private Config config = new Config(
            List.of(
                    pool("lan", "192.168.50.200-192.168.50.219", "fd50::200-fd50::219"),
                    pool("routed", "203.0.113.0/24", "2001:db8:113::/120")),
            List.of(new L2Advertisement("lan", List.of("lan"))),
            List.of(peer("router-v4", "192.168.50.254"), peer("router-v6", "fd50::254")),
            List.of(new BgpAdvertisement("routed", List.of("routed"), List.of())));
    private final Map<ServiceKey, ServiceView> services = new TreeMap<>();
    private final Map<String, NodeFacts> nodes = new TreeMap<>();
    private final Map<String, SpeakerFacts> speakers = new TreeMap<>();
    private final Set<Ip> unready = new HashSet<>();

    static World ofNodes(String... names) {
        World world = new World();
        Arrays.stream(names).forEach(world::node);
        return world;
    }

    static IpAddressPool pool(String name, String... ranges) {
        return new IpAddressPool(name, Arrays.stream(ranges).map(IpRange::parse).toList(), true);
    }

    static BgpPeer peer(String name, String address) {
        return new BgpPeer(name, 64513, 64512, Ip.parse(address), Duration.ofSeconds(90));
    }

    World node(String name) {
        nodes.put(name, new NodeFacts(name, false, false, false));
        return segments(name, LAN, LAN6);
    }

    World node(String name, UnaryOperator<NodeFacts> change) {
        nodes.put(name, change.apply(nodes.getOrDefault(name, new NodeFacts(name, false, false, false))));
        return this;
    }

    World segments(String name, Prefix... segments) {
        speakers.put(name, new SpeakerFacts(List.of(segments)));
        return this;
    }

    World cordon(String name) {
        return node(name, facts -> new NodeFacts(name, facts.excluded(), facts.networkUnavailable(), true));
    }

    World speakerDies(String name) {
        speakers.remove(name);
        return this;
    }

    World nodeGone(String name) {
        nodes.remove(name);
        return speakerDies(name);
    }

    World config(UnaryOperator<Config> change) {
        config = change.apply(config);
        return this;
    }

    World service(String name, String... addresses) {
        return service(name, TrafficPolicy.CLUSTER, Set.of("elsewhere"), addresses);
    }

    World local(String name, Set<String> endpointNodes, String... addresses) {
        return service(name, TrafficPolicy.LOCAL, endpointNodes, addresses);
    }

    World service(String name, TrafficPolicy policy, Set<String> endpointNodes, String... addresses) {
        ServiceKey key = new ServiceKey("default", name);
        services.put(
                key,
                new ServiceView(
                        key,
                        Optional.of(Names.LOAD_BALANCER_CLASS),
                        Arrays.stream(addresses).map(Ip::parse).toList(),
                        Optional.empty(),
                        policy,
                        new EndpointFacts(!endpointNodes.isEmpty(), endpointNodes)));
        return this;
    }

    /** One of policy Local with so many endpoints on each node that are there to stay; on nodes with 0, one that is not. */
    World endpoints(String name, Map<String, Integer> counts, String... addresses) {
        local(name, counts.keySet(), addresses);
        Map<String, Integer> staying = new TreeMap<>(counts);
        staying.values().removeIf(count -> count == 0);
        Set<String> leaving = new HashSet<>(counts.keySet());
        leaving.removeAll(staying.keySet());
        return change(
                name,
                s -> new ServiceView(
                        s.key(),
                        s.loadBalancerClass(),
                        s.addresses(),
                        s.allocatedFrom(),
                        s.trafficPolicy(),
                        new EndpointFacts(true, counts.keySet(), leaving, staying)));
    }

    World change(String name, UnaryOperator<ServiceView> change) {
        services.computeIfPresent(new ServiceKey("default", name), (key, service) -> change.apply(service));
        return this;
    }

    World labels(String name, Map<String, String> labels) {
        return change(
                name,
                s -> new ServiceView(
                        s.key(),
                        s.loadBalancerClass(),
                        s.addresses(),
                        s.allocatedFrom(),
                        s.trafficPolicy(),
                        s.endpoints(),
                        labels));
    }

    /** No node's kernel has a rule for these. */
    World unready(String... addresses) {
        Arrays.stream(addresses).map(Ip::parse).forEach(unready::add);
        return this;
    }

    World withClass(String name, String loadBalancerClass) {
        return change(
                name,
                s -> new ServiceView(
                        s.key(),
                        Optional.of(loadBalancerClass),
                        s.addresses(),
                        s.allocatedFrom(),
                        s.trafficPolicy(),
                        s.endpoints()));
    }

    World withoutClass(String name) {
        return change(
                name,
                s -> new ServiceView(
                        s.key(), Optional.empty(), s.addresses(), s.allocatedFrom(), s.trafficPolicy(), s.endpoints()));
    }

    World allocatedFrom(String name, String pool) {
        return change(
                name,
                s -> new ServiceView(
                        s.key(),
                        s.loadBalancerClass(),
                        s.addresses(),
                        Optional.of(pool),
                        s.trafficPolicy(),
                        s.endpoints()));
    }

    List<String> liveNodes() {
        return List.copyOf(speakers.keySet());
    }

    NodeView viewOf(String self) {
        return viewOf(self, List.copyOf(services.values()));
    }

    /** The same knowledge, with everything that has no order in another order. */
    NodeView shuffledViewOf(String self, SplittableRandom random) {
        List<ServiceView> shuffled = new ArrayList<>();
        services.values().forEach(s -> {
            List<Ip> addresses = new ArrayList<>(s.addresses());
            Collections.shuffle(addresses, random);
            shuffled.add(new ServiceView(
                    s.key(), s.loadBalancerClass(), addresses, s.allocatedFrom(), s.trafficPolicy(), s.endpoints()));
        });
        Collections.shuffle(shuffled, random);
        return viewOf(self, shuffled);
    }

    private NodeView viewOf(String self, List<ServiceView> listed) {
        List<Prefix> own =
                speakers.getOrDefault(self, new SpeakerFacts(List.of())).segments();
        return new NodeView(self, config, listed, nodes, speakers, List.of(new LinkFacts("eth1", own, true)), unready);
    }

    Intent decide(String self) {
        return Announcement.decide(viewOf(self));
    }

    /** What the node would decide about the address. */
    AddressDecision decision(String self, String address) {
        AddressDecision decision = decide(self).decisions().get(Ip.parse(address));
        if (decision == null) {
            throw new AssertionError("nothing was decided about " + address);
        }
        return decision;
    }

    /** Who owns the address at layer 2 in the eyes of the first node, or "nobody". */
    String owner(String address) {
        String self = nodes.keySet().iterator().next();
        return decision(self, address).owner().orElse("nobody");
    }

    AnnouncementReason layer2(String node, String address) {
        return decision(node, address).layer2().getOrDefault(node, AnnouncementReason.NODE_UNKNOWN);
    }

    AnnouncementReason bgp(String node, String address) {
        return decision(node, address).bgp().getOrDefault(node, AnnouncementReason.NODE_UNKNOWN);
    }
}
