package dev.clarion.controller;

import dev.clarion.allocation.AllocationReason;
import dev.clarion.allocation.Decision;
import dev.clarion.allocation.PoolUsage;
import dev.clarion.config.Problem;
import dev.clarion.config.Severity;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.PatchOutcome;
import dev.clarion.kube.StoreOutcome;
import dev.clarion.telemetry.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the controller counts. What can be looked up is looked up when metrics are read, and costs nothing before. */
final class ControllerMetrics {
    private static final double[] TURN_BOUNDS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};

    private final Metrics metrics;
    private final Counter ledgerWrites;
    private final Counter statusWrites;
    private final Histogram turns;

    ControllerMetrics(Metrics metrics) {
        this.metrics = metrics;
        this.ledgerWrites = metrics.counter("ledger_writes", "Swaps of a ledger shard, by outcome.", "outcome");
        this.statusWrites = metrics.counter("status_writes", "Patches of a Service's status, by outcome.", "outcome");
        this.turns = metrics.histogram("turn_seconds", "How long a turn of the controller's loop took.", TURN_BOUNDS);
    }

    void lookUp(
            Supplier<Snapshot> last, Supplier<List<Problem>> problems, BooleanSupplier leads, EventRecorder events) {
        metrics.gauge("leader", "1 while this replica leads, else 0.", () -> leads.getAsBoolean() ? 1 : 0);
        metrics.gauge("config_generation", "Generation of the configuration in force.", () ->
                (double) last.get().config().generation());
        metrics.counter("events_dropped", "Events that were not written since there were too many.", events::dropped);
        metrics.counter("events_written", "Events that were written.", events::written);
        GaugeWithCallback.builder()
                .name("clarion_config_problems")
                .help("What is wrong with the configuration, by severity.")
                .labelNames("severity")
                .callback(callback -> {
                    for (Severity severity : Severity.values()) {
                        long count = problems.get().stream()
                                .filter(problem -> problem.severity() == severity)
                                .count();
                        callback.call((double) count, severity.name().toLowerCase(Locale.ROOT));
                    }
                })
                .register(metrics.registry());
        problems(problems);
        usage(last);
        GaugeWithCallback.builder()
                .name("clarion_services")
                .help("Services, by the reason why they have the addresses they have.")
                .labelNames("reason")
                .callback(callback ->
                        reasons(last.get().decisions()).forEach((reason, count) -> callback.call(count, reason.word())))
                .register(metrics.registry());
    }

    private void problems(Supplier<List<Problem>> problems) {
        GaugeWithCallback.builder()
                .name("clarion_config_problems_by_reason")
                .help("What is wrong with the configuration, by where it comes from and what kind of trouble it is.")
                .labelNames("source", "reason")
                .callback(callback -> {
                    Map<List<String>, Integer> counts = new HashMap<>();
                    problems.get()
                            .forEach(problem -> counts.merge(
                                    List.of(
                                            problem.origin().source().text(),
                                            problem.reason().name().toLowerCase(Locale.ROOT)),
                                    1,
                                    Integer::sum));
                    counts.forEach((labels, count) -> callback.call(count, labels.getFirst(), labels.getLast()));
                })
                .register(metrics.registry());
    }

    private void usage(Supplier<Snapshot> last) {
        GaugeWithCallback.builder()
                .name("clarion_pool_addresses")
                .help("Addresses of a pool, by family.")
                .labelNames("pool", "family")
                .callback(callback -> usages(last.get())
                        .forEach(usage -> callback.call(
                                usage.total().doubleValue(),
                                usage.pool(),
                                usage.family().name())))
                .register(metrics.registry());
        GaugeWithCallback.builder()
                .name("clarion_pool_addresses_in_use")
                .help("Addresses of a pool that are held, by family.")
                .labelNames("pool", "family")
                .callback(callback -> usages(last.get())
                        .forEach(usage -> callback.call(
                                (double) usage.assigned(),
                                usage.pool(),
                                usage.family().name())))
                .register(metrics.registry());
    }

    private static List<PoolUsage> usages(Snapshot last) {
        return PoolUsage.of(last.config().config(), last.ledger(), last.at());
    }

    static Map<AllocationReason, Integer> reasons(List<Decision> decisions) {
        Map<AllocationReason, Integer> counts = new EnumMap<>(AllocationReason.class);
        decisions.forEach(decision -> counts.merge(decision.reason(), 1, Integer::sum));
        return counts;
    }

    void ledgerWrite(StoreOutcome outcome) {
        ledgerWrites.labelValues(label(outcome)).inc();
    }

    void statusWrite(PatchOutcome outcome) {
        statusWrites.labelValues(label(outcome)).inc();
    }

    void turn(double seconds) {
        turns.observe(seconds);
    }

    private static String label(Object outcome) {
        return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
