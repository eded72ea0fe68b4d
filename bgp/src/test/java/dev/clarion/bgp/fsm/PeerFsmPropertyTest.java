package dev.clarion.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.GracefulRestart;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds after every step, whatever happens on either connection in whatever order. */
class PeerFsmPropertyTest {
    private static final int SEQUENCES = 2_000;
    private static final int EVENTS = 80;
    private static final Open GOOD =
            Open.of(64_512, 9, Ip.parse("10.0.0.1"), List.of(new Capability.MultiProtocol(Family.IPV4_UNICAST)));

    @Test
    void noSequenceOfEventsLeavesAPeerStuckOrUpTwice() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int ups = 0;
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            Watch watch = new Watch(random.nextInt(4) == 0);
            for (int i = 0; i < EVENTS; i++) {
                Link link = random.nextInt(3) > 0 ? Link.DIALLED : Link.ACCEPTED;
                Event event = random.nextBoolean() ? watch.next(link) : random(random);
                try {
                    watch.take(link, event);
                } catch (RuntimeException | AssertionError failure) {
                    throw new AssertionError(
                            "seed " + seed + ": " + event + " on " + link + " in sequence " + sequence, failure);
                }
            }
            ups += watch.ups;
        }
        assertThat(ups).as("sessions that came up: else nothing was tried").isGreaterThan(SEQUENCES);
    }

    /** Anything at all; those that end everything are the least likely. */
    private static Event random(SplittableRandom random) {
        return switch (random.nextInt(28)) {
            case 0, 1, 2 -> new Event.Start();
            case 3 -> new Event.Stop(any(Event.StopCause.values(), random), "");
            case 4, 5, 6, 7 -> new Event.Connected();
            case 8 -> new Event.ConnectFailed(BgpReason.CONNECT_FAILED, "refused");
            case 9 -> new Event.ConnectionLost("reset");
            case 10, 11, 12, 13 -> new Event.TimerExpired(any(TimerKind.values(), random));
            case 14 -> new Event.Malformed(Notification.of(BgpError.CONNECTION_NOT_SYNCHRONIZED));
            case 15 -> new Event.Blocked();
            case 16 -> new Event.Flowing(random.nextBoolean());
            case 17 -> random.nextBoolean() ? new Event.Reset("") : new Event.Superseded();
            case 18 -> random.nextBoolean() ? new Event.BfdDown("gone") : new Event.Retimed();
            case 19, 20, 21, 22 -> new Event.Received(message(0, random));
            case 23, 24, 25 -> new Event.Received(message(1, random));
            default -> new Event.Received(message(random.nextInt(6), random));
        };
    }

    private static <T> T any(T[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    private static Message message(int kind, SplittableRandom random) {
        return switch (kind) {
            case 0 ->
                Open.of(
                        random.nextInt(8) == 0 ? 1 : 64_512,
                        random.nextInt(8) == 0 ? 1 : 9,
                        Ip.parse(random.nextBoolean() ? "10.0.0.1" : "10.0.0.3"),
                        List.of(
                                new Capability.MultiProtocol(Family.IPV4_UNICAST),
                                new GracefulRestart(false, random.nextBoolean(), 60, List.of())));
            case 1 -> new Keepalive();
            case 2 -> Update.endOfRib(Family.IPV4_UNICAST);
            case 3 -> new RouteRefresh(Family.IPV4_UNICAST, 0);
            case 4 -> Notification.of(BgpError.UNSUPPORTED_OPTIONAL_PARAMETER);
            default -> Notification.of(BgpError.ADMINISTRATIVE_RESET);
        };
    }

    /** Keeps the books that whoever runs the machine keeps: what it would not hand on is not tried. */
    private static final class Watch {
        private final PeerFsm fsm;
        private final Map<Link, Set<TimerKind>> running = new EnumMap<>(Link.class);
        private final Map<Link, Boolean> tcp = new EnumMap<>(Link.class);
        private PeerState state = PeerState.initial(Memory.FIRST_START);
        private boolean up;
        private int ups;

        Watch(boolean passive) {
            fsm = new PeerFsm(new FsmSettings(
                    64_513,
                    new PeerAs.Exactly(64_512),
                    Ip.parse("10.0.0.2"),
                    PeerTimes.DEFAULT,
                    List.of(Family.IPV4_UNICAST),
                    passive,
                    new Restart.Graceful(Restart.DEFAULT_TIME, true),
                    false));
            for (Link link : Link.values()) {
                running.put(link, EnumSet.noneOf(TimerKind.class));
                tcp.put(link, false);
            }
        }

        /** What moves a connection on. */
        Event next(Link link) {
            return switch (state.of(link)) {
                case State.Idle(boolean stopped) when stopped && link == Link.ACCEPTED -> new Event.Connected();
                case State.Idle(boolean stopped) when stopped -> new Event.Start();
                case State.Idle _ -> new Event.TimerExpired(TimerKind.IDLE_HOLD);
                case State.Connect _ -> new Event.Connected();
                case State.Active _ -> new Event.TimerExpired(TimerKind.CONNECT_RETRY);
                case State.OpenSent _ -> new Event.Received(GOOD);
                case State.OpenConfirm _ -> new Event.Received(new Keepalive());
                case State.Established _ -> new Event.Received(Update.endOfRib(Family.IPV4_UNICAST));
            };
        }

        void take(Link link, Event event) {
            if (!possible(link, event)) {
                return;
            }
            if (event instanceof Event.TimerExpired(TimerKind timer)) {
                timers(link).remove(timer);
            }
            PeerStep step = fsm.on(state, link, event);
            step.deeds().forEach(this::note);
            state = step.state();
            check(step, event);
        }

        /** A connection that is accepted was let in, and timers that do not run do not expire. */
        private boolean possible(Link link, Event event) {
            return switch (event) {
                case Event.Connected _
                when link == Link.ACCEPTED -> Admission.of(state) == Admission.TAKEN && !connected(link);
                case Event.TimerExpired(TimerKind timer) -> timers(link).contains(timer);
                case Event.Superseded _ -> Admission.of(state) == Admission.REPLACES;
                default -> true;
            };
        }

        private void note(PeerStep.Deed deed) {
            Link link = deed.link();
            switch (deed.action()) {
                case Action.StartTimer(TimerKind timer, Duration delay) -> {
                    assertThat(delay).isPositive();
                    timers(link).add(timer);
                }
                case Action.StopTimer(TimerKind timer) -> timers(link).remove(timer);
                case Action.StopTimers _ -> timers(link).clear();
                case Action.SessionUp _ -> {
                    assertThat(up).as("up twice").isFalse();
                    up = true;
                    ups++;
                }
                case Action.SessionDown _ -> {
                    assertThat(up).as("down without up").isTrue();
                    up = false;
                }
                case Action.CloseTcp _ -> tcp.put(link, false);
                case Action.Send(Message message) -> {
                    tcp.put(link, connected(link) || message instanceof Open);
                    assertThat(connected(link)).as("sent without a connection").isTrue();
                }
                case Action.Dial _ ->
                    assertThat(connected(link)).as("dialled while connected").isFalse();
                case Action.Refresh _ ->
                    assertThat(up).as("routes sent while down").isTrue();
            }
        }

        private void check(PeerStep step, Event event) {
            assertThat(up).isEqualTo(state.kind() == FsmState.ESTABLISHED);
            for (Link link : Link.values()) {
                check(link, step);
            }
            boolean both = state.dialled().kind() == FsmState.ESTABLISHED
                    && state.accepted().connected();
            assertThat(both).as("two connections beside a session").isFalse();
            boolean dead = state.dialled().equals(new State.Idle(true))
                    && !state.accepted().connected();
            assertThat(state.wanted() && dead)
                    .as(() -> "wanted, and nothing will ever happen: " + step)
                    .isFalse();
            if (event instanceof Event.Stop(Event.StopCause cause, String _) && cause != Event.StopCause.COLLISION) {
                assertThat(running.values()).as("timers of a stopped peer").allMatch(Set::isEmpty);
                assertThat(tcp.values()).containsOnly(false);
            }
        }

        private void check(Link link, PeerStep step) {
            boolean stopped = state.of(link) instanceof State.Idle(boolean still) && still;
            if (stopped) {
                assertThat(timers(link)).as("timers of a stopped connection").isEmpty();
            } else {
                assertThat(timers(link))
                        .as(() -> "timers in " + state.of(link) + " after " + step)
                        .containsAnyOf(waking(state.of(link)));
            }
        }

        private Set<TimerKind> timers(Link link) {
            return Objects.requireNonNull(running.get(link));
        }

        private boolean connected(Link link) {
            return Boolean.TRUE.equals(tcp.get(link));
        }

        /** The timers that get a connection out of its state if nothing else does. */
        private static TimerKind[] waking(State state) {
            return switch (state) {
                case State.Idle _ -> new TimerKind[] {TimerKind.IDLE_HOLD};
                case State.Connect _, State.Active _ -> new TimerKind[] {TimerKind.CONNECT_RETRY};
                case State.OpenConfirm(var _, boolean confirmed)
                when confirmed -> new TimerKind[] {TimerKind.COLLISION};
                case State.OpenSent _, State.OpenConfirm _, State.Established _ -> new TimerKind[] {TimerKind.HOLD};
            };
        }
    }
}
