package dev.clarion.announcement;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which speakers count as alive, from the Leases they renew. Immutable; time enters as data.
 *
 * <p>A lease counts for its lifetime after the last change that this node saw. That silence is measured on a clock of
 * its own, which runs only while this node sees its <em>own</em> renewals come back from the API server. So while the
 * API server, or the way to it, is away, the last known liveness is frozen: nobody takes over and nobody withdraws
 * because the API is away. When it is back, everyone gets a full lifetime to be seen again. A turn that comes late
 * (this process was paused) counts no more than {@link #LONGEST_STEP}.
 *
 * <p>A lease that is there when a speaker starts counts as alive until its lifetime has shown otherwise, so that a
 * speaker that starts claims nothing that others own.
 *
 * <p>Decision: a speaker whose own renewals fail goes on announcing what it owns, since it cannot tell a dead API
 * server from its own broken link to it; others, who see the API, take over after the lifetime, and until the link is
 * mended both answer. The issue "Layer 2, complete" replaces this by heartbeats between the speakers.
 */
public final class Membership {
    /** Without a renewal of our own seen for this long, the API counts as away: two renewals missed, plus delay. */
    public static final Duration OWN_PATIENCE = Duration.ofMillis(2500);
    /** The most that one turn may add to the silence of others. */
    public static final Duration LONGEST_STEP = Duration.ofMillis(500);

    private record Sighting(LeaseFacts lease, long seenAt) {
        boolean alive(long clock) {
            return !lease.released() && clock - seenAt <= lease.lifetime().toNanos();
        }
    }

    private record Own(@Nullable String renewal, long seenAt, boolean fresh) {}

    private final String self;
    private final Map<String, Sighting> sightings;
    private final Own own;
    private final long clock;
    private final long now;

    private Membership(String self, Map<String, Sighting> sightings, Own own, long clock, long now) {
        this.self = self;
        this.sightings = Map.copyOf(sightings);
        this.own = own;
        this.clock = clock;
        this.now = now;
    }

    /**
     * Nobody seen yet.
     *
     * @param now a monotonic time in nanoseconds
     */
    public static Membership start(String self, long now) {
        return new Membership(self, Map.of(), new Own(null, now, false), 0, now);
    }

    /**
     * The membership after looking at all leases.
     *
     * @param leases the speakers' leases by node, this node's own among them
     * @param at the monotonic time in nanoseconds
     */
    public Membership observe(Map<String, LeaseFacts> leases, long at) {
        Own nextOwn = observeOwn(leases.get(self), at);
        long step = Math.clamp(at - now, 0, LONGEST_STEP.toNanos());
        long nextClock = nextOwn.fresh() ? clock + step : clock;
        boolean thawed = nextOwn.fresh() && !own.fresh();
        Map<String, Sighting> next = new HashMap<>();
        leases.forEach((node, lease) -> {
            Sighting before = sightings.get(node);
            boolean changed = before == null || !before.lease().renewal().equals(lease.renewal());
            boolean wasAlive = before != null && before.alive(clock);
            next.put(
                    node,
                    new Sighting(
                            lease, before == null || changed || (thawed && wasAlive) ? nextClock : before.seenAt()));
        });
        return new Membership(self, next, nextOwn, nextClock, at);
    }

    private Own observeOwn(@Nullable LeaseFacts lease, long at) {
        String renewal = lease == null ? null : lease.renewal();
        if (renewal != null && !renewal.equals(own.renewal())) {
            // The first sight of a lease proves nothing: it may be what an earlier run of this speaker left.
            return new Own(renewal, at, own.renewal() != null);
        }
        boolean fresh = own.fresh() && renewal != null && at - own.seenAt() <= OWN_PATIENCE.toNanos();
        return new Own(renewal, own.seenAt(), fresh);
    }

    /** The speakers that count as alive; this node's own does not depend on its lease and is not listed. */
    public SortedMap<String, SpeakerFacts> others() {
        SortedMap<String, SpeakerFacts> alive = new TreeMap<>();
        sightings.forEach((node, sighting) -> {
            if (!node.equals(self) && sighting.alive(clock)) {
                alive.put(node, sighting.lease().speaker());
            }
        });
        return alive;
    }

    /** Whether liveness is frozen, because this node's own renewals do not come back from the API server. */
    public boolean frozen() {
        return !own.fresh();
    }
}
