package dev.clarion.allocation;

import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The end of a plan: entries are brought up to date, what is not used is given back, and statuses are told. */
final class Conclusion {
    private final Standing standing;
    private final Map<ServiceKey, Claim> claims;
    private final Alarm alarm;
    private final Settled settled;
    private final Instant now;
    private final Verdict verdict;
    private final List<StatusChange> statuses = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();

    Conclusion(Standing standing, Map<ServiceKey, Claim> claims, Alarm alarm, Settled settled, Instant now) {
        this.standing = standing;
        this.claims = claims;
        this.alarm = alarm;
        this.settled = settled;
        this.now = now;
        this.verdict = new Verdict(standing, now);
    }

    List<StatusChange> statuses() {
        return statuses;
    }

    List<Decision> decisions() {
        return decisions;
    }

    /** What was found for a Service that is ours is written down. */
    void conclude(Claim claim) {
        Settled.Finding before = claim.asBefore();
        if (before != null) {
            decisions.add(before.decision());
            settled.add(claim.service(), before);
            return;
        }
        Set<ShardId> needs = new LinkedHashSet<>();
        if (!claim.isPending()) {
            for (IpFamily family : claim.families()) {
                Spot spot = claim.picked(family);
                if (spot != null) {
                    refresh(claim, spot);
                    if (spot.put().isPresent()) {
                        needs.add(ShardId.of(spot.ip()));
                    }
                }
            }
        }
        for (Claim.Holding holding : claim.held()) {
            giveBack(claim, holding);
        }
        Decision decision = verdict.decision(claim);
        decisions.add(decision);
        if (!claim.isPending()) {
            verdict.status(claim, decision, needs).ifPresentOrElse(statuses::add, () -> settled.look(claim, decision));
        }
    }

    /** Brings an entry up to date: its pool may have a new name, and what is to be shown anew must be confirmed. */
    private void refresh(Claim claim, Spot spot) {
        ServiceView service = claim.service();
        LedgerEntry.Held held = spot.held();
        if (held == null || claim.added().contains(spot.ip()) || claim.adopted().contains(spot.ip())) {
            return;
        }
        LedgerEntry.Held current = held;
        PoolSpace pool = spot.pool();
        if (pool != null
                && !pool.name().equals(held.pool())
                && standing.leftPool(spot, service) == null
                && !isAskedFor(held)) {
            current = current.inPool(pool.name());
        }
        Optional<Holder> holder = current.holder(service);
        if (holder.isPresent()
                && !service.ingress().contains(spot.ip())
                && !service.deleting()
                && !service.isBeingWritten()) {
            current = current.with(holder.get().confirmedAt(now));
        }
        if (!current.equals(held)) {
            spot.hold(current);
        }
    }

    /** Whether somebody who has the address asks for the pool that it was taken from, so that the name must be kept. */
    private boolean isAskedFor(LedgerEntry.Held held) {
        for (Holder holder : held.holders()) {
            Claim claim = claims.get(holder.service());
            if (claim != null && claim.service().asksForPool(held.pool())) {
                return true;
            }
        }
        return false;
    }

    private void giveBack(Claim claim, Claim.Holding holding) {
        Spot spot = holding.spot();
        if (claim.picks(spot) || claim.service().ingress().contains(spot.ip())) {
            return;
        }
        Instant rested = holding.holder().lastTouched().plus(Planner.REST);
        if (rested.isAfter(now)) {
            alarm.at(rested);
        } else {
            release(claim, holding, AllocationReason.REPLACED);
        }
    }

    private void release(Claim claim, Claim.Holding holding, AllocationReason reason) {
        Optional<String> seen = Optional.of(claim.service().resourceVersion());
        holding.spot().release(new Release(holding.spot().ip(), holding.holder(), reason, seen, now));
    }

    void leaveToMetalLb(Claim claim) {
        decisions.add(new Decision.NotOurs(
                claim.service().key(),
                AllocationReason.METALLB_PRESENT,
                "MetalLB runs in the cluster and serves Services without a load balancer class"));
    }

    /** A Service that is not for us gives back what it has, once its status no longer shows it. */
    void decline(Claim claim) {
        ServiceView service = claim.service();
        Decision.NotOurs decision = Verdict.notOurs(service);
        decisions.add(decision);
        boolean showsOurs = false;
        for (Claim.Holding holding : claim.held()) {
            if (service.ingress().contains(holding.spot().ip())) {
                showsOurs = true;
            } else {
                release(claim, holding, decision.reason());
            }
        }
        if (service.bearsOurMark() || (showsOurs && service.loadBalancer())) {
            statuses.add(verdict.cleared(claim, decision));
        }
    }
}
