package dev.clarion.allocation;

import dev.clarion.allocation.Claim.Trouble;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
    private final Chooser chooser;

    private final List<ServiceView> services;
    private final Map<Ip, ServiceKey> holders = new HashMap<>();
    private final Map<ServiceKey, List<LedgerEntry>> held = new HashMap<>();
    private final NavigableMap<Ip, LedgerEntry> puts = new TreeMap<>();
    private final NavigableMap<Ip, Release> releases = new TreeMap<>();
    private final List<StatusChange> statuses = new ArrayList<>();
    private final NavigableMap<ServiceKey, Decision> decisions = new TreeMap<>();
    private Optional<Instant> wakeAt = Optional.empty();

    Round(ClusterView view, Ledger ledger, Instant now) {
        this.view = view;
        this.ledger = ledger;
        this.now = now;
        this.pools = new Pools(view.config(), holders::containsKey);
        this.chooser = new Chooser(pools, ip -> Optional.ofNullable(holders.get(ip)));
        this.services = view.services().stream().sorted(WAITING_LONGEST_FIRST).toList();
    }

    Plan plan() {
        readLedger();
        List<Claim> claims = new ArrayList<>();
        for (ServiceView service : services) {
            if (service.isServedBy(view.ourClass())) {
                claims.add(new Claim(service, held.getOrDefault(service.key(), List.of())));
            } else {
                decline(service);
            }
        }
        claims.forEach(this::adopt);
        // Whatever stands in a status, even in one that is not ours, is in use and not given out.
        services.forEach(service -> service.ingress().forEach(ip -> holders.putIfAbsent(ip, service.key())));
        claims.forEach(this::allocate);
        claims.forEach(this::conclude);
        return new Plan(shardChanges(), statuses, List.copyOf(decisions.values()), wakeAt);
    }

    private void readLedger() {
        Map<ServiceKey, ServiceView> byKey = new HashMap<>();
        services.forEach(service -> byKey.put(service.key(), service));
        ledger.entries().forEach(entry -> {
            holders.put(entry.ip(), entry.holder());
            ServiceView service = byKey.get(entry.holder());
            if (service != null && entry.heldBy(service)) {
                held.computeIfAbsent(service.key(), key -> new ArrayList<>(2)).add(entry);
            } else {
                releases.put(entry.ip(), new Release(entry, AllocationReason.HOLDER_GONE, Optional.empty()));
            }
        });
    }

    /** A Service that is not for us gives back what it has, once its status no longer shows it. */
    private void decline(ServiceView service) {
        AllocationReason reason =
                service.loadBalancer() ? AllocationReason.OTHER_CLASS : AllocationReason.NOT_A_LOAD_BALANCER;
        String message = service.loadBalancer()
                ? "the load balancer class " + service.loadBalancerClass().orElse("") + " is another controller's"
                : "the type is not LoadBalancer";
        decisions.put(service.key(), new Decision.NotOurs(service.key(), reason, message));
        for (LedgerEntry entry : held.getOrDefault(service.key(), List.of())) {
            if (!service.ingress().contains(entry.ip())) {
                releases.put(entry.ip(), new Release(entry, reason, Optional.of(service.resourceVersion())));
            }
        }
        boolean marked =
                service.condition().isPresent() || service.allocatedFrom().isPresent();
        if (!service.loadBalancer() && marked) {
            statuses.add(new StatusChange(
                    service.key(),
                    service.uid(),
                    service.resourceVersion(),
                    service.ingress().isEmpty() ? Optional.empty() : Optional.of(List.of()),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    Optional.of(new StatusChange.Note(false, reason.word(), "addresses given back: " + message))));
        }
    }

    /** Takes in what the status shows and the ledger does not have, family by family. */
    private void adopt(Claim claim) {
        List<IpFamily> open = claim.families().stream()
                .filter(family -> claim.picked(family).isEmpty())
                .toList();
        for (IpFamily family : open) {
            List<Ip> shown = claim.service().ingress().stream()
                    .filter(ip -> ip.family() == family)
                    .distinct()
                    .toList();
            for (Ip ip : shown) {
                Optional<Trouble> trouble = unfit(ip, shown.size());
                trouble.ifPresent(why -> claim.leave(ip, why));
                if (trouble.isEmpty()) {
                    pools.of(ip).ifPresent(pool -> claim.adopt(enter(ip, claim.service(), pool.name())));
                }
            }
        }
    }

    private Optional<Trouble> unfit(Ip ip, int ofFamily) {
        ServiceKey other = holders.get(ip);
        if (ofFamily > 1) {
            return Optional.of(left(AllocationReason.STATUS_ADDRESS_SURPLUS, ip, "is not the only one of its family"));
        }
        if (other != null) {
            return Optional.of(left(AllocationReason.STATUS_ADDRESS_TAKEN, ip, "belongs to " + other));
        }
        if (pools.of(ip).isEmpty()) {
            return Optional.of(left(AllocationReason.STATUS_ADDRESS_OUTSIDE_POOLS, ip, "is in no pool"));
        }
        return Optional.empty();
    }

    private static Trouble left(AllocationReason reason, Ip ip, String why) {
        return new Trouble(
                reason,
                ip + " stands in the status, was not assigned by Clarion and " + why
                        + "; it is left alone, take it out of the status to get another");
    }

    private LedgerEntry enter(Ip ip, ServiceView service, String pool) {
        LedgerEntry entry = new LedgerEntry(
                ip, service.key(), service.uid(), pool, now.truncatedTo(ChronoUnit.MILLIS), Optional.empty());
        puts.put(ip, entry);
        holders.put(ip, service.key());
        return entry;
    }

    private void allocate(Claim claim) {
        if (claim.service().deleting() || claim.isServedByName()) {
            return;
        }
        for (Chooser.Choice choice : chooser.choose(claim)) {
            claim.add(enter(choice.ip(), claim.service(), choice.pool()));
        }
    }

    private void conclude(Claim claim) {
        ServiceView service = claim.service();
        claim.picked().forEach(entry -> refresh(claim, entry));
        claim.held().forEach(entry -> giveBack(claim, entry));
        Set<ShardId> needs = new LinkedHashSet<>();
        claim.picked().stream()
                .filter(entry -> puts.containsKey(entry.ip()))
                .forEach(entry -> needs.add(ShardId.of(entry.ip())));
        Verdict verdict = new Verdict(claim, pools);
        decisions.put(service.key(), verdict.decision());
        verdict.status(now, needs).ifPresent(statuses::add);
    }

    /** Brings an entry up to date: its pool may have a new name, and what is to be shown anew must be confirmed. */
    private void refresh(Claim claim, LedgerEntry entry) {
        if (puts.containsKey(entry.ip())) {
            return;
        }
        LedgerEntry current =
                pools.of(entry.ip()).map(pool -> entry.inPool(pool.name())).orElse(entry);
        if (!claim.service().ingress().contains(entry.ip()) && !claim.service().deleting()) {
            current = current.confirmedAt(now);
        }
        if (!current.equals(entry)) {
            puts.put(entry.ip(), current);
            claim.replace(current);
        }
    }

    private void giveBack(Claim claim, LedgerEntry entry) {
        boolean inUse = claim.picked().stream().anyMatch(kept -> kept.ip().equals(entry.ip()))
                || claim.service().ingress().contains(entry.ip());
        if (inUse) {
            return;
        }
        Instant rested = entry.lastTouched().plus(Planner.REST);
        if (rested.isAfter(now)) {
            wakeAt = wakeAt.filter(rested::isAfter).or(() -> Optional.of(rested));
        } else {
            Optional<String> seen = Optional.of(claim.service().resourceVersion());
            releases.put(entry.ip(), new Release(entry, AllocationReason.REPLACED, seen));
        }
    }

    private List<ShardChange> shardChanges() {
        NavigableMap<ShardId, List<LedgerEntry>> putsByShard = new TreeMap<>();
        NavigableMap<ShardId, List<Release>> releasesByShard = new TreeMap<>();
        puts.forEach((ip, entry) -> putsByShard
                .computeIfAbsent(ShardId.of(ip), id -> new ArrayList<>())
                .add(entry));
        releases.forEach((ip, release) -> releasesByShard
                .computeIfAbsent(ShardId.of(ip), id -> new ArrayList<>())
                .add(release));
        Set<ShardId> ids = new LinkedHashSet<>(putsByShard.keySet());
        ids.addAll(releasesByShard.keySet());
        return ids.stream()
                .sorted()
                .map(id -> new ShardChange(
                        ledger.shard(id),
                        putsByShard.getOrDefault(id, List.of()),
                        releasesByShard.getOrDefault(id, List.of())))
                .toList();
    }
}
