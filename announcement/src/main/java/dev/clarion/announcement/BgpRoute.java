package dev.clarion.announcement;

import dev.clarion.config.Community;
import dev.clarion.net.Prefix;
import java.util.HashSet;
import java.util.Set;

/**
 * A route as a peer is to have it.
 *
 * @param prefix the destination: an address by itself, or what an advertisement aggregates it to
 * @param localPref LOCAL_PREF for peers within the AS, 0 to 4294967295; 0 means that nothing particular is asked
 * @param communities what it is marked with
 * @param weight the number of endpoints that the node serves the destination by, for routers that spread traffic by it;
 *     0 tells them nothing
 * @param leaving the node is to give the traffic away: the route is to be announced as the last choice for a while (RFC
 *     8326) if the peer has it, and then to be withdrawn
 */
public record BgpRoute(Prefix prefix, long localPref, Set<Community.Value> communities, int weight, boolean leaving) {
    public BgpRoute {
        communities = Set.copyOf(communities);
    }

    /** One that stays. */
    public BgpRoute(Prefix prefix, long localPref, Set<Community.Value> communities) {
        this(prefix, localPref, communities, 0, false);
    }

    /** One without marks. */
    public static BgpRoute of(Prefix prefix) {
        return new BgpRoute(prefix, 0, Set.of());
    }

    /**
     * What becomes of two advertisements, or two addresses, that lead to one prefix: all communities, the higher
     * preference, the weight if one of them asks for it; it stays if one of them does.
     */
    BgpRoute and(BgpRoute other) {
        if (leaving != other.leaving) {
            return leaving ? other : this;
        }
        Set<Community.Value> all = new HashSet<>(communities);
        all.addAll(other.communities);
        return new BgpRoute(prefix, Math.max(localPref, other.localPref), all, Math.max(weight, other.weight), leaving);
    }

    /** The same, about to go. */
    BgpRoute goes() {
        return new BgpRoute(prefix, localPref, communities, weight, true);
    }

    /** The same with another weight. */
    BgpRoute weighing(int other) {
        return new BgpRoute(prefix, localPref, communities, other, leaving);
    }
}
