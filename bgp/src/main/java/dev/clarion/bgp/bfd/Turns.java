package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.BfdSessionConfig.Endpoint;
import dev.clarion.bgp.bfd.BfdStatus.Scheduling;
import dev.clarion.bgp.bfd.fsm.Event;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * All that the engine's thread owns, and one turn of it: first what arrived is taken, then timers are judged, so that a
 * pause of ours is not taken for a silence of the peers. A turn without news allocates nothing.
 */
final class Turns implements AutoCloseable, Sender.Ports {
    /** Then timers have their turn: a flood must not silence us. */
    private static final int DATAGRAMS_A_TURN = 64;

    /** And the thread rests: it may run in real time, and a flood would take a processor from the node. */
    private static final long REST_NANOS = 500_000;

    /** Silence is not held against a peer whose packets may still be in the socket. */
    private static final long UNREAD = Long.MAX_VALUE;

    private final SafeListener listener;
    private final Arena arena = Arena.ofConfined();
    private final Calls calls = new Calls(arena);
    private final Poller poller;
    private final Receivers receivers;
    private final Reception reception = new Reception();
    private final LatenessMeter lateness = new LatenessMeter();
    private final SplittableRandom dice;
    private final Scheduling scheduling;
    private final long origin = System.nanoTime();

    private final Map<Endpoint, Neighbor> neighbors = new LinkedHashMap<>();
    /** The same, to look at each without an iterator. */
    private Neighbor[] each = {};

    /**
     * For the thread that calls, and no other.
     *
     * @param seed where discriminators, source ports and jitter come from
     */
    Turns(SafeListener listener, Wake wake, Scheduling scheduling, long seed) {
        this.listener = listener;
        this.scheduling = scheduling;
        this.dice = new SplittableRandom(seed);
        this.poller = new Poller(calls, wake, arena);
        this.receivers = new Receivers(calls, poller);
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    /** Makes these the sessions that there are; those with the same two ends are one. */
    void sessions(Map<String, BfdSessionConfig> wanted) {
        long now = now();
        Map<Endpoint, Map<String, BfdSessionConfig>> byEnds = new LinkedHashMap<>();
        wanted.forEach((key, config) -> byEnds.computeIfAbsent(config.endpoint(), first -> new LinkedHashMap<>())
                .put(key, config));
        neighbors.values().stream()
                .filter(neighbor -> !byEnds.containsKey(neighbor.endpoint()))
                .forEach(neighbor -> neighbor.retire(now));
        byEnds.values().forEach(same -> want(same, now));
        arrange(now);
    }

    private void want(Map<String, BfdSessionConfig> same, long now) {
        List<String> names = List.copyOf(same.keySet());
        BfdSessionConfig config = same.values().iterator().next();
        Neighbor neighbor = neighbors.computeIfAbsent(
                config.endpoint(),
                first -> new Neighbor(config, List.of(), freeDiscriminator(), dice.split(), calls, listener));
        neighbor.want(config, names, now);
        if (same.values().stream().allMatch(config::equals)) {
            neighbor.solve(BfdProblem.DUPLICATE);
        } else {
            neighbor.report(BfdProblem.DUPLICATE, "the profile of " + names.getFirst() + " counts");
        }
    }

    private int freeDiscriminator() {
        int number = dice.nextInt();
        while (number == 0 || isTaken(number)) {
            number = dice.nextInt();
        }
        return number;
    }

    private boolean isTaken(int discriminator) {
        return neighbors.values().stream().anyMatch(neighbor -> neighbor.discriminator() == discriminator);
    }

    @Override
    public int first() {
        return dice.nextInt(Sender.FIRST_PORT, Sender.LAST_PORT + 1);
    }

    @Override
    public boolean used(int port) {
        return neighbors.values().stream().anyMatch(neighbor -> neighbor.port() == port);
    }

    private void arrange(long now) {
        Collection<Neighbor> all = neighbors.values();
        all.removeIf(neighbor -> {
            boolean over = neighbor.over(now);
            if (over) {
                neighbor.close();
            }
            return over;
        });
        each = all.toArray(Neighbor[]::new);
        reception.neighbors(each);
        receivers.need(all, now);
        for (Neighbor neighbor : each) {
            neighbor.connect(now, receivers.listening(neighbor.kind()), this);
        }
    }

    /** Waits for something to do, or to be woken, and does it. */
    void turn() {
        long timers = BfdSession.NEVER;
        long due = receivers.retryAt();
        for (Neighbor neighbor : each) {
            timers = Math.min(timers, neighbor.session().wakeAt());
            due = Math.min(due, neighbor.wakeAt(receivers.listening(neighbor.kind())));
        }
        poller.await(due - now());
        long now = now();
        if (now >= timers) {
            lateness.add(now - timers);
            paused(now - timers);
        }
        if (!receivers.drain(reception, now, DATAGRAMS_A_TURN)) {
            paused(UNREAD);
            LockSupport.parkNanos(REST_NANOS);
        }
        boolean rearrange = now >= receivers.retryAt();
        for (Neighbor neighbor : each) {
            neighbor.connect(now, receivers.listening(neighbor.kind()), this);
            neighbor.session().onTime(now);
            rearrange |= neighbor.over(now);
        }
        if (rearrange) {
            arrange(now);
        }
    }

    private void paused(long late) {
        for (Neighbor neighbor : each) {
            neighbor.session().paused(late);
        }
    }

    BfdStatus status() {
        return new BfdStatus(
                neighbors.values().stream()
                        .flatMap(neighbor -> neighbor.status().stream())
                        .toList(),
                reception.dropped(),
                lateness.snapshot(),
                scheduling,
                listener.failures());
    }

    /** Says to every peer that this is no failure, and ends. */
    @Override
    public void close() {
        long now = now();
        for (Neighbor neighbor : each) {
            neighbor.session().tell(new Event.Disabled(), now);
            neighbor.close();
        }
        receivers.close();
        poller.close();
        arena.close();
    }
}
