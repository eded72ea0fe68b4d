package dev.clarion.announcement;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the decision needs to know of a Service's endpoints. An endpoint counts when it is ready, or still serving
 * while it terminates (EndpointSlice conditions {@code ready}, {@code serving}; unset means yes).
 *
 * @param any whether any endpoint counts, on a known node or not
 * @param nodes names of the nodes that have an endpoint that counts
 * @param leaving those among them on which all that count are terminating
 * @param staying by node how many that count are not terminating, 1 or more; nodes without any are left out
 */
public record EndpointFacts(boolean any, Set<String> nodes, Set<String> leaving, Map<String, Integer> staying) {
    /** No endpoint at all. */
    public static final EndpointFacts NONE = new EndpointFacts(false, Set.of());

    public EndpointFacts {
        nodes = Set.copyOf(nodes);
        leaving = Set.copyOf(leaving);
        staying = Map.copyOf(staying);
    }

    /** Where each node has one at the most that is there to stay. */
    public EndpointFacts(boolean any, Set<String> nodes, Set<String> leaving) {
        this(
                any,
                nodes,
                leaving,
                nodes.stream()
                        .filter(node -> !leaving.contains(node))
                        .collect(Collectors.toMap(Function.identity(), node -> 1)));
    }

    /** Where none is terminating, and each node has one at the most. */
    public EndpointFacts(boolean any, Set<String> nodes) {
        this(any, nodes, Set.of());
    }

    /** Of both together. */
    public EndpointFacts and(EndpointFacts other) {
        return and(other, Integer::sum);
    }

    /** Of endpoints that have addresses of two families, and are told of once for each. */
    public EndpointFacts orByItsOtherFamily(EndpointFacts other) {
        return and(other, Math::max);
    }

    private EndpointFacts and(EndpointFacts other, BinaryOperator<Integer> count) {
        Set<String> all = new HashSet<>(nodes);
        all.addAll(other.nodes);
        Set<String> going = new HashSet<>(leaving);
        going.addAll(other.leaving);
        going.removeIf(node -> staysOn(node) || other.staysOn(node));
        Map<String, Integer> counts = new HashMap<>(staying);
        other.staying.forEach((node, more) -> counts.merge(node, more, count));
        return new EndpointFacts(any || other.any, all, going, counts);
    }

    private boolean staysOn(String node) {
        return nodes.contains(node) && !leaving.contains(node);
    }
}
