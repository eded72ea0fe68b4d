package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the kernel says of an interface, in a network namespace of the test's own. Needs root and iproute2. */
class SegmentsIT {
    private static final long LIMIT_SECONDS = 60;

    private static final String SANDBOX =
            """
            set -e
            ip link set lo up
            ip addr add 198.51.100.9/32 dev lo
            ip addr add 2001:db8::9/128 dev lo
            ip link add eth0 type veth peer name far0
            ip link set eth0 addrgenmode none
            ip addr add 192.168.50.11/24 dev eth0
            ip addr add 192.168.50.12/24 dev eth0
            ip addr add fd50::11/64 dev eth0 nodad
            ip addr add fe80::11/64 dev eth0 nodad
            ip link set eth0 up
            ip link set far0 up
            exec "$@"
            """;

    private static final NextHops ETH0 = hops("192.168.50.11", "fd50::11");
    private static final NextHops LOOPBACK = hops("198.51.100.9", "2001:db8::9");
    private static final Optional<Ip> LINK = Optional.of(Ip.parse("fe80::11"));

    @Test
    void theAddressesOfTheInterfaceAreFoundAndTheLinkLocalOneOnlyForPeersOnTheSegment()
            throws IOException, InterruptedException {
        Process sandbox = new ProcessBuilder(command()).redirectErrorStream(true).start();
        boolean ended = sandbox.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            sandbox.destroyForcibly();
        }
        String said = new String(sandbox.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.lines())
                .containsExactly(
                        line("192.168.50.11", "192.168.50.254", new Segment(ETH0, LINK)),
                        line("192.168.50.11", "203.0.113.1", new Segment(ETH0, Optional.empty())),
                        line("fd50::11", "fd50::1", new Segment(ETH0, LINK)),
                        line("fd50::11", "2001:db8::1", new Segment(ETH0, Optional.empty())),
                        line("fe80::11%eth0", "fe80::1%eth0", new Segment(ETH0, LINK)),
                        line("198.51.100.9", "198.51.100.10", new Segment(LOOPBACK, Optional.empty())),
                        line("127.0.0.1", "127.0.0.1", new Segment(LOOPBACK, Optional.empty())),
                        line("192.0.2.1", "192.0.2.2", Segment.UNKNOWN));
    }

    private static String line(String local, String peer, Segment segment) {
        return local + " " + peer + " " + segment;
    }

    private static NextHops hops(String ipv4, String ipv6) {
        return new NextHops(Optional.of(Ip.parse(ipv4)), Optional.of(Ip.parse(ipv6)));
    }

    private static List<String> command() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
                "unshare",
                "--net",
                "--kill-child",
                "--fork",
                "bash",
                "-c",
                SANDBOX,
                "sandbox",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                classPath,
                SegmentsScenario.class.getName());
    }
}
