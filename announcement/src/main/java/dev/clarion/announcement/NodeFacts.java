package dev.clarion.announcement;

/**
 * What the decision needs to know of a Node object.
 *
 * @param name the node's name
 * @param excluded it carries the label {@code node.kubernetes.io/exclude-from-external-load-balancers}
 * @param networkUnavailable its condition {@code NetworkUnavailable} is true
 * @param unschedulable it is cordoned: less preferred as an owner, never excluded, so that a drain hands over
 */
public record NodeFacts(String name, boolean excluded, boolean networkUnavailable, boolean unschedulable) {}
