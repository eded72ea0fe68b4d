package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that are better for a Service than a new one: those reserved for it, one that it had before, one that it
 * may share.
 */
final class Preferences {
    private final Occupancy spots;
    private final Reservations reservations;
    private final Remembered remembered;
    private final Quotas quotas;
    private final Alarm alarm;
    private final Instant now;
    private @Nullable SharingIndex sharing;

    Preferences(
            Occupancy spots,
            Reservations reservations,
            Remembered remembered,
            Quotas quotas,
            Alarm alarm,
            Instant now) {
        this.spots = spots;
        this.reservations = reservations;
        this.remembered = remembered;
        this.quotas = quotas;
        this.alarm = alarm;
        this.now = now;
    }

    Spot at(Ip ip) {
        return spots.at(ip);
    }

    /** Notes that an address that nobody had has a holder now. */
    void entered(Spot spot) {
        if (sharing != null) {
            sharing.add(spot);
        }
    }

    /**
     * Looks for such an address.
     *
     * @param place how early a pool is tried; empty if it is not
     * @param strict whether a reservation has to lie in such a pool as well
     * @return whether the family is settled, since there is one or since it is worth waiting for
     */
    boolean take(Search search, IpFamily family, Function<PoolSpace, Optional<Integer>> place, boolean strict) {
        for (Ip ip : reservations.of(search.service().key())) {
            if (ip.family() == family && reserved(search, spots.at(ip), place, strict)) {
                return true;
            }
        }
        Spot found = before(search, family, place);
        if (found == null) {
            found = shared(search, family, place);
        }
        if (found != null) {
            search.found(found);
        }
        return found != null;
    }

    private boolean reserved(Search search, Spot spot, Function<PoolSpace, Optional<Integer>> place, boolean strict) {
        PoolSpace pool = spot.pool();
        if (pool == null
                || !spot.isInPool()
                || (strict && place.apply(pool).isEmpty())
                || search.claim().picks(spot)
                || !spot.shownBy().isEmpty()
                || spot.refuses(search.service()).isPresent()
                || !affordable(search, spot, pool)) {
            return false;
        }
        LedgerEntry.Resting resting = spot.resting();
        if (resting != null
                && !resting.last().equals(search.service().key())
                && pool.cooled(resting).isAfter(now)) {
            alarm.at(pool.cooled(resting));
            search.miss(new Trouble(
                    AllocationReason.RESERVED_ADDRESS_RESTING,
                    () -> spot.ip() + " is reserved for the Service, but was " + resting.last() + "'s until "
                            + resting.released() + "; it is given from " + pool.cooled(resting)));
            return true;
        }
        search.found(spot);
        return true;
    }

    /** Of those it had before and nobody since, the one it had last. */
    private @Nullable Spot before(Search search, IpFamily family, Function<PoolSpace, Optional<Integer>> place) {
        Spot best = null;
        Instant last = Instant.MIN;
        for (Spot spot : remembered.had(search.service().key())) {
            PoolSpace pool = spot.pool();
            LedgerEntry.Resting resting = spot.resting();
            if (spot.ip().family() == family
                    && pool != null
                    && resting != null
                    && !spot.isTaken()
                    && (best == null || resting.released().isAfter(last))
                    && reservations.other(spot.ip(), search.service().key()).isEmpty()
                    && place.apply(pool).isPresent()
                    && affordable(search, spot, pool)) {
                best = spot;
                last = resting.released();
            }
        }
        return best;
    }

    private @Nullable Spot shared(Search search, IpFamily family, Function<PoolSpace, Optional<Integer>> place) {
        ServiceView service = search.service();
        if (service.sharing().isEmpty()) {
            return null;
        }
        SharingIndex index = sharing;
        if (index == null) {
            index = new SharingIndex(spots.all());
            sharing = index;
        }
        return index.find(service, family, spot -> {
            PoolSpace pool = spot.pool();
            boolean possible = pool != null
                    && spot.isInPool()
                    && spot.shownBy().isEmpty()
                    && !search.claim().picks(spot)
                    && reservations.other(spot.ip(), service.key()).isEmpty()
                    && affordable(search, spot, pool);
            return possible && pool != null ? place.apply(pool) : Optional.empty();
        });
    }

    private boolean affordable(Search search, Spot spot, PoolSpace pool) {
        String namespace = search.service().key().namespace();
        return quotas.has(namespace, spot)
                || quotas.exhausted(
                                namespace,
                                pool,
                                search.pools(),
                                Optional.ofNullable(
                                        search.claim().picked(spot.ip().family())))
                        .isEmpty();
    }
}
