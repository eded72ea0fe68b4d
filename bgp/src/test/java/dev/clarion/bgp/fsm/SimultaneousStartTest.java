package dev.clarion.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Message;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two of our machines that dial each other at the same time, over a network with delays of its own. */
class SimultaneousStartTest {
    private static final int STARTS = 1_000;
    private static final long SECOND = 1_000_000;

    @Test
    void aThousandSimultaneousStartsEndInOneSessionEachAndNobodyIsBlamed() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int collisions = 0;
        for (int start = 0; start < STARTS; start++) {
            Network network = new Network(random.split());
            try {
                network.run(10 * SECOND);
                network.check();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ", start " + start, failure);
            }
            collisions += network.collisions;
        }
        assertThat(collisions)
                .as("starts that collided: else nothing was tried")
                .isGreaterThan(STARTS / 4);
    }

    /** Something that happens at a time; of two at once the one that was planned first. */
    private record Plan(long at, long number, Runnable what) {}

    /** A TCP connection: who dialled it, and the time of the last delivery in each direction, since TCP keeps order. */
    private static final class Tcp {
        private final int dialler;
        private final long[] last = new long[2];
        private boolean open = true;

        Tcp(int dialler) {
            this.dialler = dialler;
        }
    }

    private static final class Side {
        private final PeerFsm fsm;
        private PeerState state = PeerState.initial(Memory.FIRST_START);
        private final Map<Link, Tcp> tcp = new EnumMap<>(Link.class);
        private final Map<String, Long> timers = new HashMap<>();

        Side(long as, long otherAs, Ip id) {
            fsm = new PeerFsm(new FsmSettings(
                    as,
                    new PeerAs.Exactly(otherAs),
                    id,
                    PeerTimes.DEFAULT,
                    List.of(Family.IPV4_UNICAST),
                    false,
                    new Restart.Off(),
                    false));
        }
    }

    private static final class Network {
        private final SplittableRandom random;
        private final PriorityQueue<Plan> plans =
                new PriorityQueue<>(Comparator.comparingLong(Plan::at).thenComparingLong(Plan::number));
        private final Side[] sides;
        private long now;
        private long number;
        private int collisions;
        private long timerNumber;

        Network(SplittableRandom random) {
            this.random = random;
            boolean equalIds = random.nextInt(4) == 0;
            Ip one = Ip.ofV4(random.nextInt(1, Integer.MAX_VALUE));
            Ip two = equalIds ? one : Ip.ofV4(random.nextInt(1, Integer.MAX_VALUE));
            sides = new Side[] {new Side(64_512, 64_513, one), new Side(64_513, 64_512, two)};
            for (int who = 0; who < 2; who++) {
                int side = who;
                plan(random.nextLong(2_000), () -> post(side, Link.DIALLED, new Event.Start()));
            }
        }

        void run(long until) {
            for (Plan next = plans.poll(); next != null && next.at() <= until; next = plans.poll()) {
                now = next.at();
                next.what().run();
            }
        }

        void check() {
            for (Side side : sides) {
                assertThat(side.state.kind()).isEqualTo(FsmState.ESTABLISHED);
                assertThat(side.state.memory().backOff()).as("blame").isEqualTo(BackOff.START);
            }
            Tcp kept = Objects.requireNonNull(sides[0].tcp.get(sides[0].state.leading()));
            assertThat(sides[1].tcp.get(sides[1].state.leading()))
                    .as("both keep the same connection")
                    .isSameAs(kept);
            assertThat(kept.open).isTrue();
        }

        private void plan(long delay, Runnable what) {
            plans.add(new Plan(now + delay, number++, what));
        }

        private long delay() {
            return random.nextInt(4) == 0 ? random.nextLong(20_000) : random.nextLong(1_500);
        }

        private void post(int who, Link link, Event event) {
            Side side = sides[who];
            PeerStep step = side.fsm.on(side.state, link, event);
            step.deeds().forEach(deed -> perform(who, deed));
            side.state = step.state();
            collisions += (int) step.changes().stream()
                    .filter(change -> change.reason() == BgpReason.COLLISION)
                    .count();
        }

        private void perform(int who, PeerStep.Deed deed) {
            Side side = sides[who];
            Link link = deed.link();
            switch (deed.action()) {
                case Action.Dial _ -> dial(who);
                case Action.CloseTcp _ -> close(who, link);
                case Action.Send(Message message) ->
                    deliver(
                            who,
                            Objects.requireNonNull(side.tcp.get(link)),
                            (to, at) -> post(to, at, new Event.Received(message)));
                case Action.StartTimer(TimerKind kind, Duration wait) -> {
                    long mine = ++timerNumber;
                    side.timers.put(link + " " + kind, mine);
                    long jittered =
                            (long) (wait.toNanos() / 1_000.0 * (kind.jittered() ? random.nextDouble(0.75, 1) : 1));
                    plan(jittered, () -> {
                        if (Long.valueOf(mine).equals(side.timers.get(link + " " + kind))) {
                            side.timers.remove(link + " " + kind);
                            post(who, link, new Event.TimerExpired(kind));
                        }
                    });
                }
                case Action.StopTimer(TimerKind kind) -> side.timers.remove(link + " " + kind);
                case Action.StopTimers _ -> side.timers.keySet().removeIf(name -> name.startsWith(link + " "));
                case Action.SessionUp _, Action.SessionDown _, Action.Refresh _ -> {}
            }
        }

        private void dial(int who) {
            Tcp tcp = new Tcp(who);
            sides[who].tcp.put(Link.DIALLED, tcp);
            long there = delay();
            long back = there + delay();
            long seen = there + random.nextLong(500);
            tcp.last[1 - who] = now + seen;
            tcp.last[who] = now + back;
            plan(back, () -> {
                if (sides[who].tcp.get(Link.DIALLED) == tcp) {
                    post(who, Link.DIALLED, new Event.Connected());
                }
            });
            // The kernel takes the connection; the other side looks at it some time later.
            plan(seen, () -> comesIn(1 - who, tcp));
        }

        private void comesIn(int who, Tcp tcp) {
            Side side = sides[who];
            switch (Admission.of(side.state)) {
                case TAKEN -> {
                    side.tcp.put(Link.ACCEPTED, tcp);
                    post(who, Link.ACCEPTED, new Event.Connected());
                }
                case REPLACES -> {
                    post(who, Link.ACCEPTED, new Event.Superseded());
                    side.tcp.put(Link.ACCEPTED, tcp);
                    post(who, Link.ACCEPTED, new Event.Connected());
                }
                case COLLIDES, IGNORED, UNWANTED -> {
                    collisions++;
                    end(who, tcp);
                }
            }
        }

        private void close(int who, Link link) {
            Tcp tcp = sides[who].tcp.remove(link);
            if (tcp != null) {
                end(who, tcp);
            }
        }

        private void end(int who, Tcp tcp) {
            tcp.open = false;
            deliver(who, tcp, (to, at) -> post(to, at, new Event.ConnectionLost("closed")));
        }

        private interface Delivery {
            void to(int who, Link link);
        }

        private void deliver(int from, Tcp tcp, Delivery delivery) {
            int to = 1 - from;
            Link link = tcp.dialler == to ? Link.DIALLED : Link.ACCEPTED;
            long at = Math.max(tcp.last[to] + 1, now + delay());
            tcp.last[to] = at;
            plan(at - now, () -> {
                if (sides[to].tcp.get(link) == tcp) {
                    delivery.to(to, link);
                }
            });
        }
    }
}
