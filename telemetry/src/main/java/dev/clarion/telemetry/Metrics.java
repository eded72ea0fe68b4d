package dev.clarion.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.util.function.DoubleSupplier;

/**
 * The metrics of one program. Names are given without the prefix {@code clarion_} and (counters) without the suffix
 * {@code _total}; units are spelled out, as in {@code convergence_seconds}.
 */
public final class Metrics {
    private static final String PREFIX = "clarion_";

    private final PrometheusRegistry registry = new PrometheusRegistry();

    /**
     * The metrics that each program has: what it is, and what its virtual machine uses.
     *
     * @param program for instance {@code controller}
     */
    public Metrics(String program, String version) {
        Gauge.builder()
                .name(PREFIX + "build_info")
                .help("What runs here; the value is always 1.")
                .labelNames("program", "version")
                .register(registry)
                .labelValues(program, version)
                .set(1);
        virtualMachine();
    }

    /** Something that only grows. */
    public Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(PREFIX + name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    /** Something that is set. */
    public Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder()
                .name(PREFIX + name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    /** Something that is looked up whenever metrics are read; must not block. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** A count kept elsewhere, looked up whenever metrics are read; must not block. */
    public void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** How long (or how big) things are, in buckets with these upper bounds. */
    public Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder()
                .name(PREFIX + name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry);
    }

    /** For a library that brings its own metrics, and for {@link HttpEndpoints}. */
    public PrometheusRegistry registry() {
        return registry;
    }

    private void virtualMachine() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        gauge(
                "jvm_heap_used_bytes",
                "Bytes of heap in use.",
                () -> memory.getHeapMemoryUsage().getUsed());
        gauge(
                "jvm_heap_committed_bytes",
                "Bytes of heap taken from the system.",
                () -> memory.getHeapMemoryUsage().getCommitted());
        gauge(
                "jvm_nonheap_used_bytes",
                "Bytes in use for classes and compiled code.",
                () -> memory.getNonHeapMemoryUsage().getUsed());
        gauge("jvm_threads", "Platform threads.", threads::getThreadCount);
        gauge("start_time_seconds", "When the program started, in seconds since 1970.", () -> started / 1e3);
        counter("jvm_gc_seconds", "Time spent collecting garbage.", Metrics::collecting);
    }

    private static double collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / 1e3;
    }
}
