package dev.clarion.arpndp;

import static dev.clarion.arpndp.TestSegment.NODE;
import static dev.clarion.arpndp.TestSegment.ON_CLIENT;
import static dev.clarion.arpndp.TestSegment.ON_OTHER;
import static dev.clarion.arpndp.TestSegment.OTHER;
import static dev.clarion.arpndp.TestSegment.SOON;
import static dev.clarion.arpndp.TestSegment.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.arpndp.Sandbox.Program;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What the announcer does beyond its own addresses, against Linux: stands in for another node, tells gateways and those
 * that asked, asks kernels and segments, and notices others who use its addresses.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StandInIT {

    private static final String VIP4 = "10.9.0.200";
    private static final String VIP6 = "fd09::200";
    private static final List<String> BOTH = List.of(VIP4, VIP6);

    private final List<String> events = new ArrayList<>();
    private Sandbox sandbox;
    private Program announcer;

    @BeforeAll
    void raiseTheSegment() {
        Awaitility.pollInSameThread();
        sandbox = TestSegment.raise();
        announcer = sandbox.java("node", AnnouncerProgram.class, List.of());
    }

    @BeforeEach
    void openWithNothing() {
        events.clear();
        announcer.say("own eth0");
        await().atMost(SOON)
                .until(() -> announcer.say("status").stream().anyMatch(line -> line.startsWith("eth0 OPEN")));
        announcer.say("events");
    }

    @AfterEach
    void leaveNothing() {
        announcer.say("forget eth0");
        sandbox.sh("""
            for host in node other; do
                ip -n $host route del default 2> /dev/null || true
                ip -n $host -6 route del default 2> /dev/null || true
                ip -n $host addr flush dev lo scope global
                ip -n $host addr del 10.9.0.200/24 dev eth0 2> /dev/null || true
                ip -n $host addr del fd09::200/64 dev eth0 2> /dev/null || true
            done
            ip -n client neigh flush all
            """);
    }

    @AfterAll
    void endTheSegment() {
        announcer.close();
        sandbox.close();
    }

    @Test
    void aClientThatAsksTheCaretakerSendsToTheOwner() {
        theOwnerHasTheAddressesAndIsSilent();
        for (String address : BOTH) {
            assertThat(pings(address)).as("before anybody stands in").isFalse();
        }
        sandbox.sh("ip -n client neigh flush all");
        announcer.say("caretake eth0 " + OTHER + " " + VIP4 + " " + VIP6);
        for (String address : BOTH) {
            await().atMost(SOON).until(() -> pings(address));
            assertThat(neighbour(address)).contains(OTHER);
        }
        await().atMost(SOON)
                .until(() ->
                        seen("stoodIn " + VIP4 + " " + OTHER + " 10.9.0.100") && seen("stoodIn " + VIP6 + " " + OTHER));
        assertThat(seen("told ")).isFalse();
    }

    @Test
    void theEntryThatACaretakerGivesIsConfirmed() {
        theOwnerHasTheAddressesAndIsSilent();
        announcer.say("caretake eth0 " + OTHER + " " + VIP4 + " " + VIP6);
        for (String address : BOTH) {
            await().atMost(SOON).until(() -> {
                sandbox.attempt(ON_CLIENT + "ip neigh del " + address + " dev eth0");
                return pings(address) && neighbour(address).contains("REACHABLE");
            });
        }
    }

    @Test
    void aBridgeThatLearnsKeepsBothLinkLayerAddressesOnTheirPorts() {
        theOwnerHasTheAddressesAndIsSilent();
        announcer.say("caretake eth0 " + OTHER + " " + VIP4 + " " + VIP6);
        for (int round = 0; round < 3; round++) {
            // Frames of both pass, and the bridge has learnt from them; the last ones are the caretaker's answers.
            sandbox.sh(on("node", "ping -c 1 -W 1 10.9.0.100 > /dev/null"));
            sandbox.sh(on("other", "ping -c 1 -W 1 10.9.0.100 > /dev/null"));
            await().atMost(SOON)
                    .until(() -> sandbox.attempt(ON_CLIENT + "arping -W 0.3 -c 1 -I eth0 " + VIP4)
                                            .status()
                                    == 0
                            && sandbox.attempt(ON_CLIENT + "ndisc6 -m -n -r 1 -w 700 " + VIP6 + " eth0")
                                            .status()
                                    == 0);
            String learnt = sandbox.sh("bridge fdb show br br0 dynamic");
            assertThat(learnt.lines().filter(line -> line.startsWith(NODE)))
                    .singleElement()
                    .asString()
                    .contains("dev p-node ");
            assertThat(learnt.lines().filter(line -> line.startsWith(OTHER)))
                    .singleElement()
                    .asString()
                    .contains("dev p-other ");
        }
    }

    @Test
    void aCaretakerDefendsTheAddressAgainstDuplicateAddressDetection() {
        announcer.say("caretake eth0 " + OTHER + " " + VIP6);
        await().atMost(SOON).until(() -> {
            sandbox.attempt(ON_CLIENT + "ip neigh del " + VIP6 + " dev eth0");
            sandbox.attempt(ON_CLIENT + "ping -c 1 -W 1 " + VIP6);
            return neighbour(VIP6).contains(OTHER);
        });
        sandbox.sh("ip -n client addr add " + VIP6 + "/64 dev eth0");
        try {
            await().atMost(SOON)
                    .until(() ->
                            sandbox.sh("ip -n client -6 addr show dev eth0").contains("dadfailed"));
        } finally {
            sandbox.sh("ip -n client addr del " + VIP6 + "/64 dev eth0");
        }
    }

    @Test
    void gatewaysLearnOfAClaimThoughTheyHadNoEntryAndAcknowledgeIt() {
        sandbox.sh(
                "ip -n node route add default via 10.9.0.100; ip -n node -6 route add default via fd09::100 dev eth0");
        announcer.say("own eth0 " + VIP4 + " " + VIP6);
        await().atMost(SOON)
                .until(() -> seen("acknowledged " + VIP4 + " 10.9.0.100 gateway")
                        && seen("acknowledged " + VIP6 + " fd09::100 gateway"));
        for (String address : BOTH) {
            assertThat(neighbour(address)).as("without its having asked").contains(NODE);
        }
    }

    @Test
    void whoAskedForAWatchedAddressIsToldWhenItComesHere() {
        sandbox.sh("ip -n other addr add " + VIP4 + "/24 dev eth0");
        announcer.say("watch eth0 " + VIP4);
        await().atMost(SOON).until(() -> {
            sandbox.attempt(ON_CLIENT + "ip neigh del " + VIP4 + " dev eth0");
            return pings(VIP4);
        });
        sandbox.sh("ip -n other addr del " + VIP4 + "/24 dev eth0");
        announcer.say("own eth0 " + VIP4);
        await().atMost(SOON).until(() -> seen("acknowledged " + VIP4 + " 10.9.0.100"));
        assertThat(neighbour(VIP4)).contains(NODE);
    }

    @Test
    void aKernelAnswersForItsOwnAddressAndOneThatIsNotThereDoesNot() {
        announcer.say("kernel eth0 10.9.0.12 100 100");
        announcer.say("kernel eth0 fd09::12 100 100");
        announcer.say("kernel eth0 10.9.0.77 3 50");
        announcer.say("kernel eth0 fd09::77 3 50");
        await().atMost(SOON)
                .until(() -> seen("kernel 10.9.0.12 " + OTHER)
                        && seen("kernel fd09::12 " + OTHER)
                        && seen("silent 10.9.0.77 3")
                        && seen("silent fd09::77 3"));
    }

    @Test
    void askingAKernelChangesNoEntryOfAnybody() {
        // The entry for the node that asks, on the host that is asked and on one that hears it.
        for (String host : List.of("other", "client")) {
            sandbox.sh("ip -n " + host + " neigh replace 10.9.0.11 lladdr " + NODE + " dev eth0 nud permanent;"
                    + " ip -n " + host + " neigh replace " + VIP4 + " lladdr 02:00:00:00:00:dd dev eth0 nud permanent");
        }
        announcer.say("own eth0 " + VIP4);
        announcer.say("kernel eth0 10.9.0.12 100 100");
        await().atMost(SOON).until(() -> seen("kernel 10.9.0.12 " + OTHER));
        try {
            for (String host : List.of("other", "client")) {
                assertThat(sandbox.sh("ip -n " + host + " neigh show 10.9.0.11"))
                        .contains(NODE);
                assertThat(sandbox.sh("ip -n " + host + " neigh show " + VIP4)).contains("02:00:00:00:00:dd");
            }
        } finally {
            for (String host : List.of("other", "client")) {
                sandbox.sh("ip -n " + host + " neigh del 10.9.0.11 dev eth0; ip -n " + host + " neigh del " + VIP4
                        + " dev eth0");
            }
        }
    }

    @Test
    void anAddressThatAHostHasIsForeignAndOneThatNobodyHasIsFree() {
        for (String taken : List.of("10.9.0.12", "fd09::12")) {
            announcer.say("probe eth0 " + taken);
            await().atMost(SOON).until(() -> {
                // On a machine that is busy the answer may be read after the end: then once more.
                if (seen("probed " + taken + " Free[]")) {
                    events.clear();
                    announcer.say("probe eth0 " + taken);
                }
                return seen("probed " + taken + " Foreign[mac=" + OTHER + "]");
            });
        }
        for (String free : List.of("10.9.0.66", "fd09::66")) {
            announcer.say("probe eth0 " + free);
            await().atMost(SOON).until(() -> seen("probed " + free + " Free[]"));
        }
    }

    @Test
    void aHostThatTakesAnOwnedAddressIsNoticedAndADefenceBringsTheEntriesBack() {
        announcer.say("own eth0 " + VIP4);
        // What is announced after a claim would bring the entries back as well, so it has to be over.
        await().atMost(SOON).until(() -> announced() == 12);
        sandbox.sh("ip -n other addr add " + VIP4 + "/24 dev eth0");
        // To reach a host that it has no entry for, it asks for it in the name of the address.
        sandbox.attempt(ON_OTHER + "ping -c 1 -W 1 -I " + VIP4 + " 10.9.0.78");
        await().atMost(SOON).until(() -> seen("conflict " + VIP4 + " " + OTHER));
        sandbox.sh("ip -n other addr del " + VIP4 + "/24 dev eth0");
        sandbox.sh("ip -n client neigh replace " + VIP4 + " lladdr " + OTHER + " dev eth0 nud stale");
        announcer.say("defend eth0 " + VIP4);
        announcer.say("defend eth0 " + VIP4);
        await().atMost(SOON).until(() -> neighbour(VIP4).contains(NODE));
        assertThat(announced()).isEqualTo(13);
    }

    private long announced() {
        return announcer.say("status").stream()
                .filter(line -> line.startsWith(VIP4))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*announced=", "")))
                .findFirst()
                .orElse(0);
    }

    /** As a node whose speaker is away: it forwards what comes in for the addresses, and answers no question for them. */
    private void theOwnerHasTheAddressesAndIsSilent() {
        sandbox.sh(on("other", "echo 1 > /proc/sys/net/ipv4/conf/all/arp_ignore"));
        sandbox.sh("ip -n other addr add " + VIP4 + "/32 dev lo; ip -n other addr add " + VIP6 + "/128 dev lo nodad");
    }

    private boolean pings(String address) {
        return sandbox.attempt(ON_CLIENT + "ping -c 1 -W 1 " + address).status() == 0;
    }

    private String neighbour(String address) {
        return sandbox.sh(ON_CLIENT + "ip neigh show " + address);
    }

    private boolean seen(String event) {
        events.addAll(announcer.say("events"));
        return events.stream().anyMatch(each -> each.startsWith(event));
    }
}
