package dev.clarion.bgp.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.clarion.bgp.bfd.BfdStatus.Scheduling;
import dev.clarion.bgp.bfd.fsm.BfdReason;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.net.Ip;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two engines of ours with each other over a real wire. */
final class OwnScenario {
    static final List<String> STEPS = List.of(
            "single hop, link-local and multihop sessions come up, each from a port of its own",
            "thousands of packets allocate nothing",
            "other timers and other names end no session",
            "two names for the same two ends share a session",
            "a session goes on from the address that it came up from",
            "a silent cut is seen by both",
            "an interface that is made anew is used again",
            "an engine that ends is no failure for its peer");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** 5 s, since what is shown here is not what a starved machine does to a session. */
    private static final BfdProfile LENIENT = BfdProfile.of(20, 250);

    private static final BfdProfile MANY_PROFILE = BfdProfile.of(100, 50);
    private static final int MANY = 60;
    private static final int PACKETS = 2_000;

    private final Recorder here = new Recorder();
    private final Recorder there = new Recorder();
    private final BfdEngine ours = new BfdEngine(here, BfdOptions.ORDINARY);
    private final BfdEngine theirs = new BfdEngine(there, new BfdOptions(() -> {
        Namespace.enter("rtr");
        return new Scheduling(false, "in the router's namespace");
    }));

    private OwnScenario() {}

    public static void main(String[] arguments) {
        OwnScenario scenario = new OwnScenario();
        Sandbox.steps(
                STEPS,
                List.of(
                        scenario::comeUp,
                        scenario::allocateNothing,
                        scenario::change,
                        scenario::share,
                        scenario::newAddress,
                        scenario::cut,
                        scenario::interfaceAnew,
                        scenario::end),
                () -> System.out.println(scenario.here + "\n" + scenario.there + "\n" + scenario.ours.status() + "\n"
                        + scenario.theirs.status()));
    }

    private static Map<String, BfdSessionConfig> sessions(boolean left, BfdProfile profile) {
        Map<String, BfdSessionConfig> sessions = new LinkedHashMap<>();
        String lan = left ? "eth0" : "lan0";
        sessions.put("v4", BfdSessionConfig.singleHop(Ip.parse(left ? "192.168.50.254" : "192.168.50.11"), profile));
        sessions.put("v6", BfdSessionConfig.singleHop(Ip.parse(left ? "fd50::254" : "fd50::11"), profile));
        sessions.put(
                "link",
                new BfdSessionConfig(
                        Ip.parse(left ? "fe80::254" : "fe80::11"),
                        Optional.empty(),
                        Optional.of(lan),
                        Optional.empty(),
                        false,
                        profile));
        sessions.put(
                "multi",
                left
                        ? BfdSessionConfig.multihop(Ip.parse("10.9.9.1"), Ip.parse("10.9.9.9"), profile)
                        : BfdSessionConfig.multihop(Ip.parse("10.9.9.9"), Ip.parse("10.9.9.1"), profile));
        return sessions;
    }

    private void comeUp() {
        ours.sessions(sessions(true, LENIENT));
        theirs.sessions(sessions(false, LENIENT));
        awaitUp();
        List<Integer> ports = ours.status().sessions().stream()
                .map(session -> session.sourcePort().orElseThrow())
                .toList();
        assertThat(ports)
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(49_152, 65_535));
        assertThat(ours.status().dropped()).isEmpty();
    }

    /**
     * Until the compiler has done its work, and whenever the machine kept us waiting for half an interval, something is
     * made. A packet that costs something costs it every time: then no stretch of thousands is free.
     */
    private void allocateNothing() {
        Map<String, BfdSessionConfig> many = sessions(true, LENIENT);
        Map<String, BfdSessionConfig> others = sessions(false, LENIENT);
        for (int i = 1; i <= MANY; i++) {
            Ip left = Ip.parse("10.9.1." + i);
            Ip right = Ip.parse("10.9.2." + i);
            many.put("many" + i, BfdSessionConfig.multihop(left, right, MANY_PROFILE));
            others.put("many" + i, BfdSessionConfig.multihop(right, left, MANY_PROFILE));
        }
        ours.sessions(many);
        theirs.sessions(others);
        awaitUp(MANY + 4);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(allocatedWhileReceiving(PACKETS)).isZero());
        ours.sessions(sessions(true, LENIENT));
        theirs.sessions(sessions(false, LENIENT));
        awaitUp(4);
    }

    /** Bytes that our thread allocated while so many packets went to the other end, and as many came back. */
    private long allocatedWhileReceiving(long packets) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(ours.threadId());
        long first = packets();
        await().atMost(PATIENCE).until(() -> packets() - first > packets);
        long allocated = threads.getThreadAllocatedBytes(ours.threadId()) - before;
        Sandbox.seen("%d packets each way: allocated %d bytes".formatted(packets() - first, allocated));
        return allocated;
    }

    /** What the other end received: asking our own would make objects on our thread. */
    private long packets() {
        return theirs.status().sessions().stream()
                .mapToLong(session -> session.counters().received())
                .sum();
    }

    private void change() {
        BfdProfile other = new BfdProfile(Duration.ofMillis(40), Duration.ofMillis(30), 200, true, false, 200);
        Map<String, BfdSessionConfig> renamed = new LinkedHashMap<>();
        sessions(true, other).forEach((key, config) -> renamed.put(key + "-renamed", config));
        ours.sessions(renamed);
        await().atMost(PATIENCE)
                .until(() -> theirs.status().sessions().stream()
                        .allMatch(session -> session.transmit().equals(Duration.ofMillis(40))
                                && session.receive().equals(Duration.ofMillis(30))
                                && session.remoteMultiplier() == 200));
        await().atMost(PATIENCE).until(() -> ours.status().sessions().stream().noneMatch(BfdStatus.Session::polling));
        assertThat(there.downs("v4")).isZero();
        assertThat(here.last("v4-renamed").change().to()).isEqualTo(BfdState.UP);
        assertThat(ours.status().sessions())
                .allSatisfy(session -> assertThat(session.problems()).containsExactly(BfdProblem.ECHO_UNSUPPORTED))
                .allSatisfy(session -> assertThat(session.counters().downs()).isZero());
        ours.sessions(sessions(true, LENIENT));
        await().atMost(PATIENCE).until(() -> here.problems().isEmpty());
    }

    private void share() {
        Map<String, BfdSessionConfig> both = sessions(true, LENIENT);
        both.put("second", BfdSessionConfig.singleHop(Ip.parse("192.168.50.254"), BfdProfile.DEFAULT));
        ours.sessions(both);
        await().atMost(PATIENCE).until(() -> here.problems().get("second") == BfdProblem.DUPLICATE);
        assertThat(here.last("second").change().to()).isEqualTo(BfdState.UP);
        assertThat(ours.status().sessions()).hasSize(5);
        ours.sessions(sessions(true, LENIENT));
        await().atMost(PATIENCE).until(() -> here.problems().isEmpty());
        assertThat(there.downs("v4")).isZero();
    }

    /** Linux prefers an IPv6 address that came later, such as one from a router's advertisement. */
    private void newAddress() {
        String counted = "ip6 saddr fd50::99 udp dport 3784 counter";
        Sandbox.run("ip", "netns", "exec", "rtr", "nft", "add rule inet cut in " + counted);
        await().atMost(PATIENCE)
                .until(() -> Sandbox.run("ss", "-Huan").lines().anyMatch(line -> line.contains("[fd50::11]:")));
        Sandbox.run("ip", "addr", "add", "fd50::99/64", "dev", "eth0", "nodad");
        assertThat(Sandbox.run("ip", "-6", "route", "get", "fd50::254")).contains("src fd50::99");
        long before = sentOverV6();
        await().atMost(PATIENCE).until(() -> sentOverV6() > before + 20);
        assertThat(Sandbox.run("ip", "netns", "exec", "rtr", "nft", "list", "chain", "inet", "cut", "in"))
                .contains(counted + " packets 0 bytes 0");
        Sandbox.run("ip", "addr", "del", "fd50::99/64", "dev", "eth0");
        Sandbox.heal();
    }

    private long sentOverV6() {
        return ours.status().sessions().stream()
                .filter(session -> session.key().equals("v6"))
                .mapToLong(session -> session.counters().sent())
                .sum();
    }

    private void cut() {
        here.forget();
        there.forget();
        long at = System.nanoTime();
        Sandbox.cut();
        for (Recorder recorder : List.of(here, there)) {
            await().atMost(PATIENCE)
                    .until(() -> recorder.downs("v4") + recorder.downs("v6") + recorder.downs("link") == 3);
            assertThat(recorder.last("v4").change().reason()).isEqualTo(BfdReason.DETECTION_TIME_EXPIRED);
            assertThat(recorder.last("v4").change().failed()).isTrue();
            Sandbox.seen("20 ms x 250 (detection time 5,000 ms): seen %d ms after the cut"
                    .formatted((recorder.last("v4").nanos() - at) / 1_000_000));
        }
        Sandbox.heal();
        awaitUp();
    }

    private void interfaceAnew() {
        Sandbox.run("ip", "link", "del", "eth0");
        await().atMost(PATIENCE)
                .until(() -> here.problems().containsKey("link")
                        && ours.status().sessions().stream().allMatch(session -> session.state() == BfdState.DOWN));
        Sandbox.run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "lan0", "netns", "rtr");
        Sandbox.run("ip", "link", "set", "eth0", "addrgenmode", "none");
        Sandbox.run("ip", "-n", "rtr", "link", "set", "lan0", "addrgenmode", "none");
        for (String address : List.of("192.168.50.11/24", "fd50::11/64", "fe80::11/64")) {
            Sandbox.run("ip", "addr", "add", address, "dev", "eth0");
        }
        for (String address : List.of("192.168.50.254/24", "fd50::254/64", "fe80::254/64")) {
            Sandbox.run("ip", "-n", "rtr", "addr", "add", address, "dev", "lan0");
        }
        Sandbox.run("ip", "link", "set", "eth0", "up");
        Sandbox.run("ip", "-n", "rtr", "link", "set", "lan0", "up");
        Sandbox.run("ip", "route", "add", "10.9.9.9/32", "via", "192.168.50.254");
        Sandbox.run("ip", "-n", "rtr", "route", "add", "10.9.9.1/32", "via", "192.168.50.11");
        awaitUp();
        assertThat(here.problems()).isEmpty();
    }

    private void end() {
        there.forget();
        ours.close();
        await().atMost(PATIENCE).until(() -> there.downs("v4") == 1);
        assertThat(there.last("v4").change().reason()).isEqualTo(BfdReason.PEER_ADMIN_DOWN);
        assertThat(there.last("v4").change().failed()).isFalse();
        theirs.close();
    }

    private void awaitUp() {
        awaitUp(4);
    }

    private void awaitUp(int sessions) {
        for (BfdEngine engine : List.of(ours, theirs)) {
            await().atMost(PATIENCE).until(() -> {
                List<BfdStatus.Session> all = engine.status().sessions();
                return all.size() == sessions && all.stream().allMatch(session -> session.state() == BfdState.UP);
            });
        }
    }
}
