package dev.clarion.config;

import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Addresses that may be given to Services.
 *
 * @param name unique among pools
 * @param ranges the addresses in the order written, of one or both families, disjoint also from those of other pools
 * @param exclude addresses within {@code ranges} that are given to nobody
 * @param autoAssign whether Services that ask for no particular pool may get an address from this one
 * @param avoidBuggyIps whether IPv4 addresses that end in .0 or .255 are given to nobody
 * @param serviceAllocation which Services it is for, and how early it is tried; empty: all, after those that say
 * @param onRemoval what becomes of an address in use that leaves the pool
 * @param coolDown how long a freed address rests before another Service gets it; zero to {@link #MAX_COOL_DOWN}
 * @param retention how long after the deletion of its Service an address is kept for one of the same namespace and
 *     name; zero to {@link #MAX_RETENTION}
 * @param labels by which advertisements may select it
 */
public record IpAddressPool(
        String name,
        List<IpRange> ranges,
        List<IpRange> exclude,
        boolean autoAssign,
        boolean avoidBuggyIps,
        Optional<ServiceAllocation> serviceAllocation,
        OnRemoval onRemoval,
        Duration coolDown,
        Duration retention,
        Map<String, String> labels)
        implements ConfigEntry {
    /** The cool-down of a pool that names none. */
    public static final Duration DEFAULT_COOL_DOWN = Duration.ofSeconds(60);
    /** The longest cool-down. */
    public static final Duration MAX_COOL_DOWN = Duration.ofDays(30);
    /** The longest retention. */
    public static final Duration MAX_RETENTION = Duration.ofDays(365);

    public IpAddressPool {
        ranges = List.copyOf(ranges);
        exclude = List.copyOf(exclude);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** One that says no more than this. */
    public IpAddressPool(String name, List<IpRange> ranges, boolean autoAssign) {
        this(
                name,
                ranges,
                List.of(),
                autoAssign,
                false,
                Optional.empty(),
                OnRemoval.KEEP,
                DEFAULT_COOL_DOWN,
                Duration.ZERO,
                Map.of());
    }

    /**
     * What can be given to Services: the ranges without {@code exclude} and without what {@code avoidBuggyIps} avoids.
     * Built anew by each call: callers in a loop keep it. With {@code avoidBuggyIps} it has a range for every 256
     * addresses; whoever cannot afford that takes {@link #inside} and asks {@link #avoids}.
     */
    public AddressSet addresses() {
        AddressSet inside = inside();
        if (!avoidBuggyIps) {
            return inside;
        }
        List<IpRange> left = new ArrayList<>();
        for (IpRange range : inside.ranges()) {
            if (range.family() == IpFamily.IPV4) {
                BuggyAddresses.without(range, left);
            } else {
                left.add(range);
            }
        }
        return AddressSet.of(left);
    }

    /** The ranges without {@code exclude}, built anew by each call. */
    public AddressSet inside() {
        AddressSet all = AddressSet.of(ranges);
        return exclude.isEmpty() ? all : all.subtract(AddressSet.of(exclude));
    }

    /** Whether the address is one that {@code avoidBuggyIps} keeps from Services. */
    public boolean avoids(Ip ip) {
        return avoidBuggyIps && BuggyAddresses.contain(ip);
    }

    /** How many addresses of this family {@link #addresses} has, without building it. */
    public BigInteger size(IpFamily family) {
        BigInteger size = BigInteger.ZERO;
        for (IpRange range : inside().only(family).ranges()) {
            size = size.add(range.size());
            if (avoidBuggyIps && family == IpFamily.IPV4) {
                size = size.subtract(BigInteger.valueOf(BuggyAddresses.count(range)));
            }
        }
        return size;
    }

    /** Whether the address lies in the ranges, even if it is one that the pool gives to nobody. */
    public boolean covers(Ip ip) {
        for (IpRange range : ranges) {
            if (range.contains(ip)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the pool may give the address to a Service: whether {@link #addresses} has it. */
    public boolean contains(Ip ip) {
        return covers(ip) && !avoids(ip) && exclude.stream().noneMatch(range -> range.contains(ip));
    }

    @Override
    public Section section() {
        return Section.IP_ADDRESS_POOLS;
    }
}
