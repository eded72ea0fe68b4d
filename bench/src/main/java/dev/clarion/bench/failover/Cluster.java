package dev.clarion.bench.failover;

import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Clarion;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import java.io.IOException;
import java.nio.file.Files;
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
    private static final int SETTLE_SECONDS = 90;
    private static final Pattern MAC =
            Pattern.compile("([0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5})", Pattern.CASE_INSENSITIVE);
    private static final String MANY = """
            apiVersion: v1
            kind: Service
            metadata: {name: many-%d, namespace: default, labels: {bench: many}, annotations: {clarion.dev/address-pool: many}}
            spec: {type: LoadBalancer, ipFamilies: [IPv6], allocateLoadBalancerNodePorts: false, ports: [{name: udp, port: 8080, protocol: UDP}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: many-%d, namespace: default, labels: {bench: many, kubernetes.io/service-name: many-%d}}
            addressType: IPv6
            ports: [{name: udp, port: 8080, protocol: UDP}]
            endpoints: [{addresses: ["fd00::1"], conditions: {ready: true}}]
            ---
            """;
    private static final Pattern NODES = Pattern.compile("\"nodes\"\\s*:\\s*\\{([^}]*)\\}");
    private static final Pattern EACH = Pattern.compile("\"(n\\d)\"\\s*:\\s*\"(\\w+)\"");

    private final Lab lab;
    private final Clarion clarion;
    private final boolean speakers;
    private List<String> addresses;
    private String stale = "";

    Cluster(Lab lab) {
        this(lab, List.of(), true);
    }

    private Cluster(Lab lab, List<String> addresses, boolean speakers) {
        this.lab = lab;
        this.clarion = new Clarion(lab);
        this.addresses = addresses;
        this.speakers = speakers;
    }

    /** The same lab, where something else than Clarion owns these addresses. */
    Cluster other(List<String> others) {
        return new Cluster(lab, others, false);
    }

    Lab lab() {
        return lab;
    }

    Clarion clarion() {
        return clarion;
    }

    /** IPv4, IPv6. */
    List<String> addresses() {
        return addresses;
    }

    /** Everything that the bench needs; what is there already is left. */
    void install() throws IOException {
        // A call that was killed may have left something broken.
        lab.healAll();
        clarion.install();
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
        if (!speakers) {
            return;
        }
        clarion.ready();
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
            return owners.size() == 1 && Lab.MACS.containsKey(owner[0]) && (!speakers || allAlive(seen));
        });
        if (!settled) {
            throw new BenchException("the cluster did not settle: " + seen);
        }
        forget(owner[0]);
        return owner[0];
    }

    /** near and router forget who had the addresses; that they knew somebody else than the owner is a finding. */
    private void forget(String owner) {
        List<String> found = new ArrayList<>();
        for (String place : List.of("near", "router")) {
            for (String address : addresses) {
                Matcher mac = MAC.matcher(lab.tries("exec", place, "ip", "neigh", "show", "to", address)
                        .out());
                if (mac.find() && !node(mac.group(1)).orElse(mac.group(1)).equals(owner)) {
                    found.add(place + " still had " + address + " at "
                            + node(mac.group(1)).orElse(mac.group(1)));
                }
                lab.verb("exec", place, "ip", "neigh", "flush", "to", address);
            }
        }
        stale = String.join(" and ", found);
    }

    /** Whose cache was wrong before the last {@link #settle}; empty if nobody's was. */
    String stale() {
        return stale;
    }

    /** Whether each speaker finds each other alive, where it can be asked. */
    private boolean allAlive(List<String> seen) {
        for (String node : Lab.NODES) {
            Matcher nodes = NODES.matcher(clarion.state(node));
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

    /** So many IPv6 addresses more, each of a Service of its own; waits until all are there. */
    List<String> many(int count) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < count; i++) {
            yaml.append(String.format(MANY, i, i, i));
        }
        lab.apply(yaml.toString());
        List<String> found = new ArrayList<>();
        boolean all = Pause.within(180, () -> {
            String ips = lab.kubectl(
                    "get",
                    "services",
                    "-l",
                    "bench=many",
                    "-o",
                    "jsonpath={.items[*].status.loadBalancer.ingress[*].ip}");
            found.clear();
            found.addAll(List.of(ips.strip().split(" ")));
            return found.size() == count;
        });
        if (!all) {
            throw new BenchException("of " + count + " Services " + found.size() + " got an address");
        }
        return List.copyOf(found);
    }

    void fewAgain() {
        lab.kubectl("delete", "services,endpointslices", "-l", "bench=many", "--wait=false");
    }

    /** Sees to it that one node owns all addresses: the others are excluded until it does. */
    void gather(String node, int count) {
        List<String> others =
                Lab.NODES.stream().filter(other -> !other.equals(node)).toList();
        others.forEach(other -> lab.kubectl("label", "--overwrite", "node", other, Event.EXCLUDED + "="));
        Pattern owned = Pattern.compile("\"owner\"\\s*:\\s*\"" + node + "\"");
        long[] has = {0};
        boolean all = Pause.within(180, () -> {
            has[0] = owned.matcher(clarion.state(node)).results().count();
            return has[0] >= count;
        });
        others.forEach(other -> lab.kubectl("label", "node", other, Event.EXCLUDED + "-"));
        if (!all) {
            throw new BenchException(node + " owns " + has[0] + " of " + count + " addresses");
        }
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
