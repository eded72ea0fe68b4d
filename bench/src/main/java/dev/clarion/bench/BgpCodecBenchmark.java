package dev.clarion.bench;

import dev.clarion.bgp.wire.Announcement;
import dev.clarion.bgp.wire.AsPath;
import dev.clarion.bgp.wire.Communities;
import dev.clarion.bgp.wire.Decoded;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Messages;
import dev.clarion.bgp.wire.Origin;
import dev.clarion.bgp.wire.Update;
import dev.clarion.bgp.wire.UpdatePacker;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What UPDATEs with 500 host routes cost. With {@code -prof gc} JMH shows the octets allocated for each: what is more than the
 * message itself, 5 octets for each IPv4 prefix and 17 for each IPv6 one, is allocated per prefix.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BgpCodecBenchmark {
    private static final int PREFIXES = 500;

    /** The routes' family. */
    @Param({"IPV4", "IPV6"})
    public IpFamily family = IpFamily.IPV4;

    private final WireContext context = new WireContext(true, true, true, false);
    private final UpdatePacker packer = new UpdatePacker(context);
    private List<Prefix> prefixes = List.of();
    private Announcement announcement = announcement(IpFamily.IPV4);
    private Update update = announcement.update(prefixes);
    private byte[] octets = {};

    /** Makes the routes, and the message with all of them; extended, since 500 IPv6 routes need it. */
    @Setup
    public void setUp() {
        prefixes = IntStream.range(0, PREFIXES)
                .mapToObj(i -> Prefix.host(
                        switch (family) {
                            case IPV4 -> Ip.ofV4(0x0a00_0000 + i);
                            case IPV6 -> Ip.ofV6(0x2001_0db8_0000_0000L, i);
                        }))
                .toList();
        announcement = announcement(family);
        update = announcement.update(prefixes);
        octets = update.encode(context);
    }

    /** A message becomes octets. */
    @Benchmark
    public byte[] encode() {
        return update.encode(context);
    }

    /** Routes that wait become octets, as the sender does it: taken off a queue, packed, encoded. */
    @Benchmark
    public List<byte[]> pack() {
        ArrayDeque<Prefix> waiting = new ArrayDeque<>(prefixes);
        List<byte[]> messages = new ArrayList<>();
        while (!waiting.isEmpty()) {
            messages.add(announcement.update(packer.take(announcement, waiting)).encode(context));
        }
        return messages;
    }

    /** Octets become a message. */
    @Benchmark
    public Decoded parse() {
        return Messages.decode(octets, context);
    }

    private static Announcement announcement(IpFamily family) {
        return new Announcement(
                Family.unicast(family),
                switch (family) {
                    case IPV4 -> Ip.parse("172.30.0.11");
                    case IPV6 -> Ip.parse("fd30::11");
                },
                Optional.empty(),
                List.of(Origin.IGP, AsPath.of(64_513), new Communities(List.of(0xfde8_0001L))));
    }
}
