package dev.clarion.allocation;

import dev.clarion.config.IpAddressPool;
import dev.clarion.config.LabelSelector;
import dev.clarion.config.OnRemoval;
import dev.clarion.config.ServiceAllocation;
import dev.clarion.net.IpRange;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pool as a test describes it. */
final class PoolSpec {
    private final String name;
    private final List<IpRange> ranges;
    private List<IpRange> exclude = List.of();
    private boolean autoAssign = true;
    private boolean avoidBuggyIps;
    private Optional<ServiceAllocation> allocation = Optional.empty();
    private OnRemoval onRemoval = OnRemoval.KEEP;
    private Duration coolDown = IpAddressPool.DEFAULT_COOL_DOWN;
    private Duration retention = Duration.ZERO;

    private PoolSpec(String name, List<IpRange> ranges) {
        this.name = name;
        this.ranges = ranges;
    }

    static PoolSpec named(String name, String... ranges) {
        return new PoolSpec(name, parse(ranges));
    }

    private static List<IpRange> parse(String... ranges) {
        return Arrays.stream(ranges).map(IpRange::parse).toList();
    }

    PoolSpec exclude(String... ranges) {
        exclude = parse(ranges);
        return this;
    }

    PoolSpec autoAssign(boolean auto) {
        autoAssign = auto;
        return this;
    }

    PoolSpec avoidBuggyIps() {
        avoidBuggyIps = true;
        return this;
    }

    PoolSpec forNamespaces(int priority, String... namespaces) {
        allocation = Optional.of(new ServiceAllocation(priority, List.of(namespaces), List.of(), List.of()));
        return this;
    }

    PoolSpec forNamespacesWith(String label, String value) {
        allocation = Optional.of(new ServiceAllocation(
                0, List.of(), List.of(new LabelSelector(Map.of(label, value), List.of())), List.of()));
        return this;
    }

    PoolSpec forServicesWith(String label, String value) {
        allocation = Optional.of(new ServiceAllocation(
                0, List.of(), List.of(), List.of(new LabelSelector(Map.of(label, value), List.of()))));
        return this;
    }

    PoolSpec moves() {
        onRemoval = OnRemoval.MOVE;
        return this;
    }

    PoolSpec coolDown(Duration time) {
        coolDown = time;
        return this;
    }

    PoolSpec retention(Duration time) {
        retention = time;
        return this;
    }

    IpAddressPool build() {
        return new IpAddressPool(
                name, ranges, exclude, autoAssign, avoidBuggyIps, allocation, onRemoval, coolDown, retention, Map.of());
    }
}
