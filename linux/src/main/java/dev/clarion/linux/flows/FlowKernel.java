package dev.clarion.linux.flows;

import dev.clarion.linux.LinuxException;
import dev.clarion.linux.NetlinkSocket;
import dev.clarion.linux.flows.wire.Conntrack;
import dev.clarion.linux.flows.wire.Flow;
import dev.clarion.linux.flows.wire.RelayTable;
import dev.clarion.linux.flows.wire.Steering;
import dev.clarion.linux.flows.wire.Steering.Hop;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Connections in this node's kernel: which there are, and which are relayed to another node that has their state. Needs
 * CAP_NET_ADMIN. Touches the table {@code clarion} of nf_tables, and rules and routes of its own numbers ({@link
 * Steering}), nothing else; every call leaves what it found if it fails, and may be repeated. Belongs to one thread.
 */
public final class FlowKernel {
    /** How long after its last packet a flow is relayed. */
    public static final Duration KEPT = Duration.ofMinutes(5);

    private static final int TRIES = 3;

    private final RelayTable table;
    private final Map<Steering, Hop> hops = new LinkedHashMap<>();

    /** With the time that a flow is kept. */
    public FlowKernel() {
        this(KEPT);
    }

    FlowKernel(Duration kept) {
        this.table = new RelayTable(Math.toIntExact(kept.toMillis()));
    }

    /** What of the kernel is missing, or which right; empty if flows can be kept. Changes nothing. */
    public Optional<FlowObstacle> obstacle() throws LinuxException {
        int error = Calls.transact(table.tryOut(Calls.SEQUENCE));
        if (error == Calls.EPERM) {
            return Optional.of(FlowObstacle.NO_NET_ADMIN);
        }
        if (error != 0 && error != Calls.EEXIST) {
            return Optional.of(FlowObstacle.NO_NF_TABLES);
        }
        for (IpFamily family : IpFamily.values()) {
            if (lacks(NetlinkSocket.NETFILTER, Conntrack.list(family, Calls.SEQUENCE))) {
                return Optional.of(FlowObstacle.NO_CONNTRACK);
            }
            if (lacks(NetlinkSocket.ROUTE, Steering.listRules(family, Calls.SEQUENCE))) {
                return Optional.of(FlowObstacle.NO_POLICY_ROUTING);
            }
        }
        return Optional.empty();
    }

    private static boolean lacks(int protocol, byte[] request) throws LinuxException {
        try {
            Calls.list(protocol, request, "what it has", answer -> {});
            return false;
        } catch (LinuxException refused) {
            if (Set.of(Calls.EINVAL, Calls.EOPNOTSUPP, Calls.EPROTONOSUPPORT).contains(refused.errno())) {
                return true;
            }
            throw refused;
        }
    }

    /**
     * The connections to some addresses that this kernel tracks and that are not over.
     *
     * @param most how many at most
     */
    public Set<Flow> tracked(Collection<Ip> addresses, int most) throws LinuxException {
        Set<Flow> found = new LinkedHashSet<>();
        Conntrack conntrack = new Conntrack(addresses);
        for (IpFamily family : IpFamily.values()) {
            if (addresses.stream().anyMatch(address -> address.family() == family)) {
                Calls.list(
                        NetlinkSocket.NETFILTER,
                        Conntrack.list(family, Calls.SEQUENCE),
                        "connections",
                        answer -> conntrack
                                .read(answer)
                                .filter(flow -> found.size() < most)
                                .ifPresent(found::add));
            }
        }
        return found;
    }

    /** What is relayed, by where to. */
    public Map<Hop, Set<Flow>> relayed() throws LinuxException {
        Map<Hop, Set<Flow>> relayed = new LinkedHashMap<>();
        hops.values().forEach(hop -> relayed.put(hop, new HashSet<>()));
        for (IpFamily family : IpFamily.values()) {
            elements(family).forEach((flow, mark) -> {
                Optional<Hop> hop = Steering.numberOf(mark).map(number -> hops.get(new Steering(number, family)));
                hop.ifPresent(to ->
                        relayed.computeIfAbsent(to, first -> new HashSet<>()).add(flow));
            });
        }
        return relayed;
    }

    private static Map<Flow, Integer> elements(IpFamily family) throws LinuxException {
        Map<Flow, Integer> elements = new HashMap<>();
        try {
            Calls.list(
                    NetlinkSocket.NETFILTER,
                    RelayTable.list(family, Calls.SEQUENCE),
                    "relayed flows",
                    answer -> RelayTable.read(answer, family, elements));
        } catch (LinuxException refused) {
            if (refused.errno() != Calls.ENOENT) {
                throw refused;
            }
        }
        return elements;
    }

    /**
     * Goes on with what an earlier run of this program left, if it is whole and has flows in it; else removes it.
     *
     * @return where to flows are relayed
     */
    public Set<Hop> adopt() throws LinuxException {
        hops.clear();
        Map<Steering, Hop> routes = new HashMap<>();
        Set<Steering> rules = new HashSet<>();
        for (IpFamily family : IpFamily.values()) {
            Calls.list(
                    NetlinkSocket.ROUTE,
                    Steering.listRoutes(family, Calls.SEQUENCE),
                    "routes",
                    answer -> Steering.readRoute(answer, family)
                            .ifPresent(route -> routes.put(route.steering(), route.hop())));
            Calls.list(
                    NetlinkSocket.ROUTE,
                    Steering.listRules(family, Calls.SEQUENCE),
                    "rules",
                    answer -> Steering.readRule(answer, family).ifPresent(rules::add));
        }
        Set<Steering> all = new LinkedHashSet<>(rules);
        all.addAll(routes.keySet());
        for (Steering steering : all) {
            Hop hop = routes.get(steering);
            if (hop != null && rules.contains(steering)) {
                hops.put(steering, hop);
            } else {
                unsteer(steering);
            }
        }
        return tidy();
    }

    /**
     * Relays flows from now on, until {@link #KEPT} after the last packet of each; those that are relayed elsewhere, too.
     *
     * @param hop where to
     * @param flows of one family
     * @return how many of them are relayed; fewer than given if there is no room
     */
    public int relay(Hop hop, Collection<Flow> flows) throws LinuxException {
        if (flows.isEmpty()) {
            return 0;
        }
        IpFamily family = flows.iterator().next().address().family();
        Steering steering = steering(hop, family);
        int error = Calls.transact(table.create(Calls.SEQUENCE));
        if (error != 0 && error != Calls.EEXIST) {
            throw new LinuxException("the kernel refused the table clarion", error, "");
        }
        Calls.ask(NetlinkSocket.ROUTE, steering.route(hop, Calls.SEQUENCE), "a route to " + hop.via());
        Calls.ask(NetlinkSocket.ROUTE, steering.addRule(Calls.SEQUENCE), "a rule", Calls.EEXIST);
        hops.put(steering, hop);
        List<Flow> all = List.copyOf(new LinkedHashSet<>(flows));
        Set<Flow> present = elements(family).keySet();
        int kept = 0;
        for (int from = 0; from < all.size(); from += RelayTable.AT_ONCE) {
            Map<Flow, Integer> part = new LinkedHashMap<>();
            all.subList(from, Math.min(all.size(), from + RelayTable.AT_ONCE))
                    .forEach(flow -> part.put(flow, steering.mark()));
            if (!replace(family, part.keySet(), present, part)) {
                return kept;
            }
            kept += part.size();
        }
        return kept;
    }

    /** The number that leads there, or a free one. */
    private Steering steering(Hop hop, IpFamily family) throws LinuxException {
        for (Map.Entry<Steering, Hop> entry : hops.entrySet()) {
            if (entry.getKey().family() == family && entry.getValue().equals(hop)) {
                return entry.getKey();
            }
        }
        for (int number = 1; number <= Steering.MAX; number++) {
            Steering free = new Steering(number, family);
            if (!hops.containsKey(free)) {
                return free;
            }
        }
        throw new LinuxException("flows are relayed to " + Steering.MAX + " nodes already", 0, "");
    }

    /** Puts flows in the place of those that are present; false if there is no room. */
    private static boolean replace(IpFamily family, Collection<Flow> gone, Set<Flow> present, Map<Flow, Integer> flows)
            throws LinuxException {
        Set<Flow> before = new HashSet<>(gone);
        before.retainAll(present);
        for (int attempt = 0; !before.isEmpty() || !flows.isEmpty(); attempt++) {
            int error = Calls.transact(RelayTable.change(family, before, flows, Calls.SEQUENCE));
            if (error == 0) {
                return true;
            }
            if (error == Calls.ENFILE) {
                return false;
            }
            if (error != Calls.ENOENT || attempt == TRIES) {
                throw new LinuxException("the kernel refused " + flows.size() + " flows", error, "");
            }
            // One has timed out since that look.
            before.retainAll(elements(family).keySet());
        }
        return true;
    }

    /** Handles flows here from now on. */
    public void release(Collection<Flow> flows) throws LinuxException {
        for (IpFamily family : IpFamily.values()) {
            List<Flow> all = flows.stream()
                    .filter(flow -> flow.address().family() == family)
                    .toList();
            Set<Flow> present = all.isEmpty() ? Set.of() : elements(family).keySet();
            for (int from = 0; from < all.size(); from += RelayTable.AT_ONCE) {
                replace(family, all.subList(from, Math.min(all.size(), from + RelayTable.AT_ONCE)), present, Map.of());
            }
        }
    }

    /** Relays nothing there any more: that node has lost its connections. */
    public void forget(Hop hop) throws LinuxException {
        release(relayed().getOrDefault(hop, Set.of()));
        tidy();
    }

    /**
     * Removes what has no flow any more, at last all of it.
     *
     * @return where to flows are still relayed
     */
    public Set<Hop> tidy() throws LinuxException {
        Map<Hop, Set<Flow>> relayed = relayed();
        Set<Hop> left = new LinkedHashSet<>();
        for (Map.Entry<Steering, Hop> entry : List.copyOf(hops.entrySet())) {
            boolean used = relayed.getOrDefault(entry.getValue(), Set.of()).stream()
                    .anyMatch(flow -> flow.address().family() == entry.getKey().family());
            if (used) {
                left.add(entry.getValue());
            } else {
                unsteer(entry.getKey());
                hops.remove(entry.getKey());
            }
        }
        if (hops.isEmpty()) {
            dropTable();
        }
        return left;
    }

    /** Removes everything. */
    public void clear() throws LinuxException {
        dropTable();
        for (Steering steering : new ArrayList<>(hops.keySet())) {
            unsteer(steering);
            hops.remove(steering);
        }
    }

    private static void unsteer(Steering steering) throws LinuxException {
        Calls.ask(NetlinkSocket.ROUTE, steering.deleteRule(Calls.SEQUENCE), "to delete a rule", Calls.ENOENT);
        Calls.ask(NetlinkSocket.ROUTE, steering.deleteRoute(Calls.SEQUENCE), "to delete a route", Calls.ESRCH);
    }

    private static void dropTable() throws LinuxException {
        int error = Calls.ask(NetlinkSocket.NETFILTER, RelayTable.find(Calls.SEQUENCE));
        if (error == 0) {
            error = Calls.transact(RelayTable.delete(Calls.SEQUENCE));
        }
        if (error != 0 && error != Calls.ENOENT) {
            throw new LinuxException("the kernel refused to delete the table clarion", error, "");
        }
    }
}
