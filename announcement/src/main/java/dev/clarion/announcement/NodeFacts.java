package dev.clarion.announcement;

import java.util.Map;

/**
 * What the decision needs to know of a Node object.
 *
 * @param name the node's name
 * @param excluded it carries the label {@code node.kubernetes.io/exclude-from-external-load-balancers}
 * @param networkUnavailable its condition {@code NetworkUnavailable} is true
 * @param unschedulable it is cordoned: less preferred as an owner, never excluded
 * @param leaving there is evidence that it goes: it is deleted, shut down, out of service, or cordoned and emptied. Its
 *     addresses are handed over if another node can have them
 * @param labels its labels
 */
public record NodeFacts(
        String name,
        boolean excluded,
        boolean networkUnavailable,
        boolean unschedulable,
        boolean leaving,
        Map<String, String> labels) {
    public NodeFacts {
        labels = Map.copyOf(labels);
    }

    /** One that stays, and has no labels. */
    public NodeFacts(String name, boolean excluded, boolean networkUnavailable, boolean unschedulable) {
        this(name, excluded, networkUnavailable, unschedulable, false, Map.of());
    }
}
