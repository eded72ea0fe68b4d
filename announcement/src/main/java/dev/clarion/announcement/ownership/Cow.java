package dev.clarion.announcement.ownership;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A sorted map that is copied when it is first written to after a fork, so that a step costs only what it changes. */
final class Cow<K extends Comparable<K>, V> {
    private NavigableMap<K, V> map;
    private boolean shared;

    Cow() {
        this(new TreeMap<>(), false);
    }

    private Cow(NavigableMap<K, V> map, boolean shared) {
        this.map = map;
        this.shared = shared;
    }

    /** The same content; what is written to the fork is not seen here. */
    Cow<K, V> fork() {
        shared = true;
        return new Cow<>(map, true);
    }

    @Nullable
    V get(K key) {
        return map.get(key);
    }

    V getOr(K key, V otherwise) {
        V value = map.get(key);
        return value == null ? otherwise : value;
    }

    boolean has(K key) {
        return map.containsKey(key);
    }

    int size() {
        return map.size();
    }

    boolean isEmpty() {
        return map.isEmpty();
    }

    void put(K key, V value) {
        if (!value.equals(map.get(key))) {
            own().put(key, value);
        }
    }

    void remove(K key) {
        if (map.containsKey(key)) {
            own().remove(key);
        }
    }

    void removeIf(BiPredicate<K, V> which) {
        boolean any = false;
        for (Map.Entry<K, V> entry : map.entrySet()) {
            if (which.test(entry.getKey(), entry.getValue())) {
                any = true;
                break;
            }
        }
        if (any) {
            own().entrySet().removeIf(entry -> which.test(entry.getKey(), entry.getValue()));
        }
    }

    void clear() {
        if (!map.isEmpty()) {
            map = new TreeMap<>();
            shared = false;
        }
    }

    /** A view, not to be walked while this is written to; of one that is written to no more it does not change. */
    NavigableMap<K, V> view() {
        return Collections.unmodifiableNavigableMap(map);
    }

    /** The content of this moment. */
    NavigableMap<K, V> copy() {
        return new TreeMap<>(map);
    }

    private NavigableMap<K, V> own() {
        if (shared) {
            map = new TreeMap<>(map);
            shared = false;
        }
        return map;
    }
}
