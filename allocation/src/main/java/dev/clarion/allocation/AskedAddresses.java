package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether a Service can have the very address that it asks for. */
final class AskedAddresses {
    private final Occupancy spots;
    private final Pools pools;
    private final Reservations reservations;
    private final Quotas quotas;
    private final Alarm alarm;
    private final Instant now;

    AskedAddresses(Occupancy spots, Pools pools, Reservations reservations, Quotas quotas, Alarm alarm, Instant now) {
        this.spots = spots;
        this.pools = pools;
        this.reservations = reservations;
        this.quotas = quotas;
        this.alarm = alarm;
        this.now = now;
    }

    /** Finds the address, or says why it cannot be had; then nothing else is to be had either. */
    boolean take(Search search, Optional<PoolSpace> asked, Ip ip) {
        Claim claim = search.claim();
        Spot spot = spots.at(ip);
        if (claim.picks(spot)) {
            Claim.Leave leave = claim.leaves(ip.family());
            boolean mayStay = leave == null || leave.why().reason() != AllocationReason.SHARING_ENDED;
            if (leave != null && mayStay && !leave.atOnce()) {
                claim.stay(ip.family());
            } else if (leave != null) {
                search.fail(leave.why());
            }
            return leave == null || (mayStay && !leave.atOnce());
        }
        Optional<Trouble> refused = refusal(search, asked, spot);
        if (refused.isPresent()) {
            search.fail(refused.get());
            return false;
        }
        search.found(spot);
        return true;
    }

    private Optional<Trouble> refusal(Search search, Optional<PoolSpace> asked, Spot spot) {
        ServiceView service = search.service();
        Ip ip = spot.ip();
        PoolSpace pool = spot.pool();
        if (!search.claim().families().contains(ip.family())) {
            return trouble(
                    AllocationReason.REQUESTED_FAMILY_NOT_SERVED,
                    () -> ip + " is asked for, but the Service has no " + Words.family(ip.family()) + " cluster IP");
        }
        if (pool == null) {
            return trouble(
                    AllocationReason.REQUESTED_ADDRESS_OUTSIDE_POOLS, () -> ip + " is asked for, but is in no pool");
        }
        if (asked.isPresent() && !asked.get().equals(pool)) {
            return trouble(
                    AllocationReason.REQUEST_CONTRADICTS,
                    () -> ip + " is in pool " + pool.name() + ", not in pool "
                            + asked.get().name() + ", which is asked for as well");
        }
        if (!spot.isInPool()) {
            return trouble(
                    AllocationReason.REQUESTED_ADDRESS_EXCLUDED,
                    () -> ip + " is asked for, but pool " + pool.name()
                            + " gives it to nobody (exclude, avoidBuggyIPs)");
        }
        if (reservations.other(ip, service.key()).isPresent()) {
            return trouble(
                    AllocationReason.REQUESTED_ADDRESS_RESERVED,
                    () -> ip + " is asked for, but reserved for "
                            + reservations.other(ip, service.key()).get());
        }
        if (!reservations.isFor(ip, service.key()) && !pools.admits(pool, service)) {
            return trouble(
                    AllocationReason.REQUESTED_POOL_NOT_FOR_SERVICE,
                    () -> ip + " is asked for, but its pool " + pool.name() + " is not for this Service");
        }
        return inUse(service, spot).or(() -> atRest(service, spot, pool)).or(() -> overQuota(search, spot, pool));
    }

    private static Optional<Trouble> inUse(ServiceView service, Spot spot) {
        Ip ip = spot.ip();
        Optional<SharingRefusal> refusal = spot.refuses(service);
        if (refusal.isPresent()) {
            SharingRefusal why = refusal.get();
            return why.rule() == SharingRefusal.Rule.NO_KEY
                    ? taken(ip, why.other())
                    : trouble(
                            AllocationReason.REQUESTED_ADDRESS_NOT_SHAREABLE,
                            () -> ip + " is asked for, but " + why.facts());
        }
        List<ServiceKey> shown = spot.shownBy();
        boolean byOthers = !shown.isEmpty() && !(shown.size() == 1 && shown.contains(service.key()));
        return byOthers ? taken(ip, shown.getFirst()) : Optional.empty();
    }

    private static Optional<Trouble> taken(Ip ip, ServiceKey by) {
        return trouble(AllocationReason.REQUESTED_ADDRESS_TAKEN, () -> ip + " is asked for, but " + by + " has it");
    }

    private Optional<Trouble> atRest(ServiceView service, Spot spot, PoolSpace pool) {
        LedgerEntry.Resting resting = spot.resting();
        if (resting == null || resting.last().equals(service.key())) {
            return Optional.empty();
        }
        Instant cooled = pool.cooled(resting);
        Instant due = reservations.isFor(spot.ip(), service.key()) ? cooled : pool.due(spot, resting);
        if (!due.isAfter(now)) {
            return Optional.empty();
        }
        alarm.at(due);
        AllocationReason reason = cooled.isAfter(now)
                ? AllocationReason.REQUESTED_ADDRESS_RESTING
                : AllocationReason.REQUESTED_ADDRESS_RETAINED;
        return trouble(
                reason,
                () -> spot.ip() + " is asked for, but was " + resting.last() + "'s until " + resting.released()
                        + "; others can have it from " + due);
    }

    private Optional<Trouble> overQuota(Search search, Spot spot, PoolSpace pool) {
        String namespace = search.service().key().namespace();
        if (quotas.has(namespace, spot)) {
            return Optional.empty();
        }
        Optional<Spot> replaced =
                Optional.ofNullable(search.claim().picked(spot.ip().family()));
        return quotas.exhausted(namespace, pool, search.pools(), replaced)
                .flatMap(figures ->
                        trouble(AllocationReason.QUOTA_EXHAUSTED, () -> spot.ip() + " is asked for, but " + figures));
    }

    private static Optional<Trouble> trouble(AllocationReason reason, Supplier<String> words) {
        return Optional.of(new Trouble(reason, words));
    }
}
