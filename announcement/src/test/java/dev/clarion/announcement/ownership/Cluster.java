package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.Layer2Decision;
import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.ServiceView;
import dev.clarion.announcement.TrafficPolicy;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SegmentAddress;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.membership.Member;
import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.config.L2Advertisement;
import dev.clarion.config.Names;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import dev.clarion.net.Mac;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Some cores on a perfect network, one turn every five milliseconds. Silence is all that can be done to them. */
final class Cluster {
    static final long TURN = TimeUnit.MILLISECONDS.toNanos(5);

    private record Mail(String to, Event event) {}

    private final TreeMap<String, Ownership> cores = new TreeMap<>();
    private final TreeMap<String, NodeFacts> facts = new TreeMap<>();
    private final TreeMap<String, List<Segment>> segments = new TreeMap<>();
    private final TreeMap<ServiceKey, ServiceView> services = new TreeMap<>();
    private final ArrayDeque<Mail> mail = new ArrayDeque<>();
    private final Set<String> deadSpeakers = new HashSet<>();
    private final Set<String> deadKernels = new HashSet<>();
    private final Set<String> unreachable = new HashSet<>();
    private final Set<String> unheard = new HashSet<>();
    /** Nodes that do not hear the gateway. */
    final Set<String> withoutGateway = new HashSet<>();
    /** Whom a node does not know as a member, by that node. */
    private final TreeMap<String, Set<String>> unknown = new TreeMap<>();

    final TreeMap<String, List<Action>> did = new TreeMap<>();
    private L2Advertisement advertisement = new L2Advertisement("lan", List.of("lan"));
    private Settings settings = Settings.DEFAULT;
    private final Set<String> side = new HashSet<>();
    private boolean announcementsOnly;
    private long now;

    static Cluster of(String... names) {
        Cluster cluster = new Cluster();
        for (String name : names) {
            cluster.facts.put(name, new NodeFacts(name, false, false, false));
            cluster.segments.put(name, List.of(segment(name, "192.168.50.", "fd50::")));
        }
        return cluster;
    }

    static Segment segment(String name, String... networks) {
        int host = name.charAt(name.length() - 1);
        return new Segment(
                "eth1",
                Mac.of(host),
                true,
                Segment.Gateway.UNKNOWN,
                Arrays.stream(networks)
                        .map(network -> new SegmentAddress(
                                Ip.parse(network + (network.contains(":") ? Integer.toHexString(host) : host)),
                                network.contains(":") ? 64 : 24))
                        .toList());
    }

    private Mac mac(String name) {
        return segments.getOrDefault(name, List.of()).getFirst().mac();
    }

    /** Its heartbeats are lost on the way, and those of the others to it; all else goes through. */
    Cluster unheard(String name) {
        unheard.add(name);
        return this;
    }

    Cluster heard(String name) {
        unheard.remove(name);
        return this;
    }

    Cluster segments(String name, Segment... changed) {
        segments.put(name, List.of(changed));
        if (cores.containsKey(name)) {
            on(name, new Event.Interfaces(segments.getOrDefault(name, List.of())));
        }
        return this;
    }

    Cluster settings(Settings changed) {
        settings = changed;
        return this;
    }

    Cluster advertisement(L2Advertisement changed) {
        advertisement = changed;
        return this;
    }

    Cluster service(String name, String... addresses) {
        return put(name, TrafficPolicy.CLUSTER, new EndpointFacts(true, Set.of()), Optional.empty(), addresses);
    }

    /** One that is to be on another node than others of the group. */
    Cluster apart(String name, String group, String... addresses) {
        return put(name, TrafficPolicy.CLUSTER, new EndpointFacts(true, Set.of()), Optional.of(group), addresses);
    }

    Cluster local(String name, Set<String> endpoints, String... addresses) {
        return local(name, endpoints, Set.of(), addresses);
    }

    /** With endpoints of which some are terminating. */
    Cluster local(String name, Set<String> endpoints, Set<String> leaving, String... addresses) {
        EndpointFacts facts = new EndpointFacts(!endpoints.isEmpty(), endpoints, leaving);
        return put(name, TrafficPolicy.LOCAL, facts, Optional.empty(), addresses);
    }

    private Cluster put(
            String name, TrafficPolicy policy, EndpointFacts endpoints, Optional<String> apart, String... addresses) {
        ServiceKey key = new ServiceKey("default", name);
        services.put(
                key,
                new ServiceView(
                        key,
                        Optional.of(Names.LOAD_BALANCER_CLASS),
                        Arrays.stream(addresses).map(Ip::parse).toList(),
                        Optional.empty(),
                        policy,
                        endpoints,
                        Map.of(),
                        apart));
        return this;
    }

    Cluster facts(NodeFacts changed) {
        facts.put(changed.name(), changed);
        return this;
    }

    private NodeView view(String self) {
        Config config = new Config(
                List.of(new IpAddressPool(
                        "lan",
                        List.of(IpRange.parse("192.168.50.200-192.168.50.250"), IpRange.parse("fd50::200-fd50::250")),
                        true)),
                List.of(advertisement),
                List.of(),
                List.of());
        return new NodeView(self, config, List.copyOf(services.values()), facts, Map.of(), List.of());
    }

    /** Everybody sees what the API says now. */
    Cluster publish() {
        cores.keySet().forEach(name -> on(name, new Event.View(view(name))));
        return this;
    }

    Cluster start() {
        facts.keySet().forEach(this::start);
        return pass(2_000);
    }

    Cluster start(String name) {
        return start(name, Snapshot.NONE, 1);
    }

    Cluster start(String name, Snapshot snapshot, long incarnation) {
        deadSpeakers.remove(name);
        deadKernels.remove(name);
        cores.put(name, Ownership.start(name, new Session(name.hashCode(), incarnation), settings, snapshot, moment()));
        members(name);
        on(name, new Event.Interfaces(segments.getOrDefault(name, List.of())));
        on(name, new Event.View(view(name)));
        return this;
    }

    private void members(String name) {
        Set<String> not = unknown.getOrDefault(name, Set.of());
        on(
                name,
                new Event.Members(facts.keySet().stream()
                        .filter(node -> !not.contains(node))
                        .map(Cluster::member)
                        .toList()));
    }

    /** To one, others are no members, or all are. */
    Cluster unknown(String to, String... who) {
        unknown.put(to, Set.of(who));
        if (cores.containsKey(to)) {
            members(to);
        }
        return this;
    }

    private static Member member(String name) {
        return new Member(name, Ip.ofV4(0x0a000000 + name.charAt(name.length() - 1)));
    }

    Snapshot stop(String name, boolean clean) {
        Snapshot snapshot = core(name).snapshot(clean);
        cores.remove(name);
        deadSpeakers.add(name);
        return snapshot;
    }

    Cluster dies(String name) {
        stop(name, false);
        deadKernels.add(name);
        return this;
    }

    Ownership core(String name) {
        Ownership core = cores.get(name);
        if (core == null) {
            throw new AssertionError(name + " does not run");
        }
        return core;
    }

    private Moment moment() {
        return new Moment(now, 1_780_000_000_000L + TimeUnit.NANOSECONDS.toMillis(now));
    }

    Step on(String name, Event event) {
        Step step = core(name).on(moment(), event);
        cores.put(name, step.next());
        for (Action action : step.actions()) {
            did.computeIfAbsent(name, n -> new ArrayList<>()).add(action);
            act(name, action);
        }
        return step;
    }

    private void act(String name, Action action) {
        switch (action) {
            case Action.Send(String node, Ip to, Envelope envelope) -> {
                boolean segment =
                        !Ip.ofV4(0x0a000000 + node.charAt(node.length() - 1)).equals(to);
                boolean split = segment && side.contains(name) != side.contains(node);
                boolean lost = announcementsOnly || split || unheard.contains(name) || unheard.contains(node);
                if (!unreachable.contains(name) && !unreachable.contains(node) && !lost) {
                    mail.add(new Mail(node, new Event.Received(envelope, to)));
                }
            }
            case Action.ProbeKernel(var probe) -> {
                boolean passes = probe.interfaceName().isEmpty() || side.contains(name) == side.contains(probe.node());
                if (!deadKernels.contains(probe.node()) && !unreachable.contains(name) && passes) {
                    on(
                            name,
                            new Event.KernelAnswered(
                                    probe.node(), probe.interfaceName().orElse("")));
                }
            }
            case Action.ProbeOwner(String interfaceName, Ip address) -> {
                for (String other : List.copyOf(cores.keySet())) {
                    if (core(other).answers().own().values().stream().anyMatch(own -> own.contains(address))) {
                        on(name, new Event.OwnerAnswered(address, mac(other)));
                    }
                }
            }
            case Action.ProbeSegment(String interfaceName) -> {
                if (!unreachable.contains(name)) {
                    on(name, new Event.SegmentHeard(interfaceName));
                }
            }
            case Action.ProbeGateways(String interfaceName) -> {
                if (!withoutGateway.contains(name) && !unreachable.contains(name)) {
                    on(name, new Event.GatewayAnswered(interfaceName));
                }
            }
            case Action.Announce(var _, List<Ip> addresses, var _) -> {
                if (announcementsOnly) {
                    announced(name, addresses);
                }
            }
            case Action.Moving _,
                    Action.Committed _,
                    Action.KeepFlows _,
                    Action.Deliver _,
                    Action.Tell _,
                    Action.NotRecognised _,
                    Action.Lost _,
                    Action.Dropped _,
                    Action.Fenced _,
                    Action.Drained _ -> {}
        }
    }

    private void announced(String name, List<Ip> addresses) {
        Mac mac = segments.getOrDefault(name, List.of()).getFirst().mac();
        for (String other : cores.keySet()) {
            if (!other.equals(name)) {
                addresses.forEach(address -> mail.add(new Mail(other, new Event.AddressSeen(address, mac))));
            }
        }
    }

    /** These are on one side of the segment, and the others on the other. */
    Cluster splitSegment(String... names) {
        side.clear();
        side.addAll(List.of(names));
        return this;
    }

    /** From now on datagrams of speakers are lost, all of them, and ARP goes on. */
    Cluster announcementsOnly() {
        announcementsOnly = true;
        return this;
    }

    Cluster pass(long millis) {
        long until = now + TimeUnit.MILLISECONDS.toNanos(millis);
        while (now < until) {
            now += TURN;
            List<String> names = List.copyOf(cores.keySet());
            for (String name : names) {
                on(name, new Event.Tick());
            }
            deliver();
        }
        return this;
    }

    /** Its cables are down: nothing reaches it, nothing of it arrives, and it sees that itself. */
    Cluster cablesDown(String name) {
        deadKernels.add(name);
        unreachable.add(name);
        Segment up = segments.getOrDefault(name, List.of()).getFirst();
        return segments(name, new Segment(up.name(), up.mac(), false, up.gateway(), up.addresses()));
    }

    /** They are up, and some other host of the segment is heard; speakers are not yet. */
    Cluster cablesUp(String name) {
        Segment down = segments.getOrDefault(name, List.of()).getFirst();
        segments(name, new Segment(down.name(), down.mac(), true, down.gateway(), down.addresses()));
        on(name, new Event.SegmentHeard(down.name()));
        return this;
    }

    Cluster reachable(String name) {
        deadKernels.remove(name);
        unreachable.remove(name);
        return this;
    }

    /** The whole machine stands still, kernel and all, and does not notice. */
    Cluster standsStill(String name, long millis) {
        deadKernels.add(name);
        passWithout(name, millis);
        deadKernels.remove(name);
        return this;
    }

    private void deliver() {
        for (int i = mail.size(); i > 0; i--) {
            Mail next = mail.remove();
            if (cores.containsKey(next.to())) {
                on(next.to(), next.event());
            }
        }
    }

    /** What it says is not heard any more, nor does it hear; its kernel goes on. */
    Cluster hide(String name) {
        cores.remove(name);
        return this;
    }

    /** Nor does its kernel answer, for those who come later. */
    Cluster kernelSilent(String name) {
        deadKernels.add(name);
        return this;
    }

    Cluster show(String name, Ownership core) {
        cores.put(name, core);
        return this;
    }

    /** Time passes, and this one does not notice. */
    Cluster passWithout(String name, long millis) {
        Ownership frozen = core(name);
        cores.remove(name);
        pass(millis);
        cores.put(name, frozen);
        return this;
    }

    /** Who answers for the address with his own hardware address, or "nobody". */
    String owner(String address) {
        List<String> owners = cores.entrySet().stream()
                .filter(core -> core.getValue().answers().owns(Ip.parse(address)))
                .map(Map.Entry::getKey)
                .toList();
        if (owners.size() > 1) {
            throw new AssertionError(address + " is answered for by " + owners);
        }
        return owners.isEmpty() ? "nobody" : owners.getFirst();
    }

    /** Whether anybody answers for the address with his own hardware address: two do, for the moment of a hand-over. */
    boolean answered(String address) {
        return cores.values().stream().anyMatch(core -> core.answers().owns(Ip.parse(address)));
    }

    OwnershipRecord record(String name, String address) {
        OwnershipRecord record = core(name).records().get(Ip.parse(address));
        if (record == null) {
            throw new AssertionError(name + " knows no owner of " + address);
        }
        return record;
    }

    AnnouncementReason reason(String in, String node, String address) {
        Layer2Decision decision = core(in).decisions().get(Ip.parse(address));
        if (decision == null) {
            throw new AssertionError("nothing was decided about " + address);
        }
        return decision.reasons().getOrDefault(node, AnnouncementReason.NODE_UNKNOWN);
    }

    String anyBut(String... names) {
        List<String> not = List.of(names);
        return cores.keySet().stream()
                .filter(name -> !not.contains(name))
                .findFirst()
                .orElseThrow();
    }

    <A extends Action> List<A> did(String name, Class<A> kind) {
        return did.getOrDefault(name, List.of()).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    void forget() {
        did.clear();
    }
}
