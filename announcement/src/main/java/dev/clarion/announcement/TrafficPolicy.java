package dev.clarion.announcement;

/** {@code spec.externalTrafficPolicy} of a Service: from which nodes its traffic may enter the cluster. */
public enum TrafficPolicy {
    /** Any node takes the traffic and forwards it to an endpoint anywhere. */
    CLUSTER,
    /** Only a node with an endpoint of its own takes the traffic; others drop it. */
    LOCAL
}
