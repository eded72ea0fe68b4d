package dev.clarion.allocation;

import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses that somebody had. The memory is bounded: of each family of a pool the {@value #MOST} that were released
 * last are remembered, besides those that still rest or are kept for somebody, and of those {@value #MOST_RESTING}. What
 * lies in no pool any more is forgotten at once. An address that is forgotten counts as one that nobody had.
 */
final class Remembered {
    static final int MOST = 1000;
    static final int MOST_RESTING = 16_000;
    /** So many more before it is cut, so that not every release of an address makes for another write. */
    static final int SLACK = 100;

    private static final Comparator<Spot> RELEASED_FIRST =
            Comparator.comparing(Remembered::released).thenComparing(Spot::ip);

    private final Map<ServiceKey, List<Spot>> byLast = new HashMap<>();
    private final List<Spot> forgotten = new ArrayList<>();

    void read(Spot spot, LedgerEntry.Resting entry) {
        if (spot.isInPool()) {
            byLast.computeIfAbsent(entry.last(), last -> new ArrayList<>(1)).add(spot);
        } else {
            forgotten.add(spot);
        }
    }

    /** An address is kept for a Service that is gone, not for one that lives and has another. */
    void supersede(Map<ServiceKey, Claim> claims) {
        byLast.forEach((last, spots) -> {
            Claim claim = claims.get(last);
            for (Spot spot : spots) {
                if (claim != null && claim.picked(spot.ip().family()) != null) {
                    spot.supersede();
                }
            }
        });
    }

    /** What a Service of this name had, and nobody since. */
    List<Spot> had(ServiceKey last) {
        return byLast.getOrDefault(last, List.of());
    }

    /** What to remove from the ledger: to be asked once all is given out. */
    List<Spot> forgotten(Pools pools, Instant now) {
        for (PoolSpace pool : pools.all()) {
            for (IpFamily family : IpFamily.values()) {
                if (pool.spots().size() > MOST) {
                    cut(pool, family, now);
                }
            }
        }
        return forgotten.stream().filter(spot -> spot.resting() != null).toList();
    }

    private void cut(PoolSpace pool, IpFamily family, Instant now) {
        List<Spot> due = new ArrayList<>();
        List<Spot> resting = new ArrayList<>();
        for (Spot spot : pool.spots()) {
            LedgerEntry.Resting entry = spot.resting();
            if (entry != null && spot.ip().family() == family && spot.isInPool()) {
                (pool.due(spot, entry).isAfter(now) ? resting : due).add(spot);
            }
        }
        cut(due, MOST);
        cut(resting, MOST_RESTING);
    }

    private void cut(List<Spot> spots, int most) {
        if (spots.size() > most + SLACK) {
            spots.sort(RELEASED_FIRST);
            forgotten.addAll(spots.subList(0, spots.size() - most));
        }
    }

    private static Instant released(Spot spot) {
        LedgerEntry.Resting entry = spot.resting();
        return entry == null ? Instant.MAX : entry.released();
    }
}
