package dev.clarion.kube;

import java.time.Duration;

/**
 * Leader election as a function: from what the Lease says, and since when it has said so by our own clock, to what to
 * do. Immutable; time is data.
 *
 * @param identity who we are
 * @param leaseDuration how long a Lease that does not change stays its holder's
 * @param version the Lease's version as last seen; empty if never
 * @param since when that version was first seen
 */
record ElectionRules(String identity, Duration leaseDuration, String version, Duration since) {
    /** What to do now. */
    enum Move {
        TAKE,
        RENEW,
        WAIT
    }

    static ElectionRules start(String identity, Duration leaseDuration) {
        return new ElectionRules(identity, leaseDuration, "", Duration.ZERO);
    }

    ElectionRules saw(String seenVersion, Duration now) {
        return seenVersion.equals(version) ? this : new ElectionRules(identity, leaseDuration, seenVersion, now);
    }

    /** What to do about a Lease with this holder; call {@link #saw} first. */
    Move on(String holder, Duration now) {
        if (holder.equals(identity)) {
            return Move.RENEW;
        }
        boolean free = holder.isEmpty() || now.minus(since).compareTo(leaseDuration) >= 0;
        return free ? Move.TAKE : Move.WAIT;
    }
}
