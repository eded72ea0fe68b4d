package dev.clarion.announcement;

/**
 * How a speaker that was told to stop takes its leave.
 *
 * @param kind what to do
 * @param reason the evidence for it
 */
public record StopDecision(Kind kind, Reason reason) {
    /** The ways to stop. */
    public enum Kind {
        /**
         * Comes back soon, and the kernel forwards meanwhile: BGP connections are closed without a NOTIFICATION, the
         * lease is kept so that nobody takes over, addresses are answered for until the end.
         */
        RESTART,
        /** The node goes: others take over first, then routes are withdrawn and answers stop. */
        HAND_OVER,
        /** Clarion is being removed: routes are withdrawn, sessions ceased, the lease released. */
        LEAVE
    }

    /** The evidence. */
    public enum Reason {
        /** The DaemonSet is gone or being deleted. */
        DAEMON_SET_GONE,
        /** The Node object is gone. */
        NODE_GONE,
        /** The Node object is being deleted. */
        NODE_DELETING,
        /** The node was declared out of service. */
        NODE_OUT_OF_SERVICE,
        /** The kubelet shuts the node down. */
        NODE_SHUTTING_DOWN,
        /** The API server says that all is as it was: the Pod is being replaced. */
        NOTHING_ELSE_GOES,
        /** The API server does not say: a restart is the assumption that costs least if it is wrong. */
        API_AWAY
    }

    /** A restart, unless there is evidence of more. A cordoned node has handed over by election already. */
    public static StopDecision decide(StopFacts facts) {
        return switch (facts.daemonSet()) {
            case GONE, DELETING -> new StopDecision(Kind.LEAVE, Reason.DAEMON_SET_GONE);
            case PRESENT -> ofNode(facts, Reason.NOTHING_ELSE_GOES);
            case UNKNOWN -> ofNode(facts, Reason.API_AWAY);
        };
    }

    private static StopDecision ofNode(StopFacts facts, Reason otherwise) {
        return switch (facts.node()) {
            case GONE -> new StopDecision(Kind.HAND_OVER, Reason.NODE_GONE);
            case DELETING -> new StopDecision(Kind.HAND_OVER, Reason.NODE_DELETING);
            case PRESENT -> {
                if (facts.outOfService()) {
                    yield new StopDecision(Kind.HAND_OVER, Reason.NODE_OUT_OF_SERVICE);
                }
                yield facts.shuttingDown()
                        ? new StopDecision(Kind.HAND_OVER, Reason.NODE_SHUTTING_DOWN)
                        : new StopDecision(Kind.RESTART, otherwise);
            }
            case UNKNOWN -> new StopDecision(Kind.RESTART, Reason.API_AWAY);
        };
    }
}
