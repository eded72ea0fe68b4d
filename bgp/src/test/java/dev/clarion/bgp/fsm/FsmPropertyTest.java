package dev.clarion.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds after every step, whatever happens in whatever order. */
class FsmPropertyTest {
    private static final int SEQUENCES = 2_000;
    private static final int EVENTS = 60;

    @Test
    void noSequenceOfEventsLeavesASessionStuckOrUpTwice() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            boolean dials = random.nextInt(4) > 0;
            Watch watch = new Watch(dials);
            for (int i = 0; i < EVENTS; i++) {
                Event event = random(random);
                try {
                    watch.take(event);
                } catch (RuntimeException | AssertionError failure) {
                    throw new AssertionError("seed " + seed + ": " + event + " in sequence " + sequence, failure);
                }
            }
        }
    }

    /** Weighted so that sessions often come up: an unlikely event ends a session, a likely one moves it on. */
    private static Event random(SplittableRandom random) {
        return switch (random.nextInt(24)) {
            case 0, 1 -> new Event.Start();
            case 2 -> new Event.Stop(any(Event.StopCause.values(), random));
            case 3, 4, 5, 6 -> new Event.Connected();
            case 7 -> new Event.ConnectFailed("refused");
            case 8 -> new Event.ConnectionLost("reset");
            case 9, 10, 11, 12 -> new Event.TimerExpired(any(TimerKind.values(), random));
            case 13 -> new Event.Malformed(Notification.of(BgpError.CONNECTION_NOT_SYNCHRONIZED));
            case 14 -> new Event.Blocked();
            case 15 -> new Event.Flowing(random.nextBoolean());
            case 16, 17, 18, 19 -> new Event.Received(message(0, random));
            case 20, 21, 22 -> new Event.Received(message(1, random));
            default -> new Event.Received(message(random.nextInt(5), random));
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
                        Ip.parse("10.0.0.1"),
                        List.of(new Capability.MultiProtocol(Family.IPV4_UNICAST)));
            case 1 -> new Keepalive();
            case 2 -> Update.endOfRib(Family.IPV4_UNICAST);
            case 3 -> new RouteRefresh(Family.IPV4_UNICAST, 0);
            default -> Notification.of(BgpError.ADMINISTRATIVE_RESET);
        };
    }

    /** Keeps the books that whoever runs the machine keeps. */
    private static final class Watch {
        private final Fsm fsm;
        private final Set<TimerKind> running = EnumSet.noneOf(TimerKind.class);
        private State state = State.initial();
        private boolean up;
        private boolean connected;

        Watch(boolean dials) {
            fsm = new Fsm(new FsmSettings(
                    64_513,
                    new PeerAs.Number(64_512),
                    Ip.parse("10.0.0.2"),
                    PeerTimes.DEFAULT.withHold(Duration.ofSeconds(90)),
                    Family.IPV4_UNICAST,
                    dials));
        }

        void take(Event event) {
            if (event instanceof Event.TimerExpired(TimerKind timer)) {
                running.remove(timer);
            }
            State before = state;
            Step step = fsm.on(state, event);
            state = step.state();
            if (before.kind() != FsmState.OPEN_SENT && state.kind() == FsmState.OPEN_SENT) {
                connected = true;
            }
            step.actions().forEach(action -> note(before, action));
            check(step);
        }

        private void note(State before, Action action) {
            switch (action) {
                case Action.StartTimer(TimerKind timer, Duration delay) -> {
                    assertThat(delay).isPositive();
                    running.add(timer);
                }
                case Action.StopTimer(TimerKind timer) -> running.remove(timer);
                case Action.StopTimers _ -> running.clear();
                case Action.SessionUp _ -> {
                    assertThat(up).as("up twice").isFalse();
                    up = true;
                }
                case Action.SessionDown _ -> {
                    assertThat(up).as("down without up").isTrue();
                    up = false;
                }
                case Action.CloseTcp _ -> connected = false;
                case Action.Send _ ->
                    assertThat(connected).as("sent from " + before).isTrue();
                case Action.Dial _ ->
                    assertThat(connected).as("dialled while connected").isFalse();
                case Action.Resend _ ->
                    assertThat(up).as("routes sent while down").isTrue();
            }
        }

        private void check(Step step) {
            assertThat(up).isEqualTo(state.kind() == FsmState.ESTABLISHED);
            boolean stopped = state instanceof State.Idle(boolean still, BackOff _) && still;
            if (stopped) {
                assertThat(running).as("timers of a stopped session").isEmpty();
            } else {
                assertThat(running).as("timers in " + state + " after " + step).containsAnyOf(waking());
            }
            if (step.reason() == BgpReason.UNCHANGED) {
                return;
            }
            assertThat(step.actions()).as("a change that does nothing").isNotEmpty();
        }

        /** The timers that get a session out of its state if nothing else does. */
        private TimerKind[] waking() {
            return switch (state) {
                case State.Idle _ -> new TimerKind[] {TimerKind.IDLE_HOLD};
                case State.Connect _, State.Active _ -> new TimerKind[] {TimerKind.CONNECT_RETRY};
                case State.OpenSent _, State.OpenConfirm _, State.Established _ -> new TimerKind[] {TimerKind.HOLD};
            };
        }
    }
}
