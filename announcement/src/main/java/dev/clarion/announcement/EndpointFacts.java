package dev.clarion.announcement;

import java.util.HashSet;
import java.util.Set;

/**
 * What the decision needs to know of a Service's endpoints. An endpoint counts when it is ready, or still serving
 * while it terminates (EndpointSlice conditions {@code ready}, {@code serving}; unset means yes).
 *
 * @param any whether any endpoint counts, on a known node or not
 * @param nodes names of the nodes that have an endpoint that counts
 * @param leaving those among them on which all that count are terminating
 */
public record EndpointFacts(boolean any, Set<String> nodes, Set<String> leaving) {
    /** No endpoint at all. */
    public static final EndpointFacts NONE = new EndpointFacts(false, Set.of());

    public EndpointFacts {
        nodes = Set.copyOf(nodes);
        leaving = Set.copyOf(leaving);
    }

    /** Where none is terminating. */
    public EndpointFacts(boolean any, Set<String> nodes) {
        this(any, nodes, Set.of());
    }

    /** Of both together. */
    public EndpointFacts and(EndpointFacts other) {
        Set<String> all = new HashSet<>(nodes);
        all.addAll(other.nodes);
        Set<String> going = new HashSet<>(leaving);
        going.addAll(other.leaving);
        going.removeIf(node -> staysOn(node) || other.staysOn(node));
        return new EndpointFacts(any || other.any, all, going);
    }

    private boolean staysOn(String node) {
        return nodes.contains(node) && !leaving.contains(node);
    }
}
