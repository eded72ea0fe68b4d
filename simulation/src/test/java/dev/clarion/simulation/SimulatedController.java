package dev.clarion.simulation;

import dev.clarion.allocation.ClusterView;
import dev.clarion.allocation.Ledger;
import dev.clarion.allocation.Plan;
import dev.clarion.allocation.Planner;
import dev.clarion.allocation.Release;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServiceView;
import dev.clarion.allocation.ShardChange;
import dev.clarion.allocation.ShardId;
import dev.clarion.allocation.StatusChange;
import dev.clarion.config.Config;
import dev.clarion.config.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A controller as its shell makes it, one request at a time, so that anything may happen in between. It sees Services,
 * ledger and configuration only as of the last time that it looked.
 */
final class SimulatedController {
    /** From planning until a write is given up, the time of the request included. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimulatedApi api;
    private final Set<Fault> faults;
    private Map<ServiceKey, ServiceView> seenServices = Map.of();
    private Map<ShardId, Ledger.Shard> seenShards = new HashMap<>();
    private Config seenConfig = Config.EMPTY;
    private boolean synced;

    private Optional<Plan> plan = Optional.empty();
    private final Deque<Release> toConfirm = new ArrayDeque<>();
    private final Deque<ShardChange> toSwap = new ArrayDeque<>();
    private final Set<Release> confirmed = new HashSet<>();
    private final Set<ShardId> stored = new HashSet<>();
    private final Deque<Sent> toPatch = new ArrayDeque<>();

    private record Sent(StatusChange change, Instant since) {}

    SimulatedController(SimulatedApi api, Set<Fault> faults) {
        this.api = api;
        this.faults = faults;
    }

    void crash() {
        plan = Optional.empty();
        toConfirm.clear();
        toSwap.clear();
        confirmed.clear();
        stored.clear();
        toPatch.clear();
        synced = false;
    }

    /** The watches bring what is stored now, one kind at a time. */
    void watch(Config config, boolean services, boolean ledger) {
        if (services || !synced) {
            seenServices = api.services();
        }
        if (ledger || !synced) {
            seenShards = new HashMap<>(api.shards());
        }
        seenConfig = config;
        synced = true;
    }

    /** Does one thing; true if there was anything to do. */
    boolean step(Instant now, SplittableRandom chance, double lossy) {
        if (!synced) {
            return false;
        }
        if (!toPatch.isEmpty() && (plan.isEmpty() || chance.nextBoolean())) {
            patch(now, chance, lossy);
            return true;
        }
        if (plan.isEmpty()) {
            return makePlan(now);
        }
        if (!toConfirm.isEmpty()) {
            confirm(toConfirm.removeFirst());
        } else if (!toSwap.isEmpty()) {
            swap(toSwap.removeFirst(), chance, lossy);
        } else {
            handOn(now);
        }
        return true;
    }

    private boolean makePlan(Instant now) {
        ClusterView view = new ClusterView(seenConfig, Names.LOAD_BALANCER_CLASS, seenServices.values());
        Plan made = Planner.plan(view, Ledger.of(seenShards.values()), now);
        if (made.changesNothing()) {
            return false;
        }
        plan = Optional.of(made);
        made.ledger().forEach(change -> toConfirm.addAll(change.releases()));
        toSwap.addAll(made.ledger());
        confirmed.clear();
        stored.clear();
        return true;
    }

    private void confirm(Release release) {
        if (faults.contains(Fault.NO_CONFIRMATION)
                || release.confirmedBy(api.read(release.entry().holder()))) {
            confirmed.add(release);
        }
    }

    private void swap(ShardChange change, SplittableRandom chance, double lossy) {
        boolean needed = !change.puts().isEmpty() || change.releases().stream().anyMatch(confirmed::contains);
        if (!needed || chance.nextDouble() < lossy) {
            return;
        }
        Optional<Ledger.Shard> now = api.swap(change, confirmed::contains);
        if (chance.nextDouble() < lossy) {
            return;
        }
        now.ifPresentOrElse(
                shard -> {
                    stored.add(shard.id());
                    seenShards.put(shard.id(), shard);
                },
                () -> seenShards.put(change.id(), api.shards().getOrDefault(change.id(), change.base())));
    }

    private void handOn(Instant now) {
        Plan done = plan.orElseThrow();
        List<StatusChange> allowed = faults.contains(Fault.STATUS_FIRST) ? done.statuses() : done.statusesAfter(stored);
        for (StatusChange change : allowed) {
            boolean underWay =
                    toPatch.stream().anyMatch(sent -> sent.change().service().equals(change.service()));
            if (!underWay) {
                toPatch.add(new Sent(change, now));
            }
        }
        plan = Optional.empty();
    }

    private void patch(Instant now, SplittableRandom chance, double lossy) {
        Sent sent = toPatch.removeFirst();
        boolean late = sent.since().plus(PATIENCE).isBefore(now);
        if (!late && chance.nextDouble() >= lossy) {
            api.patch(sent.change());
        }
    }

    boolean idle() {
        return plan.isEmpty() && toPatch.isEmpty();
    }
}
