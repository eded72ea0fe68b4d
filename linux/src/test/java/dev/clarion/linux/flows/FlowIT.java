package dev.clarion.linux.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.linux.flows.Sandbox.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client, two nodes on its segment and a backend behind both, with the rules that kube-proxy makes: addresses of
 * Services are changed to the backend's, and the client's to the node's; what belongs to no connection is dropped. Reverse
 * paths are filtered strictly.
 */
@Timeout(300)
class FlowIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MUCH = 300_000;

    enum Family {
        IPV4("10.9.0.200", "10.9.0.11"),
        IPV6("fd09::200", "fd09::11");

        private final String address;
        private final String nodeA;

        Family(String address, String nodeA) {
            this.address = address;
            this.nodeA = nodeA;
        }
    }

    private final List<AutoCloseable> open = new ArrayList<>();
    private Sandbox sandbox;
    private Program client;

    @BeforeEach
    void wire() {
        sandbox = Sandbox.start();
        open.add(sandbox);
        sandbox.sh(
                "ip link add sw type bridge && ip link set sw up && ip link add back type bridge && ip link set back up");
        host("client", "eth0", "sw", 1);
        host("a", "eth0", "sw", 11);
        host("b", "eth0", "sw", 12);
        host("a", "eth1", "back", 11);
        host("b", "eth1", "back", 12);
        host("backend", "eth0", "back", 20);
        likeKubeProxy("a");
        likeKubeProxy("b");
        Program backend = program("backend", PeerProgram.class);
        client = program("client", PeerProgram.class);
        assertThat(backend.say("serve 8080")).containsExactly("serving");
        announcedBy("a");
    }

    /** Puts a network card with both families' addresses into a namespace. */
    private void host(String name, String card, String bridge, int number) {
        String net = bridge.equals("sw") ? "9" : "10";
        String port = name + card;
        sandbox.sh("ip netns list | grep -qw " + name + " || ip netns add " + name);
        sandbox.sh("ip -n " + name + " link set lo up");
        sandbox.sh("ip link add " + port + " type veth peer name " + card + " netns " + name);
        sandbox.sh("ip link set " + port + " master " + bridge + " up && ip -n " + name + " link set " + card + " up");
        sandbox.sh("ip -n " + name + " addr add 10." + net + ".0." + number + "/24 dev " + card);
        sandbox.sh("ip -n " + name + " addr add fd" + (net.equals("9") ? "09" : net) + "::" + number + "/64 dev " + card
                + " nodad");
    }

    private void likeKubeProxy(String node) {
        in(
                node,
                "for f in ipv4/ip_forward ipv6/conf/all/forwarding ipv4/conf/all/rp_filter ipv4/conf/eth0/rp_filter"
                        + " ipv4/conf/eth0/send_redirects; do echo 1 > /proc/sys/net/$f; done");
        in(node, """
                nft -f - <<'EOT'
                table inet proxy {
                  chain services {
                    type nat hook prerouting priority dstnat;
                    ip daddr 10.9.0.200 tcp dport 80 meta mark set meta mark | 0x4000 dnat ip to 10.10.0.20:8080
                    ip6 daddr fd09::200 tcp dport 80 meta mark set meta mark | 0x4000 dnat ip6 to [fd10::20]:8080
                  }
                  chain sources {
                    type nat hook postrouting priority srcnat;
                    meta mark & 0x4000 == 0x4000 masquerade
                  }
                  chain passing {
                    type filter hook forward priority filter;
                    ct state invalid counter drop
                  }
                }
                EOT
                """);
    }

    private String in(String namespace, String command) {
        return sandbox.sh("ip netns exec " + namespace + " sh -ec '" + command.replace("'", "'\\''") + "'");
    }

    private Program program(String namespace, Class<?> main, String... arguments) {
        Program program = sandbox.java(namespace, main, List.of(), arguments);
        open.addFirst(program);
        return program;
    }

    private Program kernel(String node, int keptSeconds) {
        return program(node, FlowProgram.class, "" + keptSeconds);
    }

    /** The client believes from now on that this node has the addresses. */
    private void announcedBy(String node) {
        String mac = in(node, "cat /sys/class/net/eth0/address").strip();
        for (Family family : Family.values()) {
            in("client", "ip neigh replace " + family.address + " lladdr " + mac + " dev eth0 nud permanent");
        }
    }

    private void connect(String name, Family family) {
        assertThat(client.say("open " + name + " " + family.address + " 80"))
                .singleElement()
                .asString()
                .matches("\\d+");
        assertThat(say(name)).isEqualTo("echo");
    }

    private String say(String name) {
        return client.say("say " + name + " " + MUCH).getFirst();
    }

    private static String flows(Program node, Family family) {
        return String.join(" ", node.say("tracked " + family.address));
    }

    /** What a node has of ours besides its flows. */
    private String traces(String node) {
        return in(node, "nft list tables; ip rule; ip -6 rule; ip route show table all; ip -6 route show table all")
                .lines()
                .filter(line -> line.contains("clarion") || line.contains("7482") || line.contains("table 748"))
                .toList()
                .toString();
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aConnectionSurvivesTheMoveOfItsAddressAndNewOnesGoToTheNewOwner(Family family) {
        Program a = kernel("a", 300);
        Program b = kernel("b", 300);
        assertThat(b.say("obstacle")).isEmpty();
        connect("long", family);
        String flow = flows(a, family);
        assertThat(flow).matches("6,[0-9a-f.:]+,\\d+," + family.address + ",80");
        assertThat(b.say("relay eth0 " + family.nodeA + " " + flow)).containsExactly("1");
        announcedBy("b");
        assertThat(say("long")).isEqualTo("echo");
        connect("new", family);
        assertThat(flows(b, family)).isNotEmpty().doesNotContain(flow);
        assertThat(flows(a, family)).isEqualTo(flow);
        assertThat(say("long")).isEqualTo("echo");
        assertThat(in(
                        "client",
                        "awk '/^Icmp:/ {print $9}' /proc/net/snmp; awk '/InRedirects/ {print $2}' /proc/net/snmp6"))
                .as("nobody is told of a shorter way")
                .isEqualTo("InRedirects\n0\n0\n");
        assertThat(in("b", "nft list table inet clarion"))
                .as("nft can show the table")
                .contains("notrack")
                .contains(": 0x00002c01");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void withoutItTheConnectionIsReset(Family family) {
        connect("long", family);
        announcedBy("b");
        assertThat(say("long")).isEqualTo("reset");
        connect("new", family);
    }

    @Test
    void aFlowIsKeptAsLongAsItIsUsedAndThenNothingIsLeft() {
        in("b", "nft add table inet other && ip rule add pref 7481 fwmark 0x2c01 lookup 99");
        in("b", "ip route add default via 10.9.0.1 table 748201 proto static metric 9");
        Program a = kernel("a", 4);
        Program b = kernel("b", 4);
        assertThat(b.say("clear")).isEmpty();
        String before = traces("b");
        connect("long", Family.IPV4);
        b.say("relay eth0 10.9.0.11 " + flows(a, Family.IPV4));
        announcedBy("b");
        await().during(Duration.ofSeconds(10))
                .atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    assertThat(say("long")).isEqualTo("echo");
                    assertThat(b.say("tidy")).containsExactly("10.9.0.11");
                });
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(b.say("tidy")).isEmpty());
        assertThat(traces("b")).isEqualTo(before);
        assertThat(in("b", "nft list tables; ip rule; ip route show table 748201"))
                .contains("table inet other", "7481:", "table inet proxy", "10.9.0.1");
        assertThat(say("long")).isEqualTo("reset");
    }

    @Test
    void theNextRunGoesOnWithWhatTheLastOneLeft() {
        Program a = kernel("a", 300);
        Program b = kernel("b", 300);
        connect("long", Family.IPV6);
        b.say("relay eth0 fd09::11 " + flows(a, Family.IPV6));
        announcedBy("b");
        b.close();
        Program next = kernel("b", 300);
        assertThat(next.say("adopt")).containsExactly("fd09::11");
        assertThat(say("long")).isEqualTo("echo");
        // Another node gets another number.
        connect("other", Family.IPV6);
        assertThat(next.say("relay eth0 fd09::99 6,fd09::1,7,fd09::200,80")).containsExactly("1");
        assertThat(say("long")).isEqualTo("echo");
        assertThat(next.say("relayed")).hasSize(2);
        next.say("clear");
        assertThat(traces("b")).isEqualTo("[]");
        assertThat(next.say("adopt")).isEmpty();
    }

    @Test
    void whatIsStaleIsRemovedByTheNextRun() {
        Program b = kernel("b", 300);
        b.say("relay eth0 10.9.0.11 6,10.9.0.1,7,10.9.0.200,80");
        b.say("relay eth0 fd09::11 6,fd09::1,7,fd09::200,80");
        b.close();
        in("b", "ip route flush table 748201 && nft flush map inet clarion flows6");
        Program next = kernel("b", 300);
        assertThat(next.say("adopt")).isEmpty();
        assertThat(traces("b")).isEqualTo("[]");
    }

    @Test
    void aFlowThatComesHomeIsHandledHereAndOneOfADeadNodeIsForgotten() {
        Program b = kernel("b", 300);
        String first = "6,10.9.0.1,7,10.9.0.200,80";
        String second = "17,10.9.0.1,8,10.9.0.200,53";
        assertThat(b.say("relay eth0 10.9.0.11 " + first + " " + second)).containsExactly("2");
        assertThat(b.say("relay eth0 10.9.0.13 " + second)).containsExactly("1");
        assertThat(b.say("relayed")).containsExactly("10.9.0.11 1 [" + first + "]", "10.9.0.13 1 [" + second + "]");
        b.say("release " + first + " 6,10.9.0.1,9,10.9.0.200,80");
        assertThat(b.say("tidy")).containsExactly("10.9.0.13");
        b.say("forget eth0 10.9.0.13");
        assertThat(traces("b")).isEqualTo("[]");
    }

    @Test
    void connectionsThatAreOverAndThoseToOtherAddressesAreNotKept() {
        Program a = kernel("a", 300);
        connect("long", Family.IPV4);
        connect("short", Family.IPV4);
        connect("other", Family.IPV6);
        assertThat(a.say("tracked 10.9.0.200 10.9.0.201")).hasSize(2);
        client.say("close short");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(a.say("tracked 10.9.0.200")).hasSize(1));
        assertThat(a.say("tracked 10.9.0.200 fd09::200")).hasSize(2);
        assertThat(a.say("tracked 10.9.0.201")).isEmpty();
    }

    @Test
    void thereIsRoomForAsManyAsAreHandedOver() {
        Program b = kernel("b", 300);
        assertThat(b.say("many eth0 10.9.0.11 10.128.0.0 100000")).containsExactly("100000");
        assertThat(b.say("many eth0 10.9.0.11 10.128.0.0 100000")).containsExactly("100000");
        assertThat(b.say("many eth0 10.9.0.11 10.140.0.0 1")).containsExactly("0");
        assertThat(b.say("many eth0 fd09::11 fd0a:: 3000")).containsExactly("3000");
        assertThat(b.say("relayed")).containsExactlyInAnyOrder("10.9.0.11 100000", "fd09::11 3000");
    }

    @Test
    void withoutTheCapabilityItIsSaidInWords() {
        String java = System.getProperty("java.home") + "/bin/java";
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String said = in(
                "b",
                "echo obstacle | setpriv --bounding-set=-net_admin --inh-caps=-net_admin " + java
                        + " --enable-native-access=ALL-UNNAMED -Xmx64m -cp " + tests + " " + FlowProgram.class.getName()
                        + " 300");
        assertThat(said).contains("NO_NET_ADMIN");
        assertThat(FlowObstacle.NO_NET_ADMIN.text()).contains("no NET_ADMIN");
    }
}
