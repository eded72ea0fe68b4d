package dev.clarion.bgp.interop;

import dev.clarion.net.Ip;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The link between us and the router, both families on it. We are the sandbox itself ({@code unshare --net --mount
 * --pid}), the router is a namespace in it; {@code /run} is the sandbox's own, and all of it ends with the sandbox.
 */
final class Segment {
    static final Ip OURS_V4 = Ip.parse("192.168.50.11");
    static final Ip OURS_V6 = Ip.parse("fd50::11");
    static final Ip ROUTER_V4 = Ip.parse("192.168.50.254");
    static final Ip ROUTER_V6 = Ip.parse("fd50::254");

    /** The router's interface on the segment. */
    static final String ROUTER_LINK = "lan0";

    /** Where daemons find their configuration and leave their logs. */
    static final Path DIRECTORY = Path.of("/run/router");

    private static final List<String> SET_UP = List.of(
            "mount --make-rprivate /",
            "mount -t tmpfs tmpfs /run",
            "mkdir -p -m 755 /run/netns /run/router /run/openbgpd",
            "install -d -o frr -g frr /run/frr",
            "ip link set lo up",
            "ip netns add rtr",
            "ip link add eth0 type veth peer name lan0 netns rtr",
            "sysctl -qw net.ipv6.conf.eth0.accept_dad=0",
            "ip netns exec rtr sysctl -qw net.ipv6.conf.lan0.accept_dad=0",
            "ip addr add 192.168.50.11/24 dev eth0",
            "ip addr add fd50::11/64 dev eth0",
            "ip link set eth0 up",
            "ip -n rtr link set lo up",
            "ip -n rtr addr add 192.168.50.254/24 dev lan0",
            "ip -n rtr addr add fd50::254/64 dev lan0",
            "ip -n rtr link set lan0 up",
            "ip netns exec rtr nft add table inet cut",
            "ip netns exec rtr nft add chain inet cut in { type filter hook input priority 0; }",
            "ip netns exec rtr nft add chain inet cut out { type filter hook output priority 0; }");

    Segment() {
        SET_UP.forEach(command -> Shell.must(command.split(" ", -1)));
    }

    /** A command that runs where the router is. */
    static List<String> atRouter(List<String> command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", "rtr"), command.stream())
                .toList();
    }

    /** Everything is lost from now on, both ways, and no interface notices. */
    void cut() {
        rule("in", "drop");
        rule("out", "drop");
    }

    /** The router hears none of our attempts to connect: only its own come through. */
    void muteOurDialling() {
        rule("in", "tcp dport 179 tcp flags & (syn | ack) == syn drop");
    }

    /** Whether all that was written to connections has been read from them. */
    boolean nothingOnTheWay() {
        List<String> queues = List.of("ss", "-Htn", "( sport = :179 or dport = :179 )");
        return Stream.of(queues, atRouter(queues))
                .map(command -> Shell.must(command.toArray(String[]::new)))
                .flatMap(String::lines)
                .map(line -> line.split("\\s+", -1))
                .allMatch(words -> words[1].equals("0") && words[2].equals("0"));
    }

    /** What the kernels of both ends have counted under a name of nstat(8). */
    long counted(String name) {
        List<String> counter = List.of("nstat", "-asz", name);
        return Stream.of(counter, atRouter(counter))
                .map(command -> Shell.must(command.toArray(String[]::new)))
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[1]))
                .sum();
    }

    /** Everything passes again. */
    void heal() {
        Shell.must("ip", "netns", "exec", "rtr", "nft", "flush", "table", "inet", "cut");
    }

    private static void rule(String chain, String rule) {
        Shell.must("ip", "netns", "exec", "rtr", "nft", "add rule inet cut " + chain + " " + rule);
    }
}
