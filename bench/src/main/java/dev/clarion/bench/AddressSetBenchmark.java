package dev.clarion.bench;

import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** What a question to an address set costs, by the number of its ranges: it has to grow with the logarithm only. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AddressSetBenchmark {
    /** How many ranges the set has; each holds 100 addresses of 10.0.0.0/8, with gaps between them. */
    @Param({"1", "100", "10000"})
    public int ranges;

    private AddressSet set = AddressSet.EMPTY;
    private Ip[] asked = {};
    private BigInteger[] positions = {};
    private int next;

    /** Makes the set and the questions, the same ones in every run. */
    @Setup
    public void setUp() {
        List<IpRange> made = new ArrayList<>();
        int base = 10 << 24;
        for (int i = 0; i < ranges; i++) {
            made.add(new IpRange(Ip.ofV4(base + i * 200), Ip.ofV4(base + i * 200 + 99)));
        }
        set = AddressSet.of(made);
        SplittableRandom random = new SplittableRandom(1);
        asked = new Ip[1024];
        positions = new BigInteger[1024];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = Ip.ofV4(base + random.nextInt(ranges * 200));
            positions[i] = BigInteger.valueOf(random.nextInt(ranges * 100));
        }
    }

    /** Is this address in the set? */
    @Benchmark
    public boolean contains() {
        return set.contains(asked[next++ & 1023]);
    }

    /** Which is the next address of the set after this one? */
    @Benchmark
    public Optional<Ip> next() {
        return set.next(asked[next++ & 1023]);
    }

    /** Which is the n-th address of the set? */
    @Benchmark
    public Ip nth() {
        return set.nth(positions[next++ & 1023]);
    }
}
