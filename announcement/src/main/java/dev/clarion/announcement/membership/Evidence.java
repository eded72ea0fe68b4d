package dev.clarion.announcement.membership;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When this node last saw a sign of anybody, and when of another speaker, by interface; under the empty name: at all.
 *
 * @param any anybody: speakers, kernels, gateways, other hosts
 * @param speakers speakers only
 */
record Evidence(SortedMap<String, Long> any, SortedMap<String, Long> speakers) {
    static final String NODE = "";
    static final Evidence NONE = new Evidence(Collections.emptySortedMap(), Collections.emptySortedMap());

    Evidence of(String name, long now) {
        return new Evidence(put(any, name, now), speakers);
    }

    Evidence ofSpeaker(String name, long now) {
        return new Evidence(put(any, name, now), put(speakers, name, now));
    }

    long lastOf(String name) {
        return any.getOrDefault(name, Watch.NEVER);
    }

    long lastSpeaker(String name) {
        return speakers.getOrDefault(name, Watch.NEVER);
    }

    Evidence later(long gap, long now) {
        TreeMap<String, Long> shifted = new TreeMap<>(any);
        shifted.replaceAll((name, at) -> Suspicion.shift(at, gap, now));
        return new Evidence(shifted, speakers);
    }

    private static SortedMap<String, Long> put(SortedMap<String, Long> map, String name, long now) {
        TreeMap<String, Long> next = new TreeMap<>(map);
        next.put(name, now);
        next.put(NODE, now);
        return Collections.unmodifiableSortedMap(next);
    }
}
