package dev.clarion.bench;

import dev.clarion.allocation.ClusterView;
import dev.clarion.allocation.Ledger;
import dev.clarion.allocation.Plan;
import dev.clarion.allocation.Planner;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServicePort;
import dev.clarion.allocation.ServiceView;
import dev.clarion.allocation.StatusChange;
import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a whole plan costs, by the number of Services and of pools. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlannerBenchmark {
    private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");
    private static final String CLASS = "clarion.dev/loadbalancer";

    /** How many Services there are. */
    @Param({"10000", "100000"})
    public int services;

    /** Among how many pools the addresses are divided; together they have some more than there are Services. */
    @Param({"1", "1000"})
    public int pools;

    private ClusterView none = new ClusterView(Config.EMPTY, CLASS, List.of());
    private ClusterView present = none;
    private ClusterView oneMore = none;
    private Ledger ledger = Ledger.EMPTY;
    private final Planner planner = new Planner();

    /** Makes the pools and the Services, and carries a first plan out. */
    @Setup
    public void setUp() {
        Config config = config();
        List<ServiceView> all = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            all.add(service("web-" + i));
        }
        none = new ClusterView(config, CLASS, all);
        Plan plan = Planner.plan(none, Ledger.EMPTY, NOW);
        List<Ledger.Shard> shards = new ArrayList<>();
        plan.ledger()
                .forEach(change ->
                        shards.add(new Ledger.Shard(change.id(), Optional.of("1"), change.content(release -> true))));
        ledger = Ledger.of(shards);
        Map<ServiceKey, StatusChange> changes = new HashMap<>();
        plan.statuses().forEach(change -> changes.put(change.service(), change));
        all.replaceAll(service -> {
            StatusChange change = changes.get(service.key());
            return change == null ? service : service.after(change, "2");
        });
        present = new ClusterView(config, CLASS, all);
        if (!Planner.plan(present, ledger, NOW).changesNothing()) {
            throw new IllegalStateException("the second plan changes something");
        }
        all.add(service("web-one-more"));
        oneMore = new ClusterView(config, CLASS, all);
    }

    private Config config() {
        int each = (services + services / 8) / pools + 1;
        List<IpAddressPool> list = new ArrayList<>();
        for (int i = 0; i < pools; i++) {
            Ip first = Ip.ofV4((10 << 24) + i * each);
            list.add(new IpAddressPool(
                    "pool-" + (1000 + i), List.of(new IpRange(first, Ip.ofV4((int) first.low() + each - 1))), true));
        }
        return new Config(list, List.of(), List.of(), List.of());
    }

    private static ServiceView service(String name) {
        return ServiceView.builder(new ServiceKey("shop", name), "uid-" + name, "1")
                .created(NOW)
                .families(List.of(IpFamily.IPV4))
                .ports(List.of(new ServicePort("TCP", 80)))
                .build();
    }

    /** Nobody has an address yet: all get one. */
    @Benchmark
    public Plan all() {
        return Planner.plan(none, Ledger.EMPTY, NOW);
    }

    /** All have their address, and nothing changes. */
    @Benchmark
    public Plan nothing() {
        return Planner.plan(present, ledger, NOW);
    }

    /** All have their address, and one more Service came. */
    @Benchmark
    public Plan oneMore() {
        return Planner.plan(oneMore, ledger, NOW);
    }

    /** The same by a planner that knows the others. */
    @Benchmark
    public Plan nextOneMore() {
        return planner.next(oneMore, ledger, NOW);
    }
}
