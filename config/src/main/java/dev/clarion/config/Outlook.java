package dev.clarion.config;

import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a cluster makes of entries in force: addresses that are taken already, and fields that no speaker acts on. */
final class Outlook {
    private static final int MOST_TOLD = 5;

    private final EffectiveConfig effective;
    private final Surroundings surroundings;

    Outlook(EffectiveConfig effective, Surroundings surroundings) {
        this.effective = effective;
        this.surroundings = surroundings;
    }

    List<Problem> problems(List<Reading> readings) {
        List<Problem> problems = new ArrayList<>();
        ClaimIndex<Ip> nodes = new ClaimIndex<>();
        surroundings.nodeAddresses().forEach(node -> nodes.put(IpRange.of(node.address()), node.address()));
        for (Reading reading : readings) {
            if (reading.outcome() instanceof Reading.Document document) {
                for (Reading.Entry entry : document.entries()) {
                    if (entry instanceof Reading.Good good && isInForce(good)) {
                        look(good, nodes, problems);
                    }
                }
            }
        }
        return problems;
    }

    private boolean isInForce(Reading.Good good) {
        EntryKey key = good.value().key();
        return effective.keptFrom(key).isEmpty()
                && effective.origin(key).equals(good.place().origin());
    }

    private void look(Reading.Good good, ClaimIndex<Ip> nodes, List<Problem> problems) {
        if (good.value() instanceof IpAddressPool pool) {
            nodesIn(pool, nodes)
                    .ifPresent(message -> problems.add(good.problem(
                            Severity.WARNING, ProblemReason.NODE_ADDRESS_IN_POOL, PoolForm.ADDRESSES, message)));
            networks(pool)
                    .ifPresent(message -> problems.add(good.problem(
                            Severity.WARNING, ProblemReason.CLUSTER_NETWORK_IN_POOL, PoolForm.ADDRESSES, message)));
        }
        List<String> fields = NotInForce.fields(good.value());
        if (!fields.isEmpty()) {
            String message = String.join(", ", fields) + (fields.size() == 1 ? " is" : " are")
                    + " checked and published, but speakers do not act on " + (fields.size() == 1 ? "it" : "them");
            problems.add(good.problem(Severity.WARNING, ProblemReason.NOT_IN_FORCE, fields.getFirst(), message));
        }
    }

    private Optional<String> nodesIn(IpAddressPool pool, ClaimIndex<Ip> nodes) {
        List<Ip> inside = new ArrayList<>();
        for (IpRange range : pool.ranges()) {
            nodes.overlapping(range).stream().filter(pool::contains).forEach(inside::add);
        }
        List<String> told = inside.stream()
                .sorted()
                .limit(MOST_TOLD)
                .map(ip -> ip + " (" + nameOf(ip) + ")")
                .toList();
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of("holds addresses of nodes: " + String.join(", ", told)
                        + (inside.size() > MOST_TOLD ? " and " + (inside.size() - MOST_TOLD) + " more" : "")
                        + "; a Service that gets one cuts the node off; exclude them");
    }

    private String nameOf(Ip ip) {
        return surroundings.nodeAddresses().stream()
                .filter(node -> node.address().equals(ip))
                .map(Surroundings.NodeAddress::node)
                .findFirst()
                .orElse("?");
    }

    private Optional<String> networks(IpAddressPool pool) {
        for (Prefix network : surroundings.clusterCidrs()) {
            for (IpRange range : pool.inside().ranges()) {
                if (range.overlaps(network.range())) {
                    return Optional.of(range + " overlaps " + network
                            + ", which the cluster uses itself; such addresses do not work from outside");
                }
            }
        }
        return Optional.empty();
    }
}
