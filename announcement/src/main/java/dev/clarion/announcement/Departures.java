package dev.clarion.announcement;

import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How routes go that are to go as planned: for a while a peer has them as the last choice, so that it moves the traffic
 * to other nodes before they are withdrawn (RFC 8326). Routes that a peer does not have are not announced for that.
 * Belongs to one thread.
 */
public final class Departures {
    private final long wait;
    private SortedMap<String, SortedMap<Prefix, BgpRoute>> announced = new TreeMap<>();
    /** By peer and prefix: when it is withdrawn. */
    private final Map<String, Map<Prefix, Long>> going = new HashMap<>();

    /** @param wait how long a route is announced as leaving; zero withdraws at once */
    public Departures(Duration wait) {
        this.wait = wait.toNanos();
    }

    /**
     * What to announce now.
     *
     * @param wanted routes by peer and prefix, as decided
     * @param now nanoseconds of a clock that only goes forward
     */
    public SortedMap<String, SortedMap<Prefix, BgpRoute>> at(
            SortedMap<String, SortedMap<Prefix, BgpRoute>> wanted, long now) {
        SortedMap<String, SortedMap<Prefix, BgpRoute>> next = new TreeMap<>();
        wanted.forEach((peer, routes) -> {
            SortedMap<Prefix, BgpRoute> kept = new TreeMap<>(routes);
            kept.values().removeIf(route -> route.leaving() && !stays(peer, route.prefix(), now));
            next.put(peer, kept);
        });
        going.entrySet().removeIf(peer -> {
            SortedMap<Prefix, BgpRoute> kept = next.getOrDefault(peer.getKey(), new TreeMap<>());
            peer.getValue()
                    .keySet()
                    .removeIf(prefix -> !kept.containsKey(prefix)
                            || !kept.getOrDefault(prefix, BgpRoute.of(prefix)).leaving());
            return peer.getValue().isEmpty();
        });
        announced = next;
        return next;
    }

    private boolean stays(String peer, Prefix prefix, long now) {
        Map<Prefix, BgpRoute> had = announced.getOrDefault(peer, new TreeMap<>());
        if (!had.containsKey(prefix)) {
            return false;
        }
        long until = going.computeIfAbsent(peer, p -> new HashMap<>()).computeIfAbsent(prefix, p -> now + wait);
        return until - now > 0;
    }

    /** Whether routes wait to be withdrawn: then {@link #at} is to be asked again soon. */
    public boolean pending() {
        return !going.isEmpty();
    }
}
