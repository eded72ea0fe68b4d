package dev.clarion.announcement;

import java.util.Set;

/**
 * What the decision needs to know of a Service's endpoints. An endpoint counts when it is ready, or still serving
 * while it terminates (EndpointSlice conditions {@code ready}, {@code serving}; unset means yes).
 *
 * @param any whether any endpoint counts, on a known node or not
 * @param nodes names of the nodes that have an endpoint that counts
 */
public record EndpointFacts(boolean any, Set<String> nodes) {
    /** No endpoint at all. */
    public static final EndpointFacts NONE = new EndpointFacts(false, Set.of());

    public EndpointFacts {
        nodes = Set.copyOf(nodes);
    }
}
