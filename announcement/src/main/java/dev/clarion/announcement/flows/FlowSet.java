package dev.clarion.announcement.flows;

import dev.clarion.net.Ip;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Connections, each with its home: the address on the segment of the node that has its state. That is not always the node
 * that the address moves away from, which may itself relay connections of an earlier owner. Never more than {@link #MAX}.
 */
public final class FlowSet {
    /** How many connections are kept at most; the first ones stay. */
    public static final int MAX = 100_000;

    /** No connection. */
    public static final FlowSet NONE = new FlowSet(new LinkedHashMap<>(), 0);

    private final Map<Flow, Ip> homes;
    private final int leftOut;

    private FlowSet(Map<Flow, Ip> homes, int leftOut) {
        this.homes = homes;
        this.leftOut = leftOut;
    }

    /**
     * These connections and more. Of one that is there already the home stays: so what is relayed has to come before what
     * the kernel tracks, in which connections of earlier times may linger.
     */
    public FlowSet and(Ip home, Collection<Flow> flows) {
        Map<Flow, Ip> more = new LinkedHashMap<>(homes);
        int left = leftOut;
        for (Flow flow : flows) {
            if (more.size() < MAX || more.containsKey(flow)) {
                more.putIfAbsent(flow, home);
            } else {
                left++;
            }
        }
        return new FlowSet(more, left);
    }

    /** Everything in some sets; of a connection in several, the first one's home. */
    public static FlowSet all(Collection<FlowSet> sets) {
        Map<Flow, Ip> all = new LinkedHashMap<>();
        int left = 0;
        for (FlowSet set : sets) {
            left += set.leftOut;
            for (Map.Entry<Flow, Ip> entry : set.homes.entrySet()) {
                if (all.size() < MAX || all.containsKey(entry.getKey())) {
                    all.putIfAbsent(entry.getKey(), entry.getValue());
                } else {
                    left++;
                }
            }
        }
        return new FlowSet(all, left);
    }

    /** Those that are not in another set with the same home. */
    public FlowSet without(FlowSet other) {
        Map<Flow, Ip> rest = new LinkedHashMap<>();
        homes.forEach((flow, home) -> {
            Ip there = other.homes.get(flow);
            if (there == null || !there.equals(home)) {
                rest.put(flow, home);
            }
        });
        return new FlowSet(rest, leftOut);
    }

    /** Those that a test accepts. */
    public FlowSet only(Predicate<Flow> test) {
        Map<Flow, Ip> rest = new LinkedHashMap<>(homes);
        rest.keySet().removeIf(test.negate());
        return new FlowSet(rest, leftOut);
    }

    /** The connections by their homes. */
    public Map<Ip, Set<Flow>> byHome() {
        Map<Ip, Set<Flow>> byHome = new LinkedHashMap<>();
        homes.forEach((flow, home) ->
                byHome.computeIfAbsent(home, first -> new LinkedHashSet<>()).add(flow));
        return Collections.unmodifiableMap(byHome);
    }

    /** How many there are. */
    public int size() {
        return homes.size();
    }

    /** How many there was no room for. */
    public int leftOut() {
        return leftOut;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowSet set && set.homes.equals(homes) && set.leftOut == leftOut;
    }

    @Override
    public int hashCode() {
        return homes.hashCode();
    }

    @Override
    public String toString() {
        return homes.size() + " flows, " + leftOut + " left out";
    }
}
