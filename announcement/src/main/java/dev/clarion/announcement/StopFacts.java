package dev.clarion.announcement;

/**
 * What a speaker could find out when it was told to stop.
 *
 * @param daemonSet the DaemonSet that runs it
 * @param node its Node object
 * @param outOfService the Node has the taint {@code node.kubernetes.io/out-of-service}
 * @param shuttingDown the kubelet says that the node is shutting down
 */
public record StopFacts(Presence daemonSet, Presence node, boolean outOfService, boolean shuttingDown) {
    /** What the API server says of an object. */
    public enum Presence {
        /** The API server did not answer, or did not allow the question. */
        UNKNOWN,
        /** It is there. */
        PRESENT,
        /** It is there and has a deletion time. */
        DELETING,
        /** There is none. */
        GONE
    }
}
