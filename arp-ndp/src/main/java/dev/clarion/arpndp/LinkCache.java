package dev.clarion.arpndp;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One interface as it is at the time of sending: asked anew after each change of links, and each second anyway. */
final class LinkCache {

    private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final InterfaceSource source;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(false, Optional.empty(), 0));

    /** Told apart by identity: each invalidation makes another one. */
    private record Known(boolean valid, Optional<L2Interface> link, long readAt) {}

    LinkCache(String name, InterfaceSource source) {
        this.name = name;
        this.source = source;
    }

    Optional<L2Interface> find() {
        Known before = known.get();
        long now = System.nanoTime();
        if (before.valid() && now - before.readAt() < VALID_NANOS) {
            return before.link();
        }
        Optional<L2Interface> link = source.find(name);
        // If links changed while it was read, what was read may be old: use it, but do not keep it.
        known.compareAndSet(before, new Known(true, link, now));
        return link;
    }

    void invalidate() {
        known.set(new Known(false, Optional.empty(), 0));
    }
}
