package dev.clarion.simulation.speakers;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.ServiceView;
import dev.clarion.announcement.TrafficPolicy;
import dev.clarion.announcement.heartbeat.Datagrams;
import dev.clarion.announcement.heartbeat.Decoded;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.KeyRing;
import dev.clarion.announcement.heartbeat.NoMember;
import dev.clarion.announcement.membership.Member;
import dev.clarion.announcement.membership.Probe;
import dev.clarion.announcement.ownership.Event;
import dev.clarion.announcement.ownership.Settings;
import dev.clarion.announcement.ownership.Step;
import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.config.L2Advertisement;
import dev.clarion.config.Names;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import dev.clarion.net.Mac;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The clock, the networks, the API, and all nodes. Everything that happens is an entry of one queue. */
final class SpeakerWorld {
    static final byte[] SECRET = "a key that all speakers here know".getBytes(StandardCharsets.US_ASCII);

    private record Planned(long at, long order, Runnable what) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final SplittableRandom chance;
    private final SpeakerTally tally;
    private final Set<Breach> breaches;
    private final Settings settings;
    private final Wires wires;
    private final Rules rules;
    private final Traffic traffic = new Traffic();
    private final KeyRing keys;
    private final Newer newer = new Newer();
    private final PriorityQueue<Planned> queue = new PriorityQueue<>();
    private final TreeMap<String, SimulatedSpeaker> nodes = new TreeMap<>();
    private final Map<Ip, SimulatedSpeaker> byAddress = new TreeMap<>();
    private final TreeMap<String, NodeFacts> facts = new TreeMap<>();
    private final TreeMap<ServiceKey, ServiceView> services = new TreeMap<>();
    private final List<Member> members = new ArrayList<>();
    private final Config config;
    private long now;
    private long order;
    private boolean apiAway;
    private long changedAt;
    private boolean shaken;
    private long sent;
    private int allowed;
    private Observer observer = (speaker, event, step) -> {};

    SpeakerWorld(int count, Settings settings, SplittableRandom chance, Set<Breach> breaches, SpeakerTally tally) {
        this.chance = chance;
        this.tally = tally;
        this.breaches = breaches;
        this.settings = settings;
        this.wires = new Wires(chance, tally);
        this.rules = new Rules(this, tally);
        try {
            keys = KeyRing.of(List.of(SECRET));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        config = new Config(
                List.of(new IpAddressPool(
                        "lan",
                        List.of(
                                IpRange.parse("192.168.100.0-192.168.120.255"),
                                IpRange.parse("fd50::1:0-fd50::1:ffff")),
                        true)),
                List.of(new L2Advertisement("lan", List.of("lan"))),
                List.of(),
                List.of());
        for (int i = 0; i < count; i++) {
            SimulatedSpeaker node = new SimulatedSpeaker(this, i);
            nodes.put(node.name, node);
            byAddress.put(node.nodeAddress, node);
            facts.put(node.name, new NodeFacts(node.name, false, false, false));
            members.add(new Member(node.name, node.nodeAddress));
        }
    }

    static Ip address(int i) {
        return Ip.ofV4(0xc0a86400 + i);
    }

    static Ip address6(int i) {
        return Ip.ofV6(0xfd50_0000_0000_0000L, 0x10000L + i);
    }

    /** A Service on any node. */
    void service(int i, boolean dual) {
        put(i, dual, TrafficPolicy.CLUSTER, new EndpointFacts(true, Set.of()));
    }

    /** A Service that only nodes with endpoints may serve. */
    void local(int i, Set<String> endpoints) {
        put(i, false, TrafficPolicy.LOCAL, new EndpointFacts(!endpoints.isEmpty(), endpoints));
    }

    private void put(int i, boolean dual, TrafficPolicy policy, EndpointFacts endpoints) {
        ServiceKey key = new ServiceKey("default", "svc-%04d".formatted(i));
        services.put(
                key,
                new ServiceView(
                        key,
                        Optional.of(Names.LOAD_BALANCER_CLASS),
                        dual ? List.of(address(i), address6(i)) : List.of(address(i)),
                        Optional.empty(),
                        policy,
                        endpoints));
        allowed = Traffic.allowed(nodes.size(), addresses().size());
    }

    void facts(NodeFacts changed) {
        facts.put(changed.name(), changed);
    }

    /** Sees each step. */
    interface Observer {
        void stepped(SimulatedSpeaker speaker, Event event, Step step);
    }

    /** The nodes learn of what changed in the API, each when it does. */
    void publish() {
        touch();
        for (SimulatedSpeaker node : nodes.values()) {
            at(now + TimeUnit.MILLISECONDS.toNanos(5 + chance.nextInt(300)), () -> {
                if (!apiAway && node.running()) {
                    node.show(view(node.name));
                }
            });
        }
    }

    NodeView view(String self) {
        return new NodeView(self, config, List.copyOf(services.values()), facts, Map.of(), List.of());
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /** A node is a member, or none any more; the others learn of it within so many milliseconds. */
    void member(SimulatedSpeaker node, boolean present, int within) {
        Member member = new Member(node.name, node.nodeAddress);
        members.remove(member);
        if (present) {
            members.add(member);
        }
        publishMembers(within);
    }

    private void publishMembers(int within) {
        touch();
        for (SimulatedSpeaker node : nodes.values()) {
            in(5 + chance.nextInt(within), () -> {
                if (!apiAway && node.running()) {
                    node.members(members());
                    touch();
                }
            });
        }
    }

    NavigableMap<String, SimulatedSpeaker> nodes() {
        return nodes;
    }

    SimulatedSpeaker node(String name) {
        SimulatedSpeaker node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException(name);
        }
        return node;
    }

    Wires wires() {
        return wires;
    }

    /** Somebody wants to see each step, to find out what went wrong. */
    void observe(Observer other) {
        observer = other;
    }

    void stepped(SimulatedSpeaker speaker, Event event, Step step) {
        traffic.note(speaker.name, event, step, now, allowed).ifPresent(rules::fail);
        observer.stepped(speaker, event, step);
    }

    /** The most datagrams that any node sent within a second. */
    int mostTraffic() {
        return traffic.most();
    }

    Rules rules() {
        return rules;
    }

    Settings settings() {
        return settings;
    }

    boolean breach(Breach breach) {
        return breaches.contains(breach);
    }

    boolean apiAway() {
        return apiAway;
    }

    void apiAway(boolean away) {
        apiAway = away;
        if (!away) {
            publish();
            publishMembers(300);
        }
    }

    long now() {
        return now;
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(now);
    }

    long unixMillis() {
        return 1_780_000_000_000L + millis();
    }

    /** Something changed: what is expected of the world is expected only some time after. */
    void touch() {
        changedAt = now;
    }

    /** Since when nothing has changed. */
    long changedAt() {
        return changedAt;
    }

    /** Datagrams are being lost, so what depends on one of them may take longer. */
    boolean shaken() {
        return shaken;
    }

    void shaken(boolean lossy) {
        shaken = lossy;
    }

    void at(long when, Runnable what) {
        order++;
        queue.add(new Planned(Math.max(when, now), order, what));
    }

    void in(long millis, Runnable what) {
        at(now + TimeUnit.MILLISECONDS.toNanos(millis), what);
    }

    /** Lets time pass; ends early if a rule is broken. */
    void run(long millis) {
        long until = now + TimeUnit.MILLISECONDS.toNanos(millis);
        while (rules.broken().isEmpty()) {
            Planned next = queue.peek();
            if (next == null || next.at() > until) {
                break;
            }
            queue.remove();
            now = next.at();
            tally.step();
            next.what().run();
        }
        now = Math.max(now, until);
    }

    void send(SimulatedSpeaker from, String node, Ip to, Envelope envelope) {
        sent++;
        if (envelope.message() instanceof NoMember && breach(Breach.STRANGERS_IGNORED)) {
            return;
        }
        byte[] datagram = Datagrams.encode(envelope, keys);
        if (datagram.length > Datagrams.MAX_LENGTH) {
            rules.fail("a datagram of " + datagram.length + " bytes: " + envelope);
        }
        if (from.newer) {
            tally.add(Trouble.NEWER_VERSION);
            datagram = newer.more(datagram);
            if (chance.nextInt(50) == 0) {
                carry(from, node, to, newer.unknownKind(datagram));
            }
        }
        carry(from, node, to, datagram);
    }

    /** How many datagrams were sent. */
    long sent() {
        return sent;
    }

    private void carry(SimulatedSpeaker from, String node, Ip to, byte[] datagram) {
        SimulatedSpeaker target = node(node);
        Wires.Net net = target.nodeAddress.equals(to) ? Wires.Net.NODES : Wires.Net.SEGMENT;
        boolean passes = wires.open(from.name, node, net) && !wires.blocked(from.name) && !wires.blocked(node);
        if (!passes || wires.lost()) {
            return;
        }
        for (int copies = wires.twice() ? 2 : 1; copies > 0; copies--) {
            at(now + wires.latency(), () -> arrive(target, to, datagram));
        }
    }

    private void arrive(SimulatedSpeaker target, Ip to, byte[] datagram) {
        if (!target.running() || !target.kernelUp) {
            return;
        }
        switch (Datagrams.decode(datagram, keys)) {
            case Decoded.Accepted(var envelope) -> target.deliver(new Event.Received(envelope, to));
            case Decoded.Dropped(var reason) -> rules.dropped(reason);
        }
    }

    void probe(SimulatedSpeaker from, Probe probe) {
        Wires.Net net = probe.interfaceName().isPresent() ? Wires.Net.SEGMENT : Wires.Net.NODES;
        SimulatedSpeaker target = node(probe.node());
        boolean answered = target.kernelUp
                && wires.openBoth(from.name, target.name, net)
                && !wires.lost()
                && !wires.lost()
                && !breach(Breach.SILENT_KERNELS);
        if (answered) {
            at(
                    now + 2 * wires.latency(),
                    () -> from.deliver(new Event.KernelAnswered(
                            target.name, probe.interfaceName().orElse(""))));
        }
    }

    void probeOwner(SimulatedSpeaker from, Ip address) {
        for (SimulatedSpeaker node : nodes.values()) {
            boolean passes = node != from
                    && node.answersNow(address)
                    && wires.openBoth(from.name, node.name, Wires.Net.SEGMENT)
                    && !wires.lost()
                    && !wires.lost();
            if (passes) {
                at(now + 2 * wires.latency(), () -> from.deliver(new Event.OwnerAnswered(address, node.mac)));
            }
        }
    }

    void probeGateways(SimulatedSpeaker from, String interfaceName) {
        boolean open = wires.openBoth(from.name, Wires.GATEWAY, Wires.Net.SEGMENT) || breach(Breach.GATEWAYS_ASSUMED);
        if (open && !wires.lost() && !wires.lost()) {
            at(now + 2 * wires.latency(), () -> from.deliver(new Event.GatewayAnswered(interfaceName)));
        }
    }

    void probeGateway(SimulatedSpeaker from, String interfaceName) {
        if (wires.openBoth(from.name, Wires.GATEWAY, Wires.Net.SEGMENT) && !wires.lost() && !wires.lost()) {
            at(now + 2 * wires.latency(), () -> from.deliver(new Event.SegmentHeard(interfaceName)));
        }
    }

    void announce(SimulatedSpeaker from, List<Ip> addresses) {
        for (SimulatedSpeaker other : nodes.values()) {
            if (other != from && other.running() && wires.open(from.name, other.name, Wires.Net.SEGMENT)) {
                for (Ip address : addresses) {
                    if (!wires.lost()) {
                        at(now + wires.latency(), () -> other.deliver(new Event.AddressSeen(address, from.mac)));
                    }
                }
            }
        }
    }

    /** Whether another node answers one that asks for an address, with a hardware address that is not the asker's own. */
    boolean answeredFor(SimulatedSpeaker by, Ip address) {
        return nodes.values().stream()
                .anyMatch(node -> node != by
                        && (node.answersNow(address) || other(by.mac, node.inNameNow(address)))
                        && wires.openBoth(by.name, node.name, Wires.Net.SEGMENT));
    }

    private static boolean other(Mac own, @Nullable Mac answered) {
        return answered != null && !answered.equals(own);
    }

    /** The addresses of all Services. */
    Set<Ip> addresses() {
        Set<Ip> addresses = new HashSet<>();
        services.values().forEach(service -> addresses.addAll(service.addresses()));
        return addresses;
    }
}
