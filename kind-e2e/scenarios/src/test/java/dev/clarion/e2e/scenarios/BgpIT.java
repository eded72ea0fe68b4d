package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.clarion.e2e.client.RecordedRun;
import dev.clarion.e2e.client.analysis.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with BFD and graceful restart: a speaker that restarts is not missed, a node that dies is missed at once. */
@ExtendWith(OnLab.class)
class BgpIT {
    private static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final String PEER = "router-v4";
    private static final String GRACEFUL_SHUTDOWN = "65535:0";
    private static final int SESSIONS = 6;

    private final Lab lab;

    BgpIT(Lab lab) {
        this.lab = lab;
    }

    /** Three seconds: FRR's bfdd is an ordinary process here, and a machine that stands still for one is no dead path. */
    private static String sample(Lab lab) {
        return lab.file(Clarion.CONFIG)
                .replace("holdTime: 9s", "holdTime: 9s\n      bfdProfile: usual\n      enableGracefulRestart: true")
                .replace(
                        "    bgpAdvertisements:",
                        "    bfdProfiles:\n    - {name: usual, detectMultiplier: 10}\n    bgpAdvertisements:");
    }

    /** BFD comes to living sessions; graceful restart is agreed on by new ones. */
    @BeforeAll
    static void watchedAndGraceful(Lab lab) {
        lab.web().awaitServed();
        lab.router().configure("neighbor NODES bfd profile fast");
        lab.kubectl().feed(sample(lab), "replace", "-f", "-");
        Await.that(
                "the router sees every node by BFD",
                60,
                () -> assertThat(lab.router().seenByBfd()).hasSize(SESSIONS));
        lab.verb(List.of("vtysh", "clear bgp *")).ok();
        allIsWell(lab);
    }

    @AfterAll
    static void asBefore(Lab lab) {
        lab.router().configure("no neighbor NODES bfd profile fast", "no neighbor NODES bfd");
        lab.clarion().restoreConfig();
        lab.verb(List.of("vtysh", "clear bgp *")).ok();
        Await.that(
                "all sessions are up",
                60,
                () -> assertThat(lab.router().sessions()).hasSize(SESSIONS));
        lab.web().awaitServed();
    }

    private static void allIsWell(Lab lab) {
        Await.that("sessions are up, watched, and graceful", 90, () -> {
            for (String node : Lab.NODES) {
                assertThat(lab.clarion().peers(node)).hasSize(2).allSatisfy((_, peer) -> {
                    assertThat(peer.path("state").asText()).isEqualTo("ESTABLISHED");
                    assertThat(peer.path("bfd").asText()).isEqualTo("UP");
                    assertThat(peer.path("agreed").path("features").toString()).contains("GRACEFUL_RESTART");
                });
            }
            assertThat(lab.router().seenByBfd()).hasSize(SESSIONS);
            lab.web()
                    .addresses("web-bgp")
                    .forEach(address -> assertThat(lab.web().nextHops(address)).isEqualTo(Lab.NODES.size()));
        });
    }

    @Test
    void theRouterKeepsTheRoutesOfASpeakerThatIsKilled(@TempDir Path scratch) throws Exception {
        List<String> addresses = lab.web().addresses("web-bgp");
        Pod speaker = lab.clarion().speaker("n1");
        try (RouteChanges changes = new RouteChanges(lab);
                Measured client = new Measured(lab, "far", addresses, "udp,connect", scratch)) {
            speaker.signal("KILL");
            Await.that("the speaker is back, and the router knows", 120, () -> {
                assertThat(lab.clarion().speaker("n1"))
                        .matches(pod -> pod.ready() && pod.restarts() == speaker.restarts() + 1);
                assertThat(lab.clarion().peers("n1")).allSatisfy((_, peer) -> {
                    assertThat(peer.path("state").asText()).isEqualTo("ESTABLISHED");
                    assertThat(peer.path("gracefulRestart").asText()).isEqualTo("RESTARTED");
                });
            });
            allIsWell(lab);
            assertThat(changes.of(addresses))
                    .as("changes in the router's kernel")
                    .isEmpty();
            nothingWasLost(client.ended(), addresses);
        }
    }

    @Test
    void aRollingRestartOfTheSpeakersIsNotSeenByTheRouter(@TempDir Path scratch) throws Exception {
        List<String> addresses = lab.web().addresses("web-bgp");
        try (RouteChanges changes = new RouteChanges(lab);
                Measured client = new Measured(lab, "far", addresses, "udp,connect", scratch)) {
            lab.kubectl().own("rollout", "restart", "daemonset/clarion-speaker");
            lab.kubectl().own("rollout", "status", "daemonset/clarion-speaker", "--timeout", "110s");
            lab.clarion().awaitReady();
            allIsWell(lab);
            assertThat(changes.of(addresses))
                    .as("changes in the router's kernel")
                    .isEmpty();
            nothingWasLost(client.ended(), addresses);
        }
    }

    @Test
    void aNodeThatFallsSilentIsLeftBecauseBfdSaysSo() {
        List<String> addresses = lab.web().addresses("web-bgp");
        Map<String, Long> before = established();
        String gone = address("n1");
        int logged = lab.router().log().size();
        lab.breakNode("n1", "blackhole");
        try {
            addresses.forEach(address -> Await.that(
                    "the router goes by the other nodes to " + address,
                    30,
                    () -> assertThat(lab.web().nextHops(address)).isEqualTo(Lab.NODES.size() - 1)));
            assertThat(lab.router().log().stream().skip(logged))
                    .as("why the router left")
                    .anyMatch(line -> line.contains("sent to neighbor " + gone + " 6/10 (Cease/BFD Down)"));
            Await.that(
                    "the node knows too",
                    30,
                    () -> assertThat(peer("n1").path("lastNotificationSent").asText())
                            .startsWith("bfd down (6/10)"));
        } finally {
            lab.heal("n1");
        }
        allIsWell(lab);
        Map<String, Long> after = established();
        after.keySet().removeIf(session -> session.startsWith("n1"));
        assertThat(before).as("the others noticed nothing").containsAllEntriesOf(after);
    }

    @Test
    void aNodeThatIsExcludedIsTheLastChoiceBeforeItsRoutesGo(@TempDir Path scratch) throws Exception {
        List<String> addresses = lab.web().addresses("web-bgp");
        String address = addresses.getFirst();
        String leaving = address("n2");
        Map<String, Long> before = established();
        try (Measured client = new Measured(lab, "far", addresses, "udp,connect", scratch)) {
            try {
                lab.kubectl().run("label", "node", "n2", EXCLUDED + "=");
                Await.that(
                        "its route says that it goes",
                        30,
                        () -> assertThat(lab.router().paths(address))
                                .filteredOn(path -> path.contains(leaving))
                                .singleElement()
                                .asString()
                                .containsAnyOf("gracefulShutdown", "graceful-shutdown", GRACEFUL_SHUTDOWN));
                Await.that(
                        "then it goes",
                        30,
                        () -> assertThat(lab.router().paths(address))
                                .hasSize(Lab.NODES.size() - 1)
                                .noneMatch(path -> path.contains(leaving)));
            } finally {
                lab.kubectl().run("label", "node", "n2", EXCLUDED + "-");
            }
            allIsWell(lab);
            nothingWasLost(client.ended(), addresses);
        }
        assertThat(established()).as("no session was touched").isEqualTo(before);
    }

    @Test
    void aSessionWithAPasswordWaitsForItsSecretAndIsSigned() {
        List<String> addresses = Lab.NODES.stream().map(this::address).toList();
        String signed = sample(lab)
                .replace(
                        "peerAddress: 192.168.50.254",
                        "peerAddress: 192.168.50.254\n      passwordSecret: {name: router}");
        try {
            lab.kubectl().feed(signed, "replace", "-f", "-");
            Await.that(
                    "the speaker says what it waits for",
                    60,
                    () -> assertThat(lab.clarion().data("clarion-node-n1", "status.yaml"))
                            .contains("peer " + PEER + ": its password is not known: there is no Secret router"));
            // FRR takes the password of a peer group back for IPv4 only, so each node is a neighbour of its own here.
            for (String address : addresses) {
                lab.router()
                        .configure(
                                "neighbor " + address + " peer-group NODES",
                                "neighbor " + address + " passive",
                                "neighbor " + address + " password sesame");
            }
            lab.kubectl()
                    .own(
                            "create",
                            "secret",
                            "generic",
                            "router",
                            "--type=kubernetes.io/basic-auth",
                            "--from-literal=password=sesame");
            Await.that("sessions of IPv4 are signed, and up", 60, () -> {
                for (String node : Lab.NODES) {
                    JsonNode peer = peer(node);
                    assertThat(peer.path("state").asText()).isEqualTo("ESTABLISHED");
                    assertThat(peer.path("signed").asBoolean()).isTrue();
                }
            });
        } finally {
            addresses.forEach(address -> lab.router().configure("no neighbor " + address));
            lab.kubectl().feed(sample(lab), "replace", "-f", "-");
            lab.kubectl().own("delete", "secret", "router", "--ignore-not-found");
        }
        allIsWell(lab);
    }

    /** How often each session of each node came up. */
    private Map<String, Long> established() {
        Map<String, Long> established = new TreeMap<>();
        for (String node : Lab.NODES) {
            lab.clarion()
                    .peers(node)
                    .forEach((name, peer) -> established.put(
                            node + " " + name, peer.path("sessionsEstablished").asLong()));
        }
        return established;
    }

    private JsonNode peer(String node) {
        return lab.clarion().peers(node).getOrDefault(PEER, MissingNode.getInstance());
    }

    /** Our end of a node's session. */
    private String address(String node) {
        return peer(node).path("localAddress").asText();
    }

    private static void nothingWasLost(RecordedRun run, List<String> addresses) {
        Measured.nothingLost(run, Probe.UDP, addresses);
        Measured.nothingLost(run, Probe.CONNECT, addresses);
    }
}
