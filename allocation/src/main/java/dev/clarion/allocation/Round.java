package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The making of one plan. All that is held already is taken in first, from the ledger and then from statuses; only then
 * is anything new given out, to those first who wait longest.
 */
final class Round {
    private static final Comparator<ServiceView> WAITING_LONGEST_FIRST = Comparator.comparing(ServiceView::waitingSince)
            .thenComparing(ServiceView::created)
            .thenComparing(ServiceView::key);

    private final ClusterView view;
    private final Ledger ledger;
    private final Instant now;
    private final Pools pools;
    private final Occupancy spots;
    private final Quotas quotas;
    private final Standing standing;
    private final Remembered remembered = new Remembered();
    private final Alarm alarm = new Alarm();
    private final Preferences preferences;
    private final Chooser chooser;
    private final Adoption adoption;
    private final Conclusion conclusion;
    private final Settled settled;
    private final Partners partners;

    private final List<Claim> claims = new ArrayList<>();
    private final Map<ServiceKey, Claim> byKey;
    /** Names whose addresses still stand in the ledger under an earlier Service. */
    private final Set<ServiceKey> haunted = new HashSet<>();

    /** @param before about whom the plan before found nothing to do */
    Round(ClusterView view, Ledger ledger, Instant now, @Nullable Settled before) {
        this.view = view;
        this.ledger = ledger;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.pools = new Pools(view);
        this.spots = new Occupancy(pools);
        this.quotas = new Quotas(view);
        Reservations reservations = new Reservations(view.config().reservations());
        this.standing = new Standing(pools, reservations);
        this.preferences = new Preferences(spots, reservations, remembered, quotas, alarm, now);
        AskedAddresses asked = new AskedAddresses(spots, pools, reservations, quotas, alarm, now);
        this.chooser = new Chooser(pools, quotas, preferences, asked, alarm, now);
        this.byKey = HashMap.newHashMap(view.services().size());
        this.partners = new Partners(byKey);
        this.adoption = new Adoption(spots, byKey);
        this.settled = Settled.none(view);
        this.conclusion = new Conclusion(standing, byKey, alarm, settled, this.now);
        Settled known = before != null && before.countsIn(view) ? before : settled;
        List<ServiceView> services = new ArrayList<>(view.services());
        services.sort(Comparator.comparing(ServiceView::key));
        for (ServiceView service : services) {
            boolean ours = service.isServedBy(view.ourClass()) && !isLeftToMetalLb(service);
            Claim claim = new Claim(service, ours, known.of(service));
            claims.add(claim);
            byKey.put(service.key(), claim);
        }
    }

    private boolean isLeftToMetalLb(ServiceView service) {
        return view.metalLbPresent()
                && service.loadBalancer()
                && service.loadBalancerClass().isEmpty();
    }

    /** About whom there was nothing to do: to be asked once the plan is made. */
    Settled settled() {
        return settled;
    }

    Plan plan() {
        readLedger();
        claims.forEach(Claim::recognize);
        readStatuses();
        List<Claim> open = new ArrayList<>();
        settle(open);
        remembered.supersede(byKey);
        open.sort(Comparator.comparing(Claim::service, WAITING_LONGEST_FIRST));
        open.forEach(this::adopt);
        // Only once all have searched is it known who of those that use the same port leaves for another address.
        List<Claim> searched = open.stream().filter(this::allocate).toList();
        searched.forEach(partners::bear);
        searched.forEach(this::stayOrGo);
        for (Claim claim : claims) {
            if (claim.isOurs()) {
                conclusion.conclude(claim);
            } else if (isLeftToMetalLb(claim.service())) {
                conclusion.leaveToMetalLb(claim);
            } else {
                conclusion.decline(claim);
            }
        }
        List<StatusChange> statuses = conclusion.statuses();
        statuses.sort(Comparator.comparing(this::waiting, WAITING_LONGEST_FIRST));
        Set<ShardId> needed = new HashSet<>();
        statuses.forEach(change -> needed.addAll(change.needs()));
        List<String> problems = new ArrayList<>();
        ledger.shards().forEach(shard -> problems.addAll(shard.problems()));
        return new Plan(
                LedgerChanges.of(ledger, spots.all(), remembered.forgotten(pools, now), needed),
                statuses,
                conclusion.decisions(),
                problems,
                alarm.first());
    }

    private ServiceView waiting(StatusChange change) {
        Claim claim = byKey.get(change.service());
        if (claim == null) {
            throw new IllegalStateException("no such Service: " + change.service());
        }
        return claim.service();
    }

    private void readLedger() {
        ledger.forEach(entry -> {
            Spot spot = spots.at(entry.ip());
            spot.read(entry);
            switch (entry) {
                case LedgerEntry.Resting resting -> remembered.read(spot, resting);
                case LedgerEntry.Held held -> held.holders().forEach(holder -> read(spot, holder));
            }
        });
    }

    private void read(Spot spot, Holder holder) {
        Claim claim = byKey.get(holder.service());
        if (claim != null && holder.is(claim.service())) {
            claim.hold(spot, holder);
        } else {
            spot.release(new Release(spot.ip(), holder, AllocationReason.HOLDER_GONE, Optional.empty(), now));
            haunted.add(holder.service());
        }
    }

    /** Whatever stands in a status, even in one that is not ours, is in use and not given out. */
    private void readStatuses() {
        for (Claim claim : claims) {
            if (!claim.isAsBefore()) {
                claim.service().ingress().forEach(ip -> show(claim, ip));
                // What a write is to take away is there until it has, and it may fail.
                claim.service().stillShown().forEach(ip -> show(claim, ip));
            }
        }
    }

    private void show(Claim claim, Ip ip) {
        if (!claim.holds(ip)) {
            spots.at(ip).shown(claim.service().key());
        }
    }

    /** Finds what everybody keeps, and who is in want of something. */
    private void settle(List<Claim> open) {
        Set<Spot> onTerms = new LinkedHashSet<>();
        for (Claim claim : claims) {
            if (claim.isOurs() && !claim.isAsBefore()) {
                claim.pick();
                for (Claim.Holding holding : claim.held()) {
                    boolean told =
                            claim.service().sharing().equals(holding.holder().terms());
                    if (!told && claim.picks(holding.spot())) {
                        onTerms.add(holding.spot());
                    }
                }
            }
        }
        onTerms.forEach(partners::settle);
        claims.stream().filter(Claim::isOurs).forEach(partners::fallBack);
        for (Claim claim : claims) {
            if (claim.isAsBefore()) {
                claim.held().forEach(holding -> quotas.add(claim.service().key().namespace(), holding.spot()));
            } else if (claim.isOurs()) {
                for (IpFamily family : claim.families()) {
                    Spot spot = claim.picked(family);
                    if (spot != null) {
                        quotas.add(claim.service().key().namespace(), spot);
                        move(claim, family, spot);
                    }
                }
                if (isOpen(claim)) {
                    open.add(claim);
                }
            }
        }
    }

    private void move(Claim claim, IpFamily family, Spot spot) {
        if (claim.leaves(family) == null && standing.isToMove(spot, claim.service())) {
            AllocationReason why = standing.objection(spot, claim.service());
            if (why != null) {
                claim.leave(
                        family,
                        new Claim.Leave(
                                new Trouble(why, () -> standing.words(spot, claim.service(), why) + ", to be moved"),
                                false));
            }
        }
    }

    private static boolean isOpen(Claim claim) {
        if (claim.service().families().isEmpty()) {
            return true;
        }
        for (IpFamily family : claim.families()) {
            if (claim.isOpen(family)) {
                return true;
            }
        }
        // Whether a request is met is found out where it is searched for.
        return !claim.service().request().equals(AddressRequest.ANY);
    }

    private void adopt(Claim claim) {
        adoption.adopt(claim).forEach(spot -> {
            claim.adopt(spot, enter(spot, claim.service(), poolOf(spot, claim.service())));
            quotas.add(claim.service().key().namespace(), spot);
        });
    }

    /**
     * The pool to name in the ledger: the one that has it; of an address that was ours and left its pool, that one, and so
     * of one that was taken from the pool that is asked for, whoever has it now.
     */
    private static String poolOf(Spot spot, ServiceView service) {
        List<String> before = List.of(service.allocatedFrom().orElse("").split(",", -1));
        Optional<String> asked = before.stream().filter(service::asksForPool).findFirst();
        PoolSpace pool = spot.pool();
        return asked.orElseGet(() -> pool != null && spot.isInPool() ? pool.name() : before.getFirst());
    }

    private Holder enter(Spot spot, ServiceView service, String pool) {
        Holder holder = new Holder(service.key(), service.uid(), now, Optional.empty(), service.sharing());
        LedgerEntry.Held held = spot.held();
        if (held == null) {
            spot.hold(LedgerEntry.Held.by(spot.ip(), pool, holder));
            preferences.entered(spot);
        } else {
            spot.hold(held.with(holder));
        }
        return holder;
    }

    /** Finds it what it is in want of; false if nothing is to be done about it now. */
    private boolean allocate(Claim claim) {
        ServiceView service = claim.service();
        if (claim.isPending() || service.deleting() || claim.isServedByName()) {
            return false;
        }
        if (service.isBeingWritten() && !claim.lacks()) {
            // What it has is enough for now; a better one could not be shown before that write has an answer.
            return false;
        }
        if (haunted.contains(service.key()) && claim.lacks()) {
            // What an earlier Service of the name had is about to be given back, and this one may have it.
            claim.defer();
            return false;
        }
        for (Spot spot : List.copyOf(chooser.choose(claim))) {
            PoolSpace pool = spot.pool();
            if (pool != null) {
                replace(claim, spot.ip().family());
                claim.add(spot, enter(spot, service, pool.name()));
                quotas.add(service.key().namespace(), spot);
            }
        }
        return true;
    }

    private void replace(Claim claim, IpFamily family) {
        Spot before = claim.picked(family);
        if (before != null) {
            quotas.remove(claim.service().key().namespace(), before);
        }
    }

    private void stayOrGo(Claim claim) {
        for (IpFamily family : claim.families()) {
            Claim.Leave leave = claim.leaves(family);
            if (leave != null) {
                stayOrGo(claim, family, leave);
            }
        }
    }

    private void stayOrGo(Claim claim, IpFamily family, Claim.Leave leave) {
        Trouble none = claim.trouble();
        Trouble why = leave.why();
        claim.fail(
                none == null || none == why
                        ? why
                        : new Trouble(why.reason(), () -> why.message() + "; " + none.message(), none.refusals()));
        if (leave.atOnce()) {
            replace(claim, family);
            claim.drop(family);
        }
    }
}
