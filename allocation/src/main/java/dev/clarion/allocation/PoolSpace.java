package dev.clarion.allocation;

import dev.clarion.config.IpAddressPool;
import dev.clarion.config.OnRemoval;
import dev.clarion.config.ServiceAllocation;
import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pool while a plan is being made. What is free in it is worked out when first asked for. */
final class PoolSpace {
    /** The order in which pools are tried: those made for certain Services, by priority; then the others; by name. */
    static final Comparator<PoolSpace> ORDER =
            Comparator.comparingLong((PoolSpace pool) -> pool.rank).thenComparing(PoolSpace::name);

    private final IpAddressPool pool;
    private final long rank;
    private final Duration rest;
    private final AddressSet excluded;
    private final List<Spot> spots = new ArrayList<>();
    private final List<Ip> reserved = new ArrayList<>(0);
    private final PerFamily<FreeAddresses> free = new PerFamily<>();
    private @Nullable AddressSet inside;

    PoolSpace(IpAddressPool pool) {
        this.pool = pool;
        this.rank = rankOf(pool.serviceAllocation());
        this.rest = pool.coolDown().compareTo(pool.retention()) > 0 ? pool.coolDown() : pool.retention();
        this.excluded = pool.exclude().isEmpty() ? AddressSet.EMPTY : AddressSet.of(pool.exclude());
    }

    private static long rankOf(Optional<ServiceAllocation> allocation) {
        if (allocation.isEmpty()) {
            return Long.MAX_VALUE;
        }
        int priority = allocation.get().priority();
        return priority == 0 ? Long.MAX_VALUE - 1 : priority;
    }

    String name() {
        return pool.name();
    }

    IpAddressPool pool() {
        return pool;
    }

    /** Pools of one rank are as good as each other. */
    long rank() {
        return rank;
    }

    boolean moves() {
        return pool.onRemoval() == OnRemoval.MOVE;
    }

    /** Whether it may give this address, which lies in its ranges, to somebody. */
    boolean gives(Ip ip) {
        return !excluded.contains(ip) && !pool.avoids(ip);
    }

    boolean has(IpFamily family) {
        return !inside().only(family).isEmpty();
    }

    private AddressSet inside() {
        AddressSet set = inside;
        if (set == null) {
            set = pool.inside();
            inside = set;
        }
        return set;
    }

    void note(Spot spot) {
        spots.add(spot);
    }

    void reserve(Ip ip) {
        reserved.add(ip);
    }

    List<Spot> spots() {
        return spots;
    }

    /** Until when nobody else gets an address that was given back. */
    Instant due(Spot spot, LedgerEntry.Resting entry) {
        return entry.released().plus(spot.isSuperseded() ? pool.coolDown() : rest);
    }

    /** Until when the cool-down alone keeps others from it. */
    Instant cooled(LedgerEntry.Resting entry) {
        return entry.released().plus(pool.coolDown());
    }

    void take(Ip ip) {
        FreeAddresses known = free.get(ip.family());
        if (known != null) {
            known.take(ip);
        }
    }

    /** The address that it would hand out next. */
    Optional<Ip> next(IpFamily family, Instant now) {
        return free(family).next(now);
    }

    /** When the first of those that rest is due, if any rests. */
    Optional<Instant> firstDue(IpFamily family) {
        return free(family).firstDue();
    }

    private FreeAddresses free(IpFamily family) {
        FreeAddresses known = free.get(family);
        if (known == null) {
            known = work(family);
            free.set(family, known);
        }
        return known;
    }

    private FreeAddresses work(IpFamily family) {
        FreeAddresses made = new FreeAddresses(inside().only(family), pool.avoidBuggyIps());
        for (Spot spot : spots) {
            LedgerEntry.Resting resting = spot.resting();
            if (spot.ip().family() == family && gives(spot.ip())) {
                if (spot.isTaken()) {
                    made.take(spot.ip());
                } else if (resting != null) {
                    made.rest(spot.ip(), resting.released(), due(spot, resting));
                }
            }
        }
        for (Ip ip : reserved) {
            if (ip.family() == family) {
                made.take(ip);
            }
        }
        return made;
    }
}
