package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a Service would be given the address that it has. */
final class Standing {
    private final Pools pools;
    private final Reservations reservations;

    Standing(Pools pools, Reservations reservations) {
        this.pools = pools;
        this.reservations = reservations;
    }

    /** Why it would not be given it today; null if it would. */
    @Nullable
    AllocationReason objection(Spot spot, ServiceView service) {
        AllocationReason left = leftPool(spot, service);
        return left == null && reservations.other(spot.ip(), service.key()).isPresent()
                ? AllocationReason.ADDRESS_RESERVED_FOR_OTHER
                : left;
    }

    boolean isInPool(Ip ip) {
        return pools.covering(ip) != null;
    }

    /** In what way it has left its pool; null if it has not. */
    @Nullable
    AllocationReason leftPool(Spot spot, ServiceView service) {
        PoolSpace pool = spot.pool();
        if (pool == null || !pool.gives(spot.ip())) {
            return AllocationReason.ADDRESS_OUTSIDE_POOLS;
        }
        if (!pools.admits(pool, service) && !reservations.isFor(spot.ip(), service.key())) {
            return AllocationReason.ADDRESS_NOT_FOR_SERVICE;
        }
        LedgerEntry.Held held = spot.held();
        return held != null && !held.pool().equals(pool.name()) && service.asksForPool(held.pool())
                ? AllocationReason.ADDRESS_IN_OTHER_POOL
                : null;
    }

    /** Whether the pool that the address was taken from wants it to be moved. */
    boolean isToMove(Spot spot, ServiceView service) {
        LedgerEntry.Held held = spot.held();
        return held != null
                && leftPool(spot, service) != null
                && pools.named(held.pool()).map(PoolSpace::moves).orElse(false);
    }

    String words(Spot spot, ServiceView service, AllocationReason objection) {
        Optional<ServiceKey> other = reservations.other(spot.ip(), service.key());
        if (objection == AllocationReason.ADDRESS_RESERVED_FOR_OTHER && other.isPresent()) {
            return spot.ip() + " is reserved for " + other.get();
        }
        PoolSpace pool = spot.pool();
        if (objection == AllocationReason.ADDRESS_IN_OTHER_POOL && pool != null) {
            return spot.ip() + " is in pool " + pool.name() + " now, not in the one that is asked for";
        }
        return objection == AllocationReason.ADDRESS_NOT_FOR_SERVICE
                ? "the pool of " + spot.ip() + " is no longer for this Service"
                : "in no pool: " + spot.ip();
    }
}
