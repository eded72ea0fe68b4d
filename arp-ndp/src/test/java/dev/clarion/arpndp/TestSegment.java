package dev.clarion.arpndp;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A bridge that learns, with three hosts on it: a node, another one, and a client with an address of both families. */
final class TestSegment {

    static final String NODE = "02:00:00:00:00:0a";
    static final String OTHER = "02:00:00:00:00:0b";
    static final String CLIENT = "02:00:00:00:00:0c";
    static final String ON_NODE = "ip netns exec node ";
    static final String ON_OTHER = "ip netns exec other ";
    static final String ON_CLIENT = "ip netns exec client ";
    static final Duration SOON = Duration.ofSeconds(30);

    private TestSegment() {}

    static Sandbox raise() {
        return raise("mcast_snooping 0");
    }

    /** @param bridge further options of the bridge */
    static Sandbox raise(String bridge) {
        Sandbox sandbox = Sandbox.start();
        sandbox.sh("ip link add br0 type bridge stp_state 0 " + bridge);
        sandbox.sh("""
            ip link set br0 up
            host() {
                ip netns add $1
                ip link add p-$1 type veth peer name eth0 address $2 netns $1
                ip link set p-$1 master br0 up
                ip -n $1 link set lo up
                ip -n $1 link set eth0 up
                ip -n $1 addr add 10.9.0.$3/24 dev eth0
                ip -n $1 addr add fd09::$3/64 dev eth0
            }
            host node 02:00:00:00:00:0a 11
            host other 02:00:00:00:00:0b 12
            host client 02:00:00:00:00:0c 100
            """);
        await().atMost(SOON)
                .until(() -> !sandbox.sh("for n in node other client; do ip -n $n -6 addr; done; ip -6 addr show br0")
                        .contains("tentative"));
        return sandbox;
    }

    /** What a command would do on a host, for {@link Sandbox#sh}: in a shell of its own. */
    static String on(String host, String command) {
        return "ip netns exec " + host + " sh -ec '" + command + "'";
    }
}
