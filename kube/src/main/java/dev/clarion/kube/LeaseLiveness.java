package dev.clarion.kube;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is alive, judged by their Leases: a holder counts as alive as long as its Lease was seen to change within a time
 * by our own clock. The times written in Leases are not looked at, since other clocks may be wrong; a Lease seen for
 * the first time therefore counts as just renewed. An immutable value; time comes in from outside, as the age of any
 * fixed moment on a clock that only goes forward.
 */
public final class LeaseLiveness {
    /** Nobody seen yet. */
    public static final LeaseLiveness EMPTY = new LeaseLiveness(Map.of());

    private record Sight(String renewal, Duration at) {}

    private final Map<String, Sight> sights;

    private LeaseLiveness(Map<String, Sight> sights) {
        this.sights = sights;
    }

    /**
     * Takes in what the watch shows now.
     *
     * @param seen the Leases by whatever names their holders for the caller; who is missing is forgotten, and who has
     *     given its Lease back counts as missing
     */
    public LeaseLiveness observe(Map<String, LeaseSeen> seen, Duration now) {
        Map<String, Sight> next = new HashMap<>();
        seen.forEach((name, lease) -> {
            if (!lease.holder().isEmpty()) {
                Sight before = sights.get(name);
                boolean same = before != null && before.renewal().equals(lease.renewal());
                next.put(name, same ? before : new Sight(lease.renewal(), now));
            }
        });
        return new LeaseLiveness(Map.copyOf(next));
    }

    /** Whose Lease changed less than {@code ttl} ago, in order of name. */
    public Set<String> alive(Duration now, Duration ttl) {
        Set<String> alive = new TreeSet<>();
        sights.forEach((name, sight) -> {
            if (now.minus(sight.at()).compareTo(ttl) < 0) {
                alive.add(name);
            }
        });
        return alive;
    }

    /** How long from now until the next of the living will be counted dead if it does not renew; empty if none live. */
    public Optional<Duration> nextExpiry(Duration now, Duration ttl) {
        return sights.values().stream()
                .map(sight -> ttl.minus(now.minus(sight.at())))
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }
}
