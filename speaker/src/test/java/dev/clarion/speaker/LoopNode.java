package dev.clarion.speaker;

import dev.clarion.announcement.EndpointFacts;
import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.announcement.ServiceView;
import dev.clarion.announcement.TrafficPolicy;
import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.membership.Member;
import dev.clarion.announcement.membership.Profile;
import dev.clarion.announcement.ownership.ClaimReason;
import dev.clarion.announcement.ownership.FlowOutcome;
import dev.clarion.announcement.ownership.MoveReason;
import dev.clarion.announcement.ownership.Settings;
import dev.clarion.announcement.ownership.Snapshot;
import dev.clarion.arpndp.L2Intent;
import dev.clarion.config.Config;
import dev.clarion.config.ConfigException;
import dev.clarion.config.EffectiveYaml;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import dev.clarion.speaker.flows.FlowKeeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A node whose ownership thread is real, with real sockets, while its segment is made up. */
final class LoopNode {
    static final Settings SETTINGS =
            new Settings(Profile.RELAXED, 6, Duration.ofMinutes(5), true, false, Duration.ofSeconds(1));
    private static final AtomicLong RUNS = new AtomicLong(System.currentTimeMillis());

    final String name;
    final Ip address;
    final Lan.Port port;
    final Map<DropReason, Integer> dropped = new EnumMap<>(DropReason.class);
    final List<String> told = new ArrayList<>();
    private final int udp;
    private final List<Member> members;
    private FlowKeeper flows = FlowKeeper.none("not in this test");
    private Snapshot snapshot;
    private HeartbeatKeys keys;
    private @Nullable OwnershipLoop loop;
    private @Nullable Thread thread;

    LoopNode(
            String name,
            Ip address,
            Lan.Port port,
            int udp,
            List<Member> members,
            HeartbeatKeys keys,
            Snapshot snapshot) {
        this.name = name;
        this.address = address;
        this.port = port;
        this.udp = udp;
        this.members = members;
        this.keys = keys;
        this.snapshot = snapshot;
    }

    /** From the next start on. */
    void keepBy(FlowKeeper keeper) {
        flows = keeper;
    }

    static HeartbeatKeys keys(Map<String, String> entries) {
        TreeMap<String, byte[]> bytes = new TreeMap<>();
        entries.forEach((name, text) -> bytes.put(name, text.repeat(16).getBytes(StandardCharsets.US_ASCII)));
        return HeartbeatKeys.of(bytes);
    }

    boolean runs() {
        return loop != null;
    }

    OwnershipLoop loop() {
        OwnershipLoop now = loop;
        if (now == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return now;
    }

    void start(Set<Ip> services) throws IOException {
        OwnershipLoop next = new OwnershipLoop(
                new OwnershipLoop.Parts(
                        name,
                        new Session(name.hashCode(), RUNS.incrementAndGet()),
                        SETTINGS,
                        new HeartbeatTransport(udp),
                        port,
                        listener(),
                        flows,
                        () -> {}),
                keys,
                Kept.of(snapshot),
                L2Intent.NOTHING);
        port.readBy(next);
        loop = next;
        thread = Thread.ofPlatform().name("ownership-" + name).daemon().start(next);
        next.members(members);
        next.interfaces(port.segments());
        show(services, Map.of());
    }

    /** What the API says: these addresses, each of a Service of its own, and who is leaving. */
    void show(Set<Ip> services, Map<String, Boolean> leaving) {
        List<ServiceView> views = new ArrayList<>();
        for (Ip address : services) {
            views.add(new ServiceView(
                    new ServiceKey("default", "s-" + address),
                    Optional.of("clarion.dev/loadbalancer"),
                    List.of(address),
                    Optional.of("lan"),
                    TrafficPolicy.CLUSTER,
                    new EndpointFacts(true, new HashSet<>())));
        }
        Map<String, NodeFacts> nodes = new HashMap<>();
        members.forEach(member -> nodes.put(
                member.node(),
                new NodeFacts(
                        member.node(), false, false, false, leaving.getOrDefault(member.node(), false), Map.of())));
        loop().view(new NodeView(name, config(), views, nodes, Map.of(), List.of()));
    }

    private static Config config() {
        try {
            return EffectiveYaml.read("""
                            generation: 1
                            ipAddressPools:
                            - name: lan
                              addresses: [10.9.0.0/24]
                            l2Advertisements:
                            - name: lan
                            """).config();
        } catch (ConfigException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    void rotate(HeartbeatKeys next) {
        keys = next;
        loop().keys(next);
    }

    /** Ends without a word; the node lives on, or dies with it. */
    void kill(boolean whole) throws InterruptedException {
        snapshot = loop().state().core().snapshot(false);
        port.kernel(!whole);
        end();
    }

    /** Ends as a program does that is replaced. */
    void stopForRestart() throws InterruptedException {
        loop().restarting(Duration.ofSeconds(30));
        snapshot = loop().state().core().snapshot(true);
        end();
    }

    private void end() throws InterruptedException {
        port.readBy(null);
        loop().stop();
        Thread ending = thread;
        if (ending != null) {
            ending.join();
        }
        loop = null;
    }

    synchronized int count(DropReason reason) {
        return dropped.getOrDefault(reason, 0);
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }

    private synchronized void tell(String what) {
        told.add(what);
    }

    private OwnershipListener listener() {
        return new OwnershipListener() {
            @Override
            public void sent(boolean successfully) {}

            @Override
            public void received() {}

            @Override
            public void dropped(DropReason reason) {
                synchronized (LoopNode.this) {
                    dropped.merge(reason, 1, Integer::sum);
                }
            }

            @Override
            public void claimed(String interfaceName, List<Ip> addresses, ClaimReason reason) {
                tell("claimed " + addresses + " " + reason);
            }

            @Override
            public void moving(List<Ip> addresses, String to, MoveReason reason) {
                tell("moving " + addresses + " to " + to + " " + reason);
            }

            @Override
            public void lost(Ip address, String to) {
                tell("lost " + address + " to " + to);
            }

            @Override
            public void committed(List<Ip> addresses, String to, boolean rules, FlowOutcome flows) {
                tell("committed " + addresses + " to " + to + " rules " + rules + " flows " + flows);
            }

            @Override
            public void notRecognised(List<String> by) {
                tell("not recognised by " + by);
            }

            @Override
            public void fenced(Duration gap) {
                tell("fenced");
            }

            @Override
            public void foreign(String interfaceName, Ip address, Mac mac, boolean quarantined) {
                tell((quarantined ? "quarantined " : "conflict ") + address + " " + mac);
            }

            @Override
            public void failed(RuntimeException defect) {
                tell("defect " + defect);
            }

            @Override
            public void decided() {}
        };
    }

    /** Ends it without a word, if it runs. */
    void close() throws InterruptedException {
        if (loop != null) {
            end();
        }
    }
}
