package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.Lab;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Set;

/**
 * What Clarion is told.
 *
 * @param gracefulRestart whether routers are asked to keep routes over a restart
 * @param bfdMillis the interval at which BFD watches the router, three of which are enough; 0: it does not
 * @param peers sessions of each node: 2, one of each family, which carry their own; or 4 that carry both
 * @param community which of two communities routes carry: 0 or 1; -1: none
 */
record Settings(boolean gracefulRestart, int bfdMillis, int peers, int community) {
    static final Settings PLAIN = new Settings(false, 0, 2, -1);
    static final Settings RESTARTING = new Settings(true, 0, 2, -1);
    static final Settings FOUR = new Settings(false, 0, 4, -1);

    /** All addresses of the router at which it may be dialled. */
    static final Set<Ip> ROUTER = Set.of(
            Ip.parse("192.168.50.254"),
            Ip.parse("fd50::254"),
            Ip.parse("192.168.50.241"),
            Ip.parse("192.168.50.242"),
            Ip.parse("192.168.50.243"),
            Ip.parse("fd50::241"),
            Ip.parse("fd50::242"),
            Ip.parse("fd50::243"));

    /** BFD at this interval. */
    static Settings watched(int bfdMillis) {
        return new Settings(false, bfdMillis, 2, -1);
    }

    Settings with(int other) {
        return new Settings(gracefulRestart, bfdMillis, peers, other);
    }

    /** Addresses that a node's sessions may come from. */
    static Set<Ip> addresses(String node) {
        String n = node.substring(1);
        return Set.of(
                Ip.parse("192.168.50.1" + n),
                Ip.parse("fd50::1" + n),
                Ip.parse(second(IpFamily.IPV4, node)),
                Ip.parse(second(IpFamily.IPV6, node)));
    }

    /** The address that a node dials from to have a second session of a family: a router tells peers apart by theirs. */
    static String second(IpFamily family, String node) {
        return (family == IpFamily.IPV4 ? "192.168.50.12" : "fd50::12") + node.substring(1);
    }

    /** The router's, of those second sessions: the configuration tells peers apart by theirs. */
    static String router(IpFamily family, String node) {
        return (family == IpFamily.IPV4 ? "192.168.50.24" : "fd50::24") + node.substring(1);
    }

    /** The ConfigMap's {@code config.yaml}. */
    String yaml() {
        StringBuilder text = new StringBuilder("""
                ipAddressPools:
                - name: routed
                  addresses: [203.0.113.0/24, "2001:db8:113::/120"]
                - name: many
                  autoAssign: false
                  addresses: [198.18.0.0/16, "2001:db8:114::/112"]
                """);
        if (bfdMillis > 0) {
            text.append("""
                    bfdProfiles:
                    - name: watch
                      receiveInterval: %d
                      transmitInterval: %d
                      detectMultiplier: 3
                    """.formatted(bfdMillis, bfdMillis));
        }
        text.append("bgpPeers:\n");
        peer(text, "router-v4", "192.168.50.254", "");
        peer(text, "router-v6", "fd50::254", "");
        if (peers > 2) {
            for (IpFamily family : IpFamily.values()) {
                Lab.NODES.forEach(node -> peer(
                        text,
                        "second-" + (family == IpFamily.IPV4 ? "v4-" : "v6-") + node,
                        router(family, node),
                        "  sourceAddress: \"" + second(family, node)
                                + "\"\n  nodeSelectors: [{matchLabels: {kubernetes.io/hostname: " + node + "}}]\n"));
            }
        }
        text.append("bgpAdvertisements:\n- name: all\n");
        if (community >= 0) {
            text.append("  communities: [\"64513:" + (100 + community) + "\"]\n");
        }
        return text.toString();
    }

    private void peer(StringBuilder text, String name, String address, String more) {
        text.append("- name: " + name + "\n  myASN: 64513\n  peerASN: 64512\n  holdTime: 9s\n");
        text.append("  peerAddress: \"" + address + "\"\n" + more);
        text.append(peers > 2 ? "  dualStackAddressFamily: true\n" : "");
        text.append(gracefulRestart ? "  enableGracefulRestart: true\n" : "");
        text.append(bfdMillis > 0 ? "  bfdProfile: watch\n" : "");
    }
}
