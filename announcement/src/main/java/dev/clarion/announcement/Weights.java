package dev.clarion.announcement;

import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the weights of routes from changing often: with each change a router may send connections another way. A change
 * after a quiet time is told at once; further ones wait until that time has passed again, and are then told as one. That
 * a route comes, goes, or gets or loses its weight never waits. Belongs to one thread.
 */
public final class Weights {
    /**
     * What a peer was told last.
     *
     * @param at when that was another weight than before
     */
    private record Told(int weight, long at) {}

    private final long quiet;
    private Map<String, Map<Prefix, Told>> told = new HashMap<>();
    private boolean pending;

    /** @param quiet how long a weight stays at the least */
    public Weights(Duration quiet) {
        this.quiet = quiet.toNanos();
    }

    /**
     * What to announce now.
     *
     * @param wanted routes by peer and prefix, with the weights that they have
     * @param now nanoseconds of a clock that only goes forward
     */
    public SortedMap<String, SortedMap<Prefix, BgpRoute>> at(
            SortedMap<String, SortedMap<Prefix, BgpRoute>> wanted, long now) {
        pending = false;
        Map<String, Map<Prefix, Told>> before = told;
        told = new HashMap<>();
        SortedMap<String, SortedMap<Prefix, BgpRoute>> next = new TreeMap<>();
        wanted.forEach((peer, routes) -> {
            Map<Prefix, Told> had = before.getOrDefault(peer, Map.of());
            SortedMap<Prefix, BgpRoute> weighed = new TreeMap<>();
            routes.forEach((prefix, route) -> weighed.put(prefix, weigh(peer, had.get(prefix), route, now)));
            next.put(peer, weighed);
        });
        return next;
    }

    private BgpRoute weigh(String peer, @Nullable Told last, BgpRoute route, long now) {
        if (route.weight() == 0) {
            return route;
        }
        Told says = last == null ? first(route, now) : next(last, route, now);
        told.computeIfAbsent(peer, p -> new HashMap<>()).put(route.prefix(), says);
        return route.weighing(says.weight());
    }

    /** What a peer hears first is no change: it had nothing to spread by the weight before. */
    private Told first(BgpRoute route, long now) {
        return new Told(route.weight(), now - quiet);
    }

    private Told next(Told last, BgpRoute route, long now) {
        if (last.weight() == route.weight()) {
            return last;
        }
        boolean waits = now - last.at() < quiet;
        pending = pending || waits;
        return waits ? last : new Told(route.weight(), now);
    }

    /** Whether a weight waits to be told: then {@link #at} is to be asked again soon. */
    public boolean pending() {
        return pending;
    }
}
