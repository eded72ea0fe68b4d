package dev.clarion.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** This module and the kernel, in a network namespace of the test's own that ends with the program in it. */
class KernelIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String GROUP = "ff02::1:ff00:200";
    private static final String GROUP_IN_PROC = "ff0200000000000000000001ff000200";
    private static final String MAC_IN_PROC = "3333ff000200";

    private Process process;
    private BufferedReader reader;

    @BeforeEach
    void startTheProgram() throws IOException {
        start("unshare", "--net", "--kill-child", "--fork");
    }

    private void start(String... wrapper) throws IOException {
        Awaitility.pollInSameThread();
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx64m", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(KernelProgram.class.getName());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(answer())
                .as("this test makes a namespace, so it has to run as root")
                .isEmpty();
    }

    @AfterEach
    void endTheProgram() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Test
    void linksAreListedAsTheKernelHasThem() throws IOException, InterruptedException {
        sh("ip link add eth0 address 02:00:00:00:00:0a type veth peer name peer0");
        sh("ip link add br0 type bridge && ip link set peer0 master br0 && ip link set peer0 up");
        sh("ip link set eth0 up && ip addr add 10.9.0.11/24 dev eth0 && ip addr add fd09::11/64 dev eth0 nodad");
        String bridge = index("br0");
        assertThat(say("links"))
                .anyMatch(line -> line.contains("name=lo,") && line.contains("loopback=true"))
                .anyMatch(line -> line.contains("name=eth0,")
                        && line.contains("mac=02:00:00:00:00:0a, up=true, carrier=true")
                        && line.contains("address=10.9.0.11, prefixLength=24")
                        && line.contains("address=fd09::11, prefixLength=64"))
                .anyMatch(line -> line.contains("name=peer0,") && line.contains("master=OptionalInt[" + bridge))
                .anyMatch(line -> line.contains("name=br0,") && line.contains("up=false, carrier=false"));
        sh("ip link set peer0 down");
        assertThat(say("links"))
                .anyMatch(line -> line.contains("name=eth0,") && line.contains("up=true, carrier=false"));
    }

    @Test
    void kindsAndMastersAreToldAndTheSuitableInterfacesFound() throws IOException, InterruptedException {
        sh("ip link add eth0 type veth peer name peer0 && ip link add br0 type bridge");
        sh("ip link set peer0 master br0 && ip link set eth0 up && ip link set peer0 up && ip link set br0 up");
        assertThat(say("links"))
                .anyMatch(line -> line.contains("name=eth0,") && line.contains("kind=veth, masterKind=,"))
                .anyMatch(line -> line.contains("name=br0,") && line.contains("kind=bridge, masterKind=,"))
                .anyMatch(line -> line.contains("name=peer0,") && line.contains("kind=veth, masterKind=bridge,"));
        await().atMost(SOON).until(() -> say("suitable").contains("br0 suitable"));
        assertThat(say("suitable")).contains("lo LOOPBACK", "eth0 suitable", "peer0 PORT");
    }

    @Test
    void gatewaysOfBothFamiliesAndAllTablesAreListedAndTheirChangesTold() throws IOException, InterruptedException {
        sh("ip link add eth0 type veth peer name peer0 && ip link set eth0 up && ip link set peer0 up");
        sh("ip addr add 10.9.0.11/24 dev eth0 && ip addr add fd09::11/64 dev eth0 nodad");
        long before = changes();
        sh("ip route add 10.8.0.0/16 via 10.9.0.7 && ip route add default via 10.9.0.1");
        await().atMost(SOON).until(() -> changes() > before);
        sh("ip route add default via 10.9.0.2 table 100 && ip -6 route add default via fe80::1 dev eth0");
        sh("ip route add unreachable default metric 9999");
        assertThat(say("gateways")).containsExactly(index("eth0") + " [10.9.0.1, 10.9.0.2, fe80::1]");
        sh("ip route del default via 10.9.0.1");
        sh("ip route add default nexthop via 10.9.0.3 dev eth0 nexthop via 10.9.0.4 dev eth0");
        assertThat(say("gateways")).containsExactly(index("eth0") + " [10.9.0.2, 10.9.0.3, 10.9.0.4, fe80::1]");
    }

    @Test
    void theParametersOfThisKernelAreLookedAt() throws IOException, InterruptedException {
        sh("ip link add eth0 type veth peer name peer0 && ip link set eth0 up && ip link set peer0 up");
        sh("ip link add kube-ipvs0 type bridge && ip addr add 10.9.0.200/32 dev kube-ipvs0");
        // The files under /proc show the namespace of the process that opens them.
        sh("for p in all eth0; do for f in arp_ignore arp_announce proxy_arp rp_filter; do"
                + " echo 0 > /proc/sys/net/ipv4/conf/$p/$f; done; done");
        assertThat(say("check eth0 10.9.0.200")).containsExactly("ARP_FOR_LOCAL_ADDRESS", "ARP_FROM_LOCAL_ADDRESS");
        sh("echo 1 > /proc/sys/net/ipv4/conf/all/arp_ignore; echo 2 > /proc/sys/net/ipv4/conf/eth0/arp_announce");
        assertThat(say("check eth0 10.9.0.200")).isEmpty();
        sh("echo 1 > /proc/sys/net/ipv4/conf/eth0/proxy_arp; echo 1 > /proc/sys/net/ipv6/conf/eth0/proxy_ndp");
        assertThat(say("check eth0 10.9.0.200")).containsExactly("PROXY_ARP", "PROXY_NDP");
    }

    @Test
    void routersOnAnInterfaceAreHeardAndOnesOwnAdvertisementIsNot() throws IOException, InterruptedException {
        sh("ip link add eth0 address 02:00:00:00:00:0a type veth peer name peer0 address 02:00:00:00:00:0b");
        sh("ip link set eth0 addrgenmode eui64 && ip link set peer0 addrgenmode eui64");
        sh("echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad; echo 0 > /proc/sys/net/ipv6/conf/peer0/accept_dad");
        say("watch eth0 peer0");
        assertThat(say("routers eth0")).containsExactly("[]");
        sh("ip link set eth0 up && ip link set peer0 up");
        // Each end hears the other one, and not itself.
        await().atMost(SOON).until(() -> say("routers eth0").contains("[fe80::ff:fe00:b]"));
        await().atMost(SOON).until(() -> say("routers peer0").contains("[fe80::ff:fe00:a]"));
        sh("ip link del eth0");
        await().atMost(SOON).until(() -> say("routers peer0").contains("[]"));
    }

    @Test
    void aThreadGoesInRealTimeAndThoseItStartsDoNot() throws IOException {
        assertThat(say("raise")).containsExactly("RealTime[priority=1] policy=2", "started policy=0");
    }

    @Test
    void aThreadThatMayNotBeRaisedStaysAndTheReasonNamesTheCapability() throws IOException, InterruptedException {
        endTheProgram();
        start(
                "unshare",
                "--net",
                "--kill-child",
                "--fork",
                "prlimit",
                "--rtprio=0",
                "--nice=0",
                "setpriv",
                "--bounding-set=-sys_nice",
                "--inh-caps=-sys_nice");
        assertThat(say("raise").getFirst()).startsWith("Unchanged[").contains("EPERM", "CAP_SYS_NICE", "EACCES");
    }

    @Test
    void aThreadThatMayNotBeInRealTimeIsPreferredAmongOthers() throws IOException, InterruptedException {
        endTheProgram();
        start(
                "unshare",
                "--net",
                "--kill-child",
                "--fork",
                // From there on -15 is a concession, which needs no capability.
                "nice",
                "--adjustment=-40",
                "prlimit",
                "--rtprio=0",
                "setpriv",
                "--bounding-set=-sys_nice",
                "--inh-caps=-sys_nice");
        assertThat(say("raise").getFirst()).startsWith("Nice[nice=-15").contains("EPERM");
    }

    @Test
    void changesOfLinksAndAddressesAreTold() throws IOException, InterruptedException {
        for (String change : List.of(
                "ip link add eth0 type veth peer name peer0",
                "ip link set eth0 up",
                "ip addr add 10.9.0.11/24 dev eth0",
                "ip addr add fd09::11/64 dev eth0 nodad",
                "ip link set eth0 address 02:00:00:00:00:0b",
                "ip link del eth0")) {
            long before = changes();
            sh(change);
            await(change).atMost(SOON).until(() -> changes() > before);
        }
    }

    @Test
    void closingEndsTheMonitorAtOnce() throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertThat(answer()).containsExactly("closed");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aGroupIsJoinedInTheKernelAndInTheCardsFilterUntilItIsLeftAsOften() throws IOException, InterruptedException {
        sh("ip link add eth0 type veth peer name peer0 && ip link set eth0 up && ip link set peer0 up");
        String at = index("eth0") + " " + GROUP;
        assertThat(say("join " + at)).isEmpty();
        assertThat(say("join " + at)).isEmpty();
        assertThat(sh("cat /proc/net/igmp6")).contains(GROUP_IN_PROC);
        // Once for the kernel's membership and once for the packet socket's.
        assertThat(sh("grep " + MAC_IN_PROC + " /proc/net/dev_mcast")).matches("(?s)\\d+\\s+eth0\\s+2\\s+.*");
        assertThat(say("leave " + at)).isEmpty();
        assertThat(sh("cat /proc/net/igmp6")).contains(GROUP_IN_PROC);
        assertThat(say("leave " + at)).isEmpty();
        assertThat(sh("cat /proc/net/igmp6 /proc/net/dev_mcast")).doesNotContain(GROUP_IN_PROC, MAC_IN_PROC);
        assertThat(say("leave " + at)).isEmpty();
    }

    @Test
    void aGroupOfADeletedInterfaceIsLeftAndJoinedOnTheNewOne() throws IOException, InterruptedException {
        sh("ip link add eth0 type veth peer name peer0 && ip link set eth0 up");
        String old = index("eth0");
        say("join " + old + " " + GROUP);
        sh("ip link del eth0 && ip link add eth0 type veth peer name peer0 && ip link set eth0 up");
        assertThat(say("leave " + old + " " + GROUP)).isEmpty();
        assertThat(say("join " + index("eth0") + " " + GROUP)).isEmpty();
        assertThat(sh("cat /proc/net/igmp6")).contains(GROUP_IN_PROC);
        assertThat(say("join " + old + " " + GROUP).toString()).contains("ENODEV", "the interface is gone");
    }

    @Test
    void moreGroupsThanOneSocketHoldsAreJoined() throws IOException, InterruptedException {
        sh("ip link add eth0 type veth peer name peer0 && ip link set eth0 up");
        String index = index("eth0");
        for (int i = 0; i < 1_000; i++) {
            assertThat(say("join " + index + " ff02::1:ff01:" + Integer.toHexString(i)))
                    .isEmpty();
        }
        assertThat(sh("grep -c ff0200000000000000000001ff01 /proc/net/igmp6").strip())
                .isEqualTo("1000");
    }

    @Test
    void withoutTheCapabilityTheMessageNamesIt() throws IOException, InterruptedException {
        endTheProgram();
        start(
                "unshare",
                "--net",
                "--kill-child",
                "--fork",
                "setpriv",
                "--bounding-set=-net_raw",
                "--inh-caps=-net_raw");
        assertThat(say("join 1 " + GROUP).toString()).contains("EPERM", "CAP_NET_RAW");
    }

    private long changes() throws IOException {
        return Long.parseLong(say("changes").getFirst());
    }

    private String index(String name) throws IOException, InterruptedException {
        Matcher matcher = Pattern.compile("^(\\d+):").matcher(sh("ip -o link show " + name));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private List<String> say(String order) throws IOException {
        process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return answer();
    }

    private List<String> answer() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); !"ok".equals(line); line = reader.readLine()) {
            assertThat(line).as("the program ended after it said %s", lines).isNotNull();
            lines.add(line);
        }
        return lines;
    }

    /** Runs a shell command in the program's namespace. */
    private String sh(String command) throws IOException, InterruptedException {
        long inside = process.children().findFirst().orElseThrow().pid();
        Process shell = new ProcessBuilder(
                        "nsenter", "--target", "" + inside, "--net", "timeout", "20", "sh", "-ec", command)
                .redirectErrorStream(true)
                .start();
        String text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as("%s%n%s", command, text).isZero();
        return text;
    }
}
