package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.config.Names;
import dev.clarion.config.Quota;
import dev.clarion.config.Reservation;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A cluster in which every write succeeds, as values: Services, ledger, pools and a clock. */
final class Cluster {
    static final Instant START = Instant.parse("2026-07-01T10:00:00Z");
    /** More turns than any sequence of plans may need. */
    private static final int TURNS = 8;

    private final Map<String, IpAddressPool> pools = new TreeMap<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private final List<Quota> quotas = new ArrayList<>();
    private final Map<String, Map<String, String>> namespaces = new TreeMap<>();
    private boolean metalLb;
    private final Map<ServiceKey, ServiceView> services = new TreeMap<>();
    private Ledger ledger = Ledger.EMPTY;
    private final Planner planner = new Planner();
    private Instant now = START;
    private int version = 1;
    private Plan last = new Plan(List.of(), List.of(), List.of(), List.of(), Optional.empty());

    Cluster pool(String name, String... ranges) {
        return pool(name, true, ranges);
    }

    Cluster poolOnRequest(String name, String... ranges) {
        return pool(name, false, ranges);
    }

    private Cluster pool(String name, boolean auto, String... ranges) {
        return pool(PoolSpec.named(name, ranges).autoAssign(auto));
    }

    Cluster pool(PoolSpec spec) {
        IpAddressPool pool = spec.build();
        pools.put(pool.name(), pool);
        return this;
    }

    Cluster reserve(String service, String... addresses) {
        ServiceKey key = key(service);
        reservations.add(new Reservation(
                "r" + reservations.size(),
                Arrays.stream(addresses).map(Ip::parse).toList(),
                key.namespace(),
                key.name()));
        return this;
    }

    Cluster quota(int addresses, String namespace, String... ofPools) {
        quotas.removeIf(quota -> quota.name().equals("q-" + namespace));
        quotas.add(new Quota("q-" + namespace, List.of(namespace), List.of(), List.of(ofPools), addresses));
        return this;
    }

    Cluster namespace(String name, String label, String value) {
        namespaces.put(name, Map.of(label, value));
        return this;
    }

    Cluster metalLb(boolean present) {
        metalLb = present;
        return this;
    }

    Cluster withoutPool(String name) {
        assertThat(pools.remove(name)).isNotNull();
        return this;
    }

    Cluster add(Svc... described) {
        for (Svc service : described) {
            services.put(service.view().key(), service.stored(nextVersion()));
        }
        return this;
    }

    Cluster change(String name, UnaryOperator<Svc> change) {
        return add(change.apply(Svc.of(service(name))));
    }

    Cluster delete(String name) {
        assertThat(services.remove(key(name))).isNotNull();
        return this;
    }

    Cluster later(Duration time) {
        now = now.plus(time);
        return this;
    }

    Cluster loseLedger() {
        ledger = Ledger.EMPTY;
        return this;
    }

    Cluster ledger(Ledger other) {
        ledger = other;
        return this;
    }

    Ledger ledger() {
        return ledger;
    }

    Instant now() {
        return now;
    }

    ClusterView view() {
        return new ClusterView(
                new Config(
                        List.copyOf(pools.values()),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        reservations,
                        quotas),
                Names.LOAD_BALANCER_CLASS,
                List.copyOf(services.values()),
                namespaces,
                metalLb);
    }

    /** The plan, made from nothing and made by one who remembers the last: they must not differ. */
    Plan plan() {
        ClusterView view = view();
        Plan plan = Planner.plan(view, ledger, now);
        assertThat(planner.next(view, ledger, now))
                .as("what a planner makes that remembers the plan before")
                .isEqualTo(plan);
        return plan;
    }

    /** Plans and carries out until there is nothing to do; returns the first plan. */
    Plan settle() {
        Plan first = plan();
        Plan plan = first;
        for (int turn = 0; !plan.changesNothing(); turn++) {
            assertThat(turn)
                    .as("turns until nothing changes; the plan is %s", plan)
                    .isLessThan(TURNS);
            carryOut(plan);
            plan = plan();
        }
        last = plan;
        return first;
    }

    void carryOut(Plan plan) {
        storeLedger(plan);
        for (StatusChange change : plan.statuses()) {
            ServiceView stored = service(change.service().toString());
            assertThat(stored.resourceVersion()).isEqualTo(change.resourceVersion());
            services.put(change.service(), stored.after(change, nextVersion()));
        }
    }

    /** Carries out the first half of a plan only. */
    void storeLedger(Plan plan) {
        for (ShardChange change : plan.ledger()) {
            assertThat(change.base()).isEqualTo(ledger.shard(change.id()));
            store(new Ledger.Shard(
                    change.id(),
                    Optional.of(nextVersion()),
                    change.content(release -> release.confirmedBy(fresh(release)))));
        }
    }

    private Optional<Release.Fresh> fresh(Release release) {
        return Optional.ofNullable(services.get(release.holder().service()))
                .map(service -> new Release.Fresh(service.uid(), service.resourceVersion()));
    }

    private void store(Ledger.Shard shard) {
        List<Ledger.Shard> shards = new ArrayList<>(ledger.shards());
        shards.removeIf(old -> old.id().equals(shard.id()));
        shards.add(shard);
        ledger = Ledger.of(shards);
    }

    private String nextVersion() {
        version++;
        return Integer.toString(version);
    }

    static ServiceKey key(String name) {
        return ServiceKey.parse(name.contains("/") ? name : "shop/" + name);
    }

    ServiceView service(String name) {
        return Optional.ofNullable(services.get(key(name))).orElseThrow();
    }

    /** What the Service's status shows. */
    List<String> addresses(String name) {
        return service(name).ingress().stream().map(Ip::toString).toList();
    }

    /** What the ledger has under the Service's name. */
    Set<String> held(String name) {
        return ledger.entries()
                .filter(entry -> entry instanceof LedgerEntry.Held held
                        && held.holders().stream()
                                .anyMatch(holder -> holder.service().equals(key(name))))
                .map(entry -> entry.ip().toString())
                .collect(Collectors.toSet());
    }

    /** What the ledger has of the address. */
    LedgerEntry entry(String ip) {
        return ledger.entry(Ip.parse(ip)).orElseThrow();
    }

    List<String> holders(String ip) {
        return entry(ip) instanceof LedgerEntry.Held held
                ? held.holders().stream()
                        .map(holder -> holder.service().toString())
                        .toList()
                : List.of();
    }

    /** What the last plan decided about the Service. */
    Decision decision(String name) {
        return decision(last, name);
    }

    static Decision decision(Plan plan, String name) {
        return plan.decisions().stream()
                .filter(decision -> decision.service().equals(key(name)))
                .findFirst()
                .orElseThrow();
    }

    AllocationReason reason(String name) {
        return decision(name).reason();
    }

    Condition condition(String name) {
        return service(name).condition().orElseThrow();
    }
}
