package dev.clarion.bench;

import dev.clarion.allocation.FreeAddresses;
import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to allocate one address and to give one back, by the size of the pool and by how full it is. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FreeAddressesBenchmark {
    private static final int IN_USE = 1024;
    private static final int NET = 10 << 24;
    private static final int SIZE = 1 << 24;

    /** The pool; what is taken lies scattered over it. */
    @Param({"/8, 0 %", "/8, 50 %", "/8, 99.99 %", "/64, 1000000 taken"})
    public String pool = "";

    private FreeAddresses free = new FreeAddresses(AddressSet.EMPTY, false);
    private final Ip[] inUse = new Ip[IN_USE];
    /** What was given back; the planner's memory of such addresses is bounded in the same way. */
    private final Ip[] atRest = new Ip[IN_USE];

    private int at;
    private Instant now = Instant.EPOCH;

    /** Fills the pool, the same way in every run. */
    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        if (pool.startsWith("/64")) {
            free = new FreeAddresses(AddressSet.of(IpRange.parse("fd00::/64")), false);
            for (int i = 0; i < 1_000_000; i++) {
                free.take(Ip.ofV6(0xfd00L << 48, random.nextLong()));
            }
        } else {
            free = new FreeAddresses(AddressSet.of(IpRange.parse("10.0.0.0/8")), false);
            double share = Double.parseDouble(pool.substring(4, pool.length() - 2)) / 100;
            for (int i = 0; share > 0 && i < SIZE; i++) {
                if (random.nextDouble() < share) {
                    free.take(Ip.ofV4(NET + i));
                }
            }
        }
        for (int i = 0; i < IN_USE; i++) {
            inUse[i] = allocate();
            atRest[i] = allocate();
        }
    }

    private Ip allocate() {
        Ip ip = free.next(now).orElseThrow();
        free.take(ip);
        return ip;
    }

    /** One address is allocated, one goes to rest, and the one that rested longest is forgotten. */
    @Benchmark
    public Ip allocateAndFree() {
        now = now.plusMillis(1);
        at = at + 1 & IN_USE - 1;
        free.forget(atRest[at]);
        atRest[at] = inUse[at];
        free.rest(atRest[at], now, now);
        inUse[at] = allocate();
        return inUse[at];
    }

    /** One address is allocated, and one is forgotten: the lowest free address is looked for each time. */
    @Benchmark
    public Ip allocateAndForget() {
        at = at * 31 + 7 & IN_USE - 1;
        free.forget(inUse[at]);
        inUse[at] = allocate();
        return inUse[at];
    }
}
