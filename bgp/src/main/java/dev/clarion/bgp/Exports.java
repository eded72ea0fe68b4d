package dev.clarion.bgp;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The exports in use, so that peers with equal policies and equal routes share one: its making, and the memory of what they
 * have. One that nobody holds any more is forgotten. All on the loop.
 */
final class Exports {
    /** What an export was made from. */
    private record Key(ExportPolicy policy, Set<Route> routes) {}

    /** An export that others may find as long as somebody holds this. */
    static final class Shared {
        private final Key key;
        private final Export export;

        private Shared(Key key) {
            this.key = key;
            this.export = Export.of(key.policy(), key.routes());
        }

        Export export() {
            return export;
        }
    }

    private final Map<Key, WeakReference<Shared>> inUse = new WeakHashMap<>();

    /** The routes under a policy; the same object as others hold for the same. */
    Shared of(ExportPolicy policy, Set<Route> routes) {
        Key key = new Key(policy, routes);
        WeakReference<Shared> present = inUse.get(key);
        Shared shared = present == null ? null : present.get();
        if (shared == null) {
            shared = new Shared(key);
            inUse.remove(key); // The map would keep the key that it has, and with it nobody's.
            inUse.put(shared.key, new WeakReference<>(shared));
        }
        return shared;
    }
}
