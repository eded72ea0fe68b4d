package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One run of all probes to all targets. */
final class Measurement {
    /** Enough to print the line that says so, and to reach the first slot in time. */
    private static final long LEAD_NANOS = 100_000_000;

    private final Options options;
    private final BooleanSupplier stopped;

    Measurement(Options options, BooleanSupplier stopped) {
        this.options = options;
        this.stopped = stopped;
    }

    /** Warms up, says when the run starts, and runs. */
    RunResult run(Consumer<Clock> started) throws IOException {
        if (!options.warmUp().isZero()) {
            int slots = (int) Math.max(1, options.warmUp().dividedBy(options.interval()));
            run(slots, Duration.ZERO, _ -> {});
        }
        return run(options.count(), options.drain(), started);
    }

    private RunResult run(int slots, Duration drain, Consumer<Clock> started) throws IOException {
        try (Selector selector = Selector.open()) {
            Clock clock = Clock.startingIn(LEAD_NANOS);
            Schedule schedule =
                    new Schedule(clock.baseNanos(), options.interval().toNanos(), slots);
            List<Lane> lanes = lanes(selector, schedule);
            started.accept(clock);
            try {
                Engine engine = new Engine(selector, lanes, stopped);
                engine.send(schedule);
                engine.drain(drain.toNanos());
            } finally {
                lanes.forEach(Lane::close);
                selector.selectNow();
            }
            return new RunResult(
                    clock,
                    System.nanoTime(),
                    options,
                    IntStream.range(0, lanes.size())
                            .mapToObj(i -> LaneResult.of(
                                    options.targets().get(i % options.targets().size()), lanes.get(i), schedule))
                            .toList());
        }
    }

    private List<Lane> lanes(Selector selector, Schedule schedule) {
        List<Lane> lanes = new ArrayList<>();
        Responders responders = new Responders();
        for (Probe probe : Probe.values()) {
            if (options.probes().contains(probe)) {
                for (Target target : options.targets()) {
                    lanes.add(lane(probe, target, selector, new Ledger(schedule, responders), responders));
                }
            }
        }
        return lanes;
    }

    private Lane lane(Probe probe, Target target, Selector selector, Ledger ledger, Responders responders) {
        InetSocketAddress udp = new InetSocketAddress(target.address(), options.udpPort());
        InetSocketAddress tcp = new InetSocketAddress(target.address(), options.tcpPort());
        long timeout = options.timeout().toNanos();
        return switch (probe) {
            case UDP -> new UdpLane(udp, selector, ledger, responders);
            case LONG -> new LongLane(tcp, selector, ledger, responders, timeout);
            case CONNECT -> new ConnectLane(tcp, selector, ledger, responders, timeout);
        };
    }
}
