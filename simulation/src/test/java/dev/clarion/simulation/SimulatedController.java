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
import dev.clarion.allocation.SharingTerms;
import dev.clarion.allocation.StatusChange;
import dev.clarion.config.Config;
import dev.clarion.config.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A controller as its shell makes it, one request at a time, so that anything may happen in between. It sees Services,
 * ledger and configuration only as of the last time that it looked, and what it sent itself as if it were stored.
 */
final class SimulatedController {
    /** From planning until a write is given up, the time of the request included. */
    static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The version of a Service whose write is on its way: equal to none, so that nothing is decided on it. */
    private static final String UNKNOWN = "";

    private final SimulatedApi api;
    private final Set<Fault> faults;
    private final Tally tally;
    private Map<ServiceKey, ServiceView> seenServices = new HashMap<>();
    private Map<ShardId, Ledger.Shard> seenShards = new HashMap<>();
    private final Planner planner = new Planner();
    private Config seenConfig = Config.EMPTY;
    private boolean synced;

    private Optional<Plan> plan = Optional.empty();
    private Instant plannedAt = Instant.EPOCH;
    private Optional<Instant> wakeAt = Optional.empty();
    private final Deque<Release> toConfirm = new ArrayDeque<>();
    private final Deque<ShardChange> toSwap = new ArrayDeque<>();
    private final Set<Release> confirmed = new HashSet<>();
    private final Set<ShardId> stored = new HashSet<>();
    private final Deque<Sent> toPatch = new ArrayDeque<>();
    /** What was sent and what became of it is not known; believed until the watch shows the Service. */
    private final Map<ServiceKey, StatusChange> unanswered = new HashMap<>();

    /** What it did last, for the history of a run. */
    private String did = "";

    private record Sent(StatusChange change, Instant since) {}

    SimulatedController(SimulatedApi api, Set<Fault> faults, Tally tally) {
        this.api = api;
        this.faults = faults;
        this.tally = tally;
    }

    /** It is killed; the request that is under way may still arrive. */
    void crash(Instant now, SplittableRandom chance) {
        tally.add(Mishap.CRASH);
        if (!toPatch.isEmpty() && chance.nextBoolean()) {
            patch(now, chance, 0);
        } else if (plan.isPresent() && toConfirm.isEmpty() && !toSwap.isEmpty() && chance.nextBoolean()) {
            swap(toSwap.removeFirst(), chance, 0);
        }
        plan = Optional.empty();
        toConfirm.clear();
        toSwap.clear();
        confirmed.clear();
        stored.clear();
        toPatch.clear();
        unanswered.clear();
        synced = false;
    }

    /** The watches bring what is stored now, one kind at a time. */
    void watch(Config config, boolean services, boolean ledger) {
        if (synced && !(services && ledger)) {
            tally.add(Mishap.STALE_WATCH);
        }
        if (services || !synced) {
            seenServices = new HashMap<>(api.services());
            unanswered.clear();
        }
        if (ledger || !synced) {
            seenShards = new HashMap<>(api.shards());
        }
        seenConfig = config;
        synced = true;
    }

    String did() {
        return did;
    }

    /** Does one thing; true if there was anything to do. */
    boolean step(Instant now, SplittableRandom chance, double lossy) {
        did = "nothing";
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
            handOn();
        }
        return true;
    }

    /** What it would plan on what is stored right now. */
    static Plan planOn(SimulatedApi api, Config config, Instant now) {
        return Planner.plan(new ClusterView(config, Names.LOAD_BALANCER_CLASS, api.inOrder()), api.ledger(), now);
    }

    private List<ServiceView> views() {
        List<ServiceView> views = new ArrayList<>();
        seenServices.values().forEach(seen -> {
            @Nullable StatusChange change = unanswered.get(seen.key());
            for (Sent sent : toPatch) {
                change = sent.change().service().equals(seen.key()) ? sent.change() : change;
            }
            ServiceView view = change != null && change.uid().equals(seen.uid()) ? seen.after(change, UNKNOWN) : seen;
            views.add(faults.contains(Fault.SHARING_WITHOUT_PORTS) ? withoutPorts(view) : view);
        });
        return views;
    }

    private static ServiceView withoutPorts(ServiceView view) {
        return view.toBuilder()
                .ports(List.of())
                .sharing(view.sharing()
                        .map(terms -> new SharingTerms(terms.key(), List.of(), terms.backend(), terms.namespaces())))
                .build();
    }

    private boolean makePlan(Instant now) {
        ClusterView view = new ClusterView(seenConfig, Names.LOAD_BALANCER_CLASS, views());
        Ledger ledger = Ledger.of(seenShards.values());
        Plan made = planner.next(view, ledger, now);
        if (!made.equals(Planner.plan(view, ledger, now))) {
            throw new AssertionError("a planner that remembers made another plan than one that does not: " + made);
        }
        wakeAt = made.wakeAt();
        if (made.ledger().isEmpty() && made.statuses().stream().noneMatch(this::mayWrite)) {
            return false;
        }
        did = "planned";
        plannedAt = now;
        plan = Optional.of(made);
        made.ledger().forEach(change -> toConfirm.addAll(change.releases()));
        toSwap.addAll(made.ledger());
        confirmed.clear();
        stored.clear();
        return true;
    }

    /** When it would look again by itself. */
    Optional<Instant> wakeAt() {
        return wakeAt;
    }

    private void confirm(Release release) {
        did = "asked for " + release.holder().service() + ", which gives " + release.ip() + " back: "
                + release.reason();
        if (faults.contains(Fault.NO_CONFIRMATION)
                || release.confirmedBy(api.read(release.holder().service()))) {
            confirmed.add(release);
        }
    }

    private void swap(ShardChange change, SplittableRandom chance, double lossy) {
        if (!change.needed(confirmed::contains)) {
            return;
        }
        if (chance.nextDouble() < lossy) {
            tally.add(Mishap.WRITE_LOST);
            return;
        }
        Optional<Ledger.Shard> now = api.swap(change, confirmed::contains);
        did = (now.isPresent() ? "stored " : "could not store ")
                + change.puts().stream()
                        .map(put -> put.ip() + " of " + put.holders().size())
                        .toList()
                + " released "
                + change.releases().stream()
                        .filter(confirmed::contains)
                        .map(Release::ip)
                        .toList();
        if (chance.nextDouble() < lossy) {
            tally.add(Mishap.REPLY_LOST);
            return;
        }
        if (now.isPresent()) {
            stored.add(change.id());
            seenShards.put(change.id(), now.get());
            return;
        }
        tally.add(Mishap.CONFLICT);
        Ledger.@Nullable Shard there = api.shards().get(change.id());
        if (there == null) {
            seenShards.remove(change.id());
        } else {
            seenShards.put(change.id(), there);
        }
    }

    private boolean mayWrite(StatusChange change) {
        return !change.resourceVersion().equals(UNKNOWN)
                && toPatch.stream().noneMatch(sent -> sent.change().service().equals(change.service()));
    }

    private void handOn() {
        Plan done = plan.orElseThrow();
        List<StatusChange> allowed = faults.contains(Fault.STATUS_FIRST) ? done.statuses() : done.statusesAfter(stored);
        for (StatusChange change : allowed) {
            if (mayWrite(change)) {
                toPatch.add(new Sent(change, plannedAt));
            }
        }
        plan = Optional.empty();
    }

    private void patch(Instant now, SplittableRandom chance, double lossy) {
        Sent sent = toPatch.removeFirst();
        if (sent.since().plus(PATIENCE).isBefore(now)) {
            return;
        }
        boolean lost = chance.nextDouble() < lossy;
        Optional<ServiceView> after = lost ? Optional.empty() : api.patch(sent.change());
        did = "patched " + sent.change().service() + " to " + sent.change().ingress() + ": " + after.isPresent();
        boolean replyLost = !lost && chance.nextDouble() < lossy;
        if (lost || replyLost) {
            tally.add(lost ? Mishap.WRITE_LOST : Mishap.REPLY_LOST);
            unanswered.put(sent.change().service(), sent.change());
        } else if (after.isPresent()) {
            seenServices.put(after.get().key(), after.get());
        } else {
            tally.add(Mishap.CONFLICT);
            unanswered.put(sent.change().service(), sent.change());
        }
    }

    boolean idle() {
        return plan.isEmpty() && toPatch.isEmpty();
    }
}
