package dev.clarion.linux;

import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which routers were heard on which interface, and when. Time comes in with each call: nanoseconds of any origin. */
final class RouterTable {
    /** A router that is silent for so long, though it was asked, is gone. */
    static final Duration KEPT = Duration.ofSeconds(90);

    /** More on one segment are nobody's plan; the first ones are kept. */
    static final int MOST = 16;

    private final Map<Integer, Map<Ip, Long>> heard = new HashMap<>();

    /** A router was heard; whether it is a new one. */
    boolean heard(int index, Ip router, long now) {
        Map<Ip, Long> there = heard.computeIfAbsent(index, none -> new HashMap<>());
        boolean known = there.containsKey(router);
        if (!known && there.size() >= MOST) {
            return false;
        }
        there.put(router, now);
        return !known;
    }

    /** Forgets those that were silent too long; whether there were any. */
    boolean expire(long now) {
        boolean any = false;
        for (Map<Ip, Long> there : heard.values()) {
            any |= there.values().removeIf(last -> now - last > KEPT.toNanos());
        }
        return any;
    }

    /** Forgets the routers of all interfaces but these; whether there were any. */
    boolean retain(Set<Integer> indexes) {
        boolean any = heard.entrySet().stream()
                .anyMatch(entry ->
                        !indexes.contains(entry.getKey()) && !entry.getValue().isEmpty());
        heard.keySet().retainAll(new HashSet<>(indexes));
        return any;
    }

    Map<Integer, Set<Ip>> snapshot() {
        Map<Integer, Set<Ip>> copy = new HashMap<>();
        heard.forEach((index, there) -> copy.put(index, Set.copyOf(there.keySet())));
        return Map.copyOf(copy);
    }
}
