package dev.clarion.kube;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a watch knows: one record per object, handed out as immutable copies. Safe for use by several threads. */
final class ReducedState<R> {
    private final Object lock = new Object();
    private Map<ObjectKey, R> current = new HashMap<>();
    private @Nullable Map<ObjectKey, R> copy = Map.of();

    /** The copy is made when it is asked for, so that a thousand events between two looks cost one copy. */
    Map<ObjectKey, R> snapshot() {
        synchronized (lock) {
            Map<ObjectKey, R> made = copy;
            if (made == null) {
                made = Collections.unmodifiableMap(new HashMap<>(current));
                copy = made;
            }
            return made;
        }
    }

    Optional<R> get(ObjectKey key) {
        synchronized (lock) {
            return Optional.ofNullable(current.get(key));
        }
    }

    /** Stores or (empty) removes one; says whether that changed anything. */
    boolean put(ObjectKey key, Optional<R> value) {
        synchronized (lock) {
            R before = value.isPresent() ? current.put(key, value.get()) : current.remove(key);
            return changed(!value.equals(Optional.ofNullable(before)));
        }
    }

    /** Takes over a whole list at once, so that nobody ever sees half of it; says whether that changed anything. */
    boolean replace(Map<ObjectKey, R> all) {
        synchronized (lock) {
            boolean changed = !current.equals(all);
            current = new HashMap<>(all);
            return changed(changed);
        }
    }

    private boolean changed(boolean changed) {
        if (changed) {
            copy = null;
        }
        return changed;
    }
}
