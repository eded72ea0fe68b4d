package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.Segment.Gateway;
import java.util.concurrent.TimeUnit;

/**
 * Whether the gateways of a segment answer this node. They are asked once a second, and faster when they do not answer;
 * only many questions in vain are a verdict, since nothing that they lose is lost by this node's fault alone.
 *
 * @param heard whether one ever answered: where there is none, none is missed
 * @param unanswered questions since the last answer
 * @param next when to ask again
 * @param silentSince when the verdict fell, if they are silent
 */
record GatewayWatch(boolean heard, int unanswered, long next, long silentSince) {
    static final GatewayWatch BEGIN = new GatewayWatch(false, 0, Memory.NEVER, Memory.NEVER);

    /** By then the others have found out too, if it is the gateway itself that is silent. */
    static final long OTHERS_KNOW = TimeUnit.MILLISECONDS.toNanos(1_200);

    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(150);
    private static final long NOBODY = TimeUnit.SECONDS.toNanos(5);
    /** So many in vain: with a loss of 5 % each way that happens by chance in one of a million. */
    private static final int IN_VAIN = 6;

    Gateway verdict() {
        if (!heard) {
            return Gateway.UNKNOWN;
        }
        return unanswered > IN_VAIN ? Gateway.SILENT : Gateway.ANSWERS;
    }

    GatewayWatch asked(long now) {
        int count = Math.min(unanswered + 1, IN_VAIN + 1);
        return new GatewayWatch(heard, count, now + pace(count), count > IN_VAIN && unanswered <= IN_VAIN ? now : silentSince);
    }

    private long pace(int count) {
        if (heard) {
            return count > IN_VAIN ? EVERY / 2 : AGAIN;
        }
        return count > IN_VAIN ? NOBODY : EVERY;
    }

    GatewayWatch answered(long now) {
        return new GatewayWatch(true, 0, now + EVERY, Memory.NEVER);
    }
}
