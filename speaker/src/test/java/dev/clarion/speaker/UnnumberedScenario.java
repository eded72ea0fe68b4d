package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.BgpIntent;
import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.BgpOptions;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerIntent;
import dev.clarion.bgp.PeerStatus;
import dev.clarion.bgp.RestartFacts;
import dev.clarion.bgp.Route;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs inside the sandbox of {@link SpeakerIT}: a node and FRR on one wire, neither with an address but the link-local ones.
 * Throws, and so exits with 1, at the first thing that is not so.
 */
final class UnnumberedScenario implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Prefix V4 = Prefix.parse("203.0.113.10/32");
    private static final Prefix V6 = Prefix.parse("2001:db8:113::10/128");

    private static final Path RUN = Path.of("/run/frr");

    private final LinkSource links;
    private final LinkRouters routers;
    private final BgpSpeaker bgp;
    private final List<PeerConfig> peers =
            List.of(PeerConfig.on("leaf", "eth1", 64_513, new PeerAs.External(), Ip.parse("192.0.2.11"))
                    .families(EnumSet.allOf(IpFamily.class))
                    .extendedNextHop(true)
                    .build());

    private UnnumberedScenario() throws IOException {
        links = new LinkSource();
        routers = new LinkRouters(links::links);
        bgp = new BgpSpeaker(BgpListener.NONE, new BgpOptions(Optional.empty(), RestartFacts.NONE, routers));
        routers.tell(bgp::neighborsChanged);
    }

    public static void main(String[] args) throws Exception {
        Sandbox.run("mount", "-t", "tmpfs", "run", "/run");
        Sandbox.run("ip", "link", "set", "lo", "up");
        Sandbox.run("ip", "netns", "add", "leaf");
        Sandbox.run("ip", "link", "add", "eth1", "type", "veth", "peer", "name", "eth2", "netns", "leaf");
        for (String link : List.of("lo", "eth2")) {
            Sandbox.run("ip", "-n", "leaf", "link", "set", link, "up");
        }
        Sandbox.run("ip", "link", "set", "eth1", "up");
        try (UnnumberedScenario scenario = new UnnumberedScenario()) {
            scenario.run();
        } finally {
            Path log = RUN.resolve("bgpd.log");
            System.out.println(Files.exists(log) ? Files.readString(log) : "(no log of bgpd)");
        }
    }

    private void run() throws IOException {
        Set<Route> routes = Set.of(Route.of(V4), Route.of(V6));
        bgp.apply(new BgpIntent(List.of(new PeerIntent(peers.getFirst(), routes))));
        routers.watch(peers);
        await().atMost(SOON).until(() -> status().session().reason() == BgpReason.NO_NEIGHBOR);
        System.out.println("-- nobody is there, and it is said");
        frr();
        await().atMost(SOON).until(this::established);
        assertThat(status().address().orElseThrow().isLinkLocal()).isTrue();
        System.out.println("-- found each other");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(leaf("show bgp ipv4 unicast " + V4)).contains("fe80::", "64513");
            assertThat(leaf("show bgp ipv6 unicast " + V6)).contains("fe80::", "64513");
        });
        System.out.println("-- routes of both families by link-local next hops");
        Sandbox.run("ip", "-n", "leaf", "link", "set", "eth2", "down");
        await().atMost(SOON).until(() -> !established());
        Sandbox.run("ip", "-n", "leaf", "link", "set", "eth2", "up");
        await().atMost(SOON).until(() -> {
            links.refresh();
            routers.watch(peers);
            return established();
        });
        System.out.println("-- and again after the link was down");
    }

    private PeerStatus status() {
        return bgp.status().getFirst();
    }

    private boolean established() {
        return status().state() == FsmState.ESTABLISHED;
    }

    private void frr() throws IOException {
        Sandbox.run("install", "-d", "-o", "frr", "-g", "frr", RUN.toString());
        Files.writeString(RUN.resolve("zebra.conf"), "hostname leaf\n");
        Files.writeString(RUN.resolve("bgpd.conf"), """
                frr defaults datacenter
                hostname leaf
                router bgp 64512
                 bgp router-id 192.0.2.1
                 no bgp ebgp-requires-policy
                 neighbor eth2 interface remote-as external
                 neighbor eth2 timers 3 9
                 address-family ipv6 unicast
                  neighbor eth2 activate
                """);
        for (String daemon : List.of("zebra", "bgpd")) {
            Sandbox.run(
                    "ip",
                    "netns",
                    "exec",
                    "leaf",
                    "/usr/lib/frr/" + daemon,
                    "-d",
                    "-f",
                    RUN + "/" + daemon + ".conf",
                    "--log",
                    "file:" + RUN.resolve(daemon + ".log"),
                    "--log-level",
                    "info");
        }
    }

    private static String leaf(String question) throws IOException {
        Process process = new ProcessBuilder("vtysh", "-c", question)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        bgp.close();
        routers.close();
    }
}
