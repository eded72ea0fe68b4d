package dev.clarion.bench.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clarion in the lab, with one dual-stack Service whose endpoint lies outside of the nodes. */
final class Cluster {
    static final String NAMESPACE = "clarion-system";
    private static final int SETTLE_SECONDS = 90;
    private static final Pattern MAC = Pattern.compile("([0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5})", Pattern.CASE_INSENSITIVE);
    private static final Pattern NODES = Pattern.compile("\"nodes\"\\s*:\\s*\\{([^}]*)\\}");
    private static final Pattern EACH = Pattern.compile("\"(n\\d)\"\\s*:\\s*\"(\\w+)\"");

    private final Lab lab;
    private List<String> addresses = List.of();

    Cluster(Lab lab) {
        this.lab = lab;
    }

    Lab lab() {
        return lab;
    }

    /** IPv4, IPv6. */
    List<String> addresses() {
        return addresses;
    }

    /** Everything that the bench needs; what is there already is left. */
    void install() throws IOException {
        lab.apply(Files.readString(Path.of(System.getenv("CLARION_MANIFEST"))));
        lab.apply(Files.readString(lab.root().resolve("bench/failover.yaml")));
        ready();
        if (!Pause.within(60, () -> !ingress().isEmpty())) {
            throw new BenchException("the Service got no addresses");
        }
        addresses = ingress();
    }

    private List<String> ingress() {
        String text = lab.kubectl("get", "service", "bench", "-o", "jsonpath={.status.loadBalancer.ingress[*].ip}")
                .strip();
        List<String> found = List.of(text.split(" "));
        return found.size() == 2 ? found : List.of();
    }

    /** Until controller and speakers are as many as they should be, and ready. */
    void ready() {
        lab.kubectl("-n", NAMESPACE, "rollout", "status", "deployment/clarion-controller", "--timeout", "120s");
        lab.kubectl("-n", NAMESPACE, "rollout", "status", "daemonset/clarion-speaker", "--timeout", "120s");
    }

    /** Waits until everything is whole and one node answers for both addresses; that node. */
    String settle() {
        lab.healAll();
        ready();
        List<String> seen = new ArrayList<>();
        String[] owner = {""};
        boolean settled = Pause.within(SETTLE_SECONDS, () -> {
            Set<String> owners = new HashSet<>();
            addresses.forEach(a -> owners.addAll(owners(a)));
            seen.clear();
            seen.add("owners " + owners);
            if (owners.size() == 1) {
                owner[0] = owners.iterator().next();
            }
            return owners.size() == 1 && Lab.MACS.containsKey(owner[0]) && allAlive(seen);
        });
        if (!settled) {
            throw new BenchException("the cluster did not settle: " + seen);
        }
        return owner[0];
    }

    /** Whether each speaker finds each other alive, where it can be asked. */
    private boolean allAlive(List<String> seen) {
        for (String node : Lab.NODES) {
            Matcher nodes = NODES.matcher(state(node));
            if (nodes.find()) {
                Map<String, String> conditions = new java.util.TreeMap<>();
                Matcher each = EACH.matcher(nodes.group(1));
                while (each.find()) {
                    conditions.put(each.group(1), each.group(2));
                }
                seen.add(node + " " + conditions);
                conditions.remove(node);
                if (conditions.size() < Lab.NODES.size() - 1
                        || !conditions.values().stream().allMatch("ALIVE"::equals)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What a speaker says of itself on loopback. */
    String state(String node) {
        return lab.tries("exec", node, "curl", "-s", "-m", "3", "http://127.0.0.1:7480/state")
                .out();
    }

    /** The metrics of a node's speaker. */
    String metrics(String node) {
        return lab.tries("exec", "host", "curl", "-s", "-m", "3", "http://10.0.0.1" + node.substring(1) + ":7481/metrics")
                .out();
    }

    /** Who answers for an address when the router asks: nodes, or hardware addresses that are no node's. */
    Set<String> owners(String address) {
        String out = address.contains(":")
                ? lab.tries("exec", "router", "ndisc6", "-m", "-q", "-n", "-r", "1", "-w", "300", address, "lan0")
                        .out()
                : lab.tries("exec", "router", "arping", "-r", "-i", "lan0", "-c", "1", "-w", "0.3", address)
                        .out();
        Set<String> owners = new HashSet<>();
        Matcher macs = MAC.matcher(out);
        while (macs.find()) {
            String mac = macs.group(1).toLowerCase(java.util.Locale.ROOT);
            owners.add(node(mac).orElse(mac));
        }
        return owners;
    }

    private static Optional<String> node(String mac) {
        return Lab.MACS.entrySet().stream()
                .filter(e -> e.getValue().equals(mac))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
